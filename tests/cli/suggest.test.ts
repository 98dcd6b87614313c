/** Suggestions, and what a search says beside its list, on the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, runCli } from './test-io.ts';

const PAPERS = [
  {
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'We propose a network based solely on attention. It works without recurrence.',
    authors: ['Ashish Vaswani', 'Noam Shazeer'],
    categories: ['cs.CL', 'cs.LG'],
  },
  {
    id: '1810.04805',
    title: 'Deep Bidirectional Transformers',
    abstract: 'A language representation model with attention in both directions.',
    authors: ['Jacob Devlin', 'Ming-Wei Chang'],
    categories: ['cs.CL'],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'pharos-suggest-'));

function pharos(parameters: readonly string[]): Promise<Outcome> {
  return runCli(parameters, { environment: { PHAROS_INDEX: join(folder, 'index') } });
}

beforeAll(async () => {
  const file = join(folder, 'papers.jsonl');
  writeFileSync(file, PAPERS.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  expect(await pharos(['add', file])).toMatchObject({ exitCode: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('suggest', () => {
  it('completes titles, authors and categories', async () => {
    const { exitCode, stdout, stderr } = await pharos(['suggest', 'attention', 'is']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe('title     Attention Is All You Need · 1706.03762\n');
    expect((await pharos(['suggest', 'VASW'])).stdout).toBe('author    Ashish Vaswani · 1 paper\n');
    expect((await pharos(['suggest', 'cs'])).stdout).toBe(
      'category  cs.CL · 2 papers\ncategory  cs.LG · 1 paper\n',
    );
  });

  it('prints JSON, fewer of them, and says when there is none', async () => {
    const { stdout } = await pharos(['suggest', 'cs', '--limit', '1', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      query: 'cs',
      suggestions: [{ kind: 'category', text: 'cs.CL', papers: 2 }],
    });
    expect(await pharos(['suggest', 'zebra'])).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: 'Nothing begins like that.\n',
    });
    expect(await pharos(['suggest', '--limit', '11', 'a'])).toMatchObject({ exitCode: 2 });
  });
});

describe('search', () => {
  it('says what else was looked for when a word is misspelt', async () => {
    const { stdout, stderr } = await pharos(['search', 'recurence', '--mode', 'keyword', '--explain']);
    expect(stdout).toContain('words: recurrence 100 % (abstract)');
    expect(stderr).toContain('No paper says "recurence"; looked for "recurrence" as well.');
  });

  it('shows other passages and other orders when told to', async () => {
    const flags = ['--passage', 'semantic', '--diversity', '0.5', '--json'];
    const answer = JSON.parse((await pharos(['search', 'attention', ...flags])).stdout);
    expect(answer.hits.length).toBeGreaterThan(1);
    expect(await pharos(['search', 'a', '--diversity', '2'])).toMatchObject({ exitCode: 2 });
    expect(await pharos(['related', '1706.03762', '--passage', 'best'])).toMatchObject({ exitCode: 2 });
  });
});
