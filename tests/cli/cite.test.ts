/** References on the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTENTION, DEEP_LEARNING } from '../citations/papers.ts';
import { type Outcome, runCli } from './test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'pharos-cite-'));
const path = (name: string) => join(folder, name);

function cite(parameters: readonly string[], stdin = ''): Promise<Outcome> {
  return runCli(['cite', ...parameters], { stdin, environment: { PHAROS_INDEX: path('index') } });
}

beforeAll(async () => {
  const lines = [ATTENTION, DEEP_LEARNING].map((paper) => JSON.stringify(paper));
  writeFileSync(path('papers.jsonl'), lines.join('\n'));
  const environment = { PHAROS_INDEX: path('index') };
  expect(await runCli(['add', path('papers.jsonl')], { environment })).toMatchObject({ exitCode: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keysIn = ({ stdout }: Outcome) => [...stdout.matchAll(/^@\w+\{(\w+),/gm)].map(([, key]) => key);

describe('pharos cite', () => {
  it('takes papers by any name, from the command line, a pipe and a file', async () => {
    writeFileSync(
      path('ids.txt'),
      '# to read\nhttps://doi.org/10.1038/nature14539  # soon\n\narXiv:1706.03762v5\n',
    );
    const both = ['lecun2015deep', 'vaswani2017attention'];
    expect(keysIn(await cite(['doi:10.1038/nature14539', '1706.03762']))).toEqual(both);
    expect(keysIn(await cite(['--ids', path('ids.txt')]))).toEqual(both);
    expect(keysIn(await cite(['-'], '10.1038/nature14539\r\n1706.03762\r\n1706.03762\r\n'))).toEqual(both);
    expect(keysIn(await cite(['1706.03762', '--ids', path('ids.txt')]))).toEqual(both.toReversed());
  });

  it('writes to a file and says so', async () => {
    expect(await cite(['1706.03762', '-f', 'ris', '--out', path('out.ris'), '--abstracts'])).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: `Wrote 1 reference to ${path('out.ris')}.\n`,
    });
    expect(readFileSync(path('out.ris'), 'utf8')).toContain('\nAB  - We propose a network.\nER  - \n');
  });

  it('prints in a style, by name or from a file', async () => {
    expect((await cite(['1706.03762', '-f', 'text', '--style', 'vancouver'])).stdout).toMatch(
      /^1\. Vaswani A, Kaiser Ł\. Attention Is All You Need/,
    );
    writeFileSync(
      path('own.csl'),
      `<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
      <info><title>Own</title><id>own</id><updated>2026-01-01T00:00:00+00:00</updated></info>
      <citation><layout><text variable="title"/></layout></citation>
      <bibliography><layout><text variable="title" font-style="italic" suffix="!"/></layout></bibliography></style>`,
    );
    expect((await cite(['1706.03762', '-f', 'markdown', '--style', path('own.csl')])).stdout).toBe(
      '*Attention Is All You Need*!\n',
    );
  });

  it.each([
    [['1706.03762', '2401.99999', 'nonsense'], 1, '2 papers are not in this index'],
    [[], 2, 'No papers are named'],
    [['-'], 2, 'No papers are named'],
    [['1706.03762', '-f', 'bibtext'], 2, 'bibtext'],
    [['1706.03762', '--style', 'apa'], 2, 'A style goes with text and markdown; bibtex has none'],
    [
      ['1706.03762', '-f', 'text', '--style', 'vancuver'],
      2,
      'There is no style "vancuver" (did you mean vancouver?)',
    ],
    [['1706.03762', '-f', 'text', '--style', 'missing.csl'], 1, 'missing.csl could not be read'],
    [['1706.03762', '-f', 'text', '--style', path('papers.csl')], 2, 'The file is no CSL style'],
    [['--ids', path('missing.txt')], 1, 'missing.txt could not be read'],
  ])('refuses %j', async (parameters, exitCode, message) => {
    writeFileSync(path('papers.csl'), 'no style');
    const outcome = await cite(parameters);
    expect(outcome).toMatchObject({ exitCode, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });
});
