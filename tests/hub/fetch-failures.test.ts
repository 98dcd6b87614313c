/** Models that cannot be had, and several processes that want the same one. */
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fetchModel } from '../../src/hub/fetch-model.ts';
import { FILES, leftovers, setUp, WANTED, WEIGHTS } from './set-up.ts';

describe('a model that cannot be had', () => {
  it.each([
    [{ status: 401, code: 'RepoNotFound' }, 'MODEL_MISSING', 'There is no model stand/in'],
    [{ status: 404, code: 'RepoNotFound' }, 'MODEL_MISSING', 'There is no model stand/in'],
    [{ status: 404, code: 'RevisionNotFound' }, 'MODEL_MISSING', 'revision main'],
    [{ status: 404 }, 'MODEL_MISSING', 'config.json'],
    [{ status: 401, code: 'GatedRepo' }, 'MODEL_FETCH_FAILED', 'not open to everybody'],
    [{ status: 403 }, 'MODEL_FETCH_FAILED', 'not open to everybody'],
    [{ status: 418 }, 'MODEL_FETCH_FAILED', '418'],
  ])('is told by its reason: %j', async (refuses, code, message) => {
    const { fetch } = await setUp({ refuses });
    await expect(fetch()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it.each(['tokenizer.json', WEIGHTS])('is told by the file it lacks: %s', async (path) => {
    const files = Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== path));
    const { fetch } = await setUp({ files });
    await expect(fetch()).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining(path),
      remedy: expect.stringContaining('export'),
    });
  });

  it('without a network is told in a moment, with what to bring over by hand', async () => {
    const { hub, fetch } = await setUp();
    await hub.close();
    await expect(fetch()).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      message: expect.stringMatching(/stand\/in: http:\/\/127.*cannot be reached: .*ECONNREFUSED/),
      remedy: expect.stringMatching(/tokenizer\.json.*\/stand\/in\/tree\/main.*--model/),
    });
  });

  it('is told when nothing can be written', async () => {
    const { client, modelsDir } = await setUp();
    const file = join(modelsDir, 'a-file');
    writeFileSync(file, '');
    await expect(fetchModel(WANTED, { client, modelsDir: join(file, 'models') })).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      remedy: expect.stringContaining('--models-dir'),
    });
  });

  it('does not follow a hub that leads elsewhere than to the web', async () => {
    const { fetch, hub } = await setUp({ isPlain: true });
    hub.trouble('tokenizer.json', { status: 302, headers: { location: 'file:///etc/passwd' } });
    await expect(fetch()).rejects.toMatchObject({
      code: 'MODEL_FETCH_FAILED',
      message: expect.stringContaining('not followed'),
    });
  });
});

describe('two at once', () => {
  it('make one model, and the second waits for the first', async () => {
    const { fetch, hub } = await setUp({ pieceMs: 2 });
    const notices: string[] = [];
    const more = { onNotice: (notice: string) => notices.push(notice) };
    const [one, two, three] = await Promise.all([fetch({}, more), fetch({}, more), fetch({}, more)]);
    expect(new Set([one, two, three]).size).toBe(1);
    expect(notices).toHaveLength(2);
    const sent = hub.asked.filter(({ method, path }) => method === 'GET' && path.startsWith('/storage'));
    expect(sent).toHaveLength(1);
  });

  it('are not held up by a process that was killed while it fetched', async () => {
    const { fetch, modelsDir } = await setUp();
    // No process has this id.
    writeFileSync(join(modelsDir, 'stand--in@main.lock'), `4194999 ${hostname()}`);
    await fetch();
    expect(leftovers(modelsDir)).toEqual([]);
  });

  it('can be interrupted, and keep what came', async () => {
    const controller = new AbortController();
    const { fetch, hub } = await setUp({ pieceMs: 5, client: { signal: controller.signal } });
    const work = fetch({}, { signal: controller.signal });
    const weightsAsked = () =>
      hub.asked.some(({ method, path }) => method === 'GET' && path.startsWith('/storage'));
    while (!weightsAsked()) await sleep(5);
    setTimeout(() => controller.abort(), 100);
    await expect(work).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
