/** Questions in the query language on a command line: what the shell does to them, and hyphens. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionOf } from '../../src/cli/question-command.ts';
import { type Outcome, runCli } from './test-io.ts';

const PAPERS = [
  {
    id: 'a',
    title: 'Graph networks',
    abstract: 'About a molecule.',
    authors: ['Geoffrey Hinton'],
    code: 'https://x.org',
  },
  {
    id: 'b',
    title: 'Graph networks again',
    abstract: 'About roads.',
    authors: ['Geoffrey Bell'],
    doi: '10.1000/b',
  },
];
const folder = mkdtempSync(join(tmpdir(), 'pharos-question-'));

function search(...parameters: string[]): Promise<Outcome> {
  const environment = { PHAROS_INDEX: join(folder, 'index'), PHAROS_MODEL: 'hashing' };
  return runCli(['search', ...parameters], { environment });
}

async function idsOf(...parameters: string[]): Promise<string[]> {
  const { stdout, exitCode } = await search(...parameters, '--json');
  expect(exitCode).toBe(0);
  return (JSON.parse(stdout) as { hits: { paper: { id: string } }[] }).hits.map(({ paper }) => paper.id);
}

beforeAll(async () => {
  const file = join(folder, 'papers.jsonl');
  writeFileSync(file, PAPERS.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  const environment = { PHAROS_INDEX: join(folder, 'index'), PHAROS_MODEL: 'hashing' };
  expect(await runCli(['add', file], { environment })).toMatchObject({ exitCode: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('questionOf', () => {
  it.each([
    [['graph', 'networks'], 'graph networks'],
    [['author:Geoffrey Hinton', 'networks'], 'author:"Geoffrey Hinton" networks'],
    [['-venue:Ocean Letters', 'x'], '-venue:"Ocean Letters" x'],
    [['author:hinton graph networks'], 'author:hinton graph networks'],
    [['author:"A B"', 'BERT: x y'], 'author:"A B" BERT: x y'],
  ])('reads %j', (words, question) => {
    expect(questionOf(words)).toBe(question);
  });
});

describe('pharos search', () => {
  it('takes the language in one argument and in several', async () => {
    expect(await idsOf('graph networks -molecule')).toEqual(['b']);
    expect(await idsOf('"about a molecule"')).toEqual(['a']);
    expect(await idsOf('author:Geoffrey Hinton', 'networks')).toEqual(['a']);
    expect(await idsOf('--limit', '5', 'graph', 'has:doi')).toEqual(['b']);
    expect(await idsOf('graph', '--has', 'code')).toEqual(['a']);
    expect(await idsOf('graph', '--has', 'code', '--has', 'doi')).toEqual([]);
  });

  it('takes what begins with a hyphen behind --', async () => {
    const { stdout } = await search('graph', '--json', '--', '-molecule');
    expect(JSON.parse(stdout)).toMatchObject({ query: 'graph -molecule', total: 1 });
  });

  it.each(['-molecule', '-author:hinton', '-category:cs.CL', '-n:x', '-année'])(
    'says how to exclude where %s looks like an option',
    async (word) => {
      const { exitCode, stderr } = await search('graph', word);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${word} looks like an option`);
      expect(stderr).toMatch(/hint: .*quote it whole.* or put -- before it/);
    },
  );

  it('still takes short options', async () => {
    expect(await idsOf('graph', '-n1', '-m', 'keyword', '-a', 'bell')).toEqual(['b']);
    expect((await search('graph', '--has', 'pdf')).stderr).toContain('code, doi, abstract');
    expect((await search('-h')).stdout).toContain('has:');
  });

  it('tells what it could not read, and keeps it out of the list', async () => {
    const { stdout, stderr } = await search('graph journal:nature');
    expect(stderr).toContain('note: There is no field "journal"');
    expect(stdout).not.toContain('note:');
  });

  it('blames the question where its restrictions leave nothing', async () => {
    expect((await search('graph year:1900')).stderr).toContain('Leave out a field');
  });

  it('runs the examples of docs/query-language.md', async () => {
    const document = readFileSync('docs/query-language.md', 'utf8');
    const lines = [...document.matchAll(/^ {4}\$ pharos search (.*)$/gm)].map(([, line = '']) => line);
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const words = [...line.matchAll(/'([^']*)'|((?:[^\s"']|"[^"]*")+)/g)].map(
        ([, quoted, bare = '']) => quoted ?? bare.replaceAll('"', ''),
      );
      const { exitCode, stderr } = await search(...words);
      expect(exitCode, stderr).toBe(0);
      expect(stderr).not.toContain('note:');
    }
  });
});
