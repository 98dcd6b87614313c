import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from './test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'pharos-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sample = join(folder, 'sample.jsonl');
writeFileSync(sample, '{"id":"1706.03762","title":"Attention"}\n{"id":"1810.04805","title":"BERT"}\n');

/** A server that is told to stop as soon as it answers. */
function start(index: string) {
  const environment = { PHAROS_INDEX: join(folder, index), PHAROS_LOG_LEVEL: 'silent', PHAROS_PORT: '0' };
  const add = (file: string, signal?: AbortSignal) =>
    runCli(['add', file], { environment, ...(signal && { signal }) });
  const serve = (...files: readonly string[]) =>
    runCli(['serve', '--sample', ...files], { environment, interruptAt: 'answers on' });
  const papers = async () => JSON.parse((await runCli(['status', '--json'], { environment })).stdout).papers;
  return { add, serve, papers };
}

describe('serve --sample', () => {
  it('makes the index of a first start, and leaves it alone afterwards', async () => {
    const { serve, papers } = start('first');
    const first = await serve(sample);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Pharos answers on http:\/\//),
    });
    expect(first.stderr).toContain('Added 2 papers');
    expect(await papers()).toBe(2);
    expect((await serve(sample)).stderr).not.toContain('adding');
  });

  it('takes the papers that come with Pharos where no file is named', async () => {
    const { papers, serve } = start('bundled');
    expect(await serve()).toMatchObject({ exitCode: 0 });
    expect(await papers()).toBeGreaterThan(400);
  });

  it('leaves an index of other papers alone', async () => {
    const { add, serve, papers } = start('other');
    const other = join(folder, 'other.jsonl');
    writeFileSync(other, '{"id":"1512.03385","title":"Residual"}\n');
    await add(other);
    await serve(sample);
    expect(await papers()).toBe(1);
  });

  it('goes on with a sample that was interrupted', async () => {
    const { add, serve, papers } = start('interrupted');
    expect(await add(sample, AbortSignal.abort())).toMatchObject({ exitCode: 1 });
    expect((await serve(sample)).stderr).toContain('Added');
    expect(await papers()).toBe(2);
  });
});
