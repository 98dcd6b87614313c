/** Models from a hub that works, over a line that may not. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, leftovers, setUp, WEIGHTS } from './set-up.ts';
import { COMMIT, sha256 } from './stand-in-hub.ts';

describe('fetchModel', () => {
  it('brings every file, byte for byte, and records where it came from', async () => {
    const { fetch, modelsDir, progress } = await setUp();
    const folder = await fetch();
    expect(folder).toBe(join(modelsDir, `stand--in@${COMMIT}`));
    for (const [path, content] of Object.entries(FILES)) {
      expect(readFileSync(join(folder, path))).toEqual(Buffer.from(content));
    }
    const record = JSON.parse(readFileSync(join(folder, 'pharos-model.json'), 'utf8'));
    expect(record).toMatchObject({ name: 'stand/in', hubId: 'stand/in', revision: COMMIT });
    expect(record.files[WEIGHTS]).toEqual({ bytes: 300_000, sha256: sha256(FILES[WEIGHTS]) });
    expect(Object.keys(record.files).sort()).toEqual(Object.keys(FILES).sort());
    expect(leftovers(modelsDir)).toEqual([]);
    expect(progress.at(-1)).toMatchObject({ unit: 'bytes', done: progress.at(-1)?.total });
  });

  it('asks nobody for what is there', async () => {
    const { fetch, hub } = await setUp();
    const folder = await fetch();
    hub.asked.length = 0;
    expect(await fetch()).toBe(folder);
    expect(await fetch({ revision: COMMIT })).toBe(folder);
    expect(hub.asked).toEqual([]);
  });

  it('takes all files from the commit that the first one tells', async () => {
    const { fetch, hub } = await setUp();
    await fetch();
    const resolved = hub.asked.filter(({ path }) => path.includes('/resolve/'));
    expect(resolved[0]?.path).toContain('/resolve/main/config.json');
    expect(resolved.slice(1).every(({ path }) => path.includes(`/resolve/${COMMIT}/`))).toBe(true);
  });

  it('fetches full weights where there are no others', async () => {
    const { [WEIGHTS]: weights, ...others } = FILES;
    const { fetch } = await setUp({ files: { ...others, 'onnx/model.onnx': weights } });
    expect(existsSync(join(await fetch(), 'onnx/model.onnx'))).toBe(true);
  });

  it('does with a mirror that tells neither commits nor hashes', async () => {
    const { fetch, modelsDir } = await setUp({ isPlain: true });
    const folder = await fetch();
    expect(folder).toBe(join(modelsDir, 'stand--in@main'));
    expect(readFileSync(join(folder, WEIGHTS))).toEqual(FILES[WEIGHTS]);
    expect(await fetch()).toBe(folder);
  });
});

describe('a bad line', () => {
  it('is gone on with where it broke', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, { cutAfter: 100_000 }, { cutAfter: 50_000 });
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
    const ranges = hub.asked.filter(({ path }) => path.startsWith('/storage')).map(({ range }) => range);
    expect(ranges.filter(Boolean)).toEqual(['bytes=100000-', 'bytes=150000-']);
  });

  it('may break more often than tries are allowed, as long as something comes each time', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, ...Array.from({ length: 12 }, () => ({ cutAfter: 20_000 })));
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
  });

  it('keeps what came when it is given up, and the next call goes on there', async () => {
    const { fetch, hub, modelsDir, progress } = await setUp();
    hub.trouble(WEIGHTS, { cutAfter: 100_000 }, { cutAfter: 0 }, { cutAfter: 0 }, { cutAfter: 0 });
    await expect(fetch()).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      remedy: expect.stringContaining('by hand'),
    });
    expect(leftovers(modelsDir)).toEqual([`stand--in@${COMMIT}.partial`]);
    progress.length = 0;
    hub.asked.length = 0;
    await fetch();
    const ranges = hub.asked.filter(({ path }) => path.startsWith('/storage')).map(({ range }) => range);
    expect(ranges.filter(Boolean)).toEqual(['bytes=100000-']);
    expect(leftovers(modelsDir)).toEqual([]);
  });

  it('may end a body early as if that were all', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, { endAfter: 1_000 });
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
  });

  it('may fall silent', async () => {
    const { fetch, hub } = await setUp({ client: { idleMs: 200 } });
    hub.trouble(WEIGHTS, { silentMs: 15_000 });
    const begun = performance.now();
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('may be slow, if only it goes on', async () => {
    const { fetch } = await setUp({ pieceMs: 3, client: { idleMs: 200 } });
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
  });

  it('may lead to a server that sends whole files only', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, { cutAfter: 100_000 }, { ignoresRange: true });
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
  });
});

describe('a hub that is busy', () => {
  it.each([429, 500, 502, 503, 504])('is asked again after %i', async (status) => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, { status }, { status });
    expect(readFileSync(join(await fetch(), WEIGHTS))).toEqual(FILES[WEIGHTS]);
  });

  it('is left alone as long as it asks for', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble('tokenizer.json', { status: 429, headers: { 'retry-after': '1' } });
    const begun = performance.now();
    await fetch();
    expect(performance.now() - begun).toBeGreaterThan(950);
  });

  it('is given up when it asks for longer than anybody waits', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble('tokenizer.json', { status: 503, headers: { 'retry-after': '3600' } });
    await expect(fetch()).rejects.toMatchObject({ code: 'MODEL_FETCH_FAILED' });
  });

  it('is given up when it stays so', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, ...Array.from({ length: 4 }, () => ({ status: 503 })));
    await expect(fetch()).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      message: expect.stringContaining('503'),
    });
  });
});

describe('wrong bytes', () => {
  it('are fetched once more', async () => {
    const { fetch, hub } = await setUp();
    hub.trouble(WEIGHTS, { corrupt: true });
    hub.trouble('config.json', { corrupt: true });
    const folder = await fetch();
    expect(readFileSync(join(folder, WEIGHTS))).toEqual(FILES[WEIGHTS]);
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe(FILES['config.json']);
  });

  it.each([WEIGHTS, 'tokenizer.json'])('are never used: %s', async (path) => {
    const { fetch, hub, modelsDir } = await setUp();
    hub.trouble(path, { corrupt: true }, { corrupt: true });
    await expect(fetch()).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      message: expect.stringContaining(path),
    });
    expect(existsSync(join(modelsDir, `stand--in@${COMMIT}`))).toBe(false);
    expect(existsSync(join(modelsDir, `stand--in@${COMMIT}.partial`, path))).toBe(false);
  });

  it('are what a pin says they are, whatever the hub says', async () => {
    const { fetch } = await setUp();
    await expect(fetch({ sha256: { [WEIGHTS]: sha256('others') } })).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      message: expect.stringContaining(sha256('others')),
    });
    await expect(fetch({ sha256: { [WEIGHTS]: sha256(FILES[WEIGHTS]) } })).resolves.toContain(COMMIT);
  });

  it('left by somebody else under the same name do not survive', async () => {
    const { fetch, modelsDir } = await setUp();
    const partial = join(modelsDir, `stand--in@${COMMIT}.partial`);
    mkdirSync(join(partial, 'onnx'), { recursive: true });
    writeFileSync(join(partial, WEIGHTS), Buffer.alloc(120_000, 'rubbish'));
    writeFileSync(join(partial, 'tokenizer.json'), 'x'.repeat(1_000));
    const folder = await fetch();
    expect(readFileSync(join(folder, WEIGHTS))).toEqual(FILES[WEIGHTS]);
    expect(readFileSync(join(folder, 'tokenizer.json'), 'utf8')).toBe(FILES['tokenizer.json']);
  });
});
