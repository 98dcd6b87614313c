/** What is new, on the command line: recommend, profile, daily, trending. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, type RunOptions, runCli } from './test-io.ts';

const PAPERS = [
  { id: 'w1', title: 'Songs of humpback whales', abstract: 'Whales sing in the ocean.', published: '2001' },
  {
    ...{ id: 'w2', title: 'New songs of humpback whales', abstract: 'Whales sing in the ocean again.' },
    ...{ published: '2026-11-20', upvotes: 3, categories: ['bio'] },
  },
  {
    id: 'n1',
    title: 'Deep neural networks',
    abstract: 'Networks learn.',
    published: '2026-11-19',
    upvotes: 9,
  },
  { id: 'n2', title: 'Deeper neural networks', abstract: 'Networks learn more.', published: '2026-11-20' },
];
const BIB = `@article{one, title = {Songs of humpback whales}, abstract = {Whales sing in the ocean.}, year = 2001}
@article{two, title = {Whale song in the northern ocean}, abstract = {Whales sing.}, year = 2003}
@article{three, author = {Nobody}}
`;

const folder = mkdtempSync(join(tmpdir(), 'pharos-discover-'));
const library = join(folder, 'library.bib');

function pharos(parameters: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return runCli(parameters, { ...options, environment: { PHAROS_INDEX: join(folder, 'index') } });
}

beforeAll(async () => {
  const file = join(folder, 'papers.jsonl');
  writeFileSync(file, PAPERS.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  writeFileSync(library, BIB);
  expect(await pharos(['add', file])).toMatchObject({ exitCode: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('recommend', () => {
  it('reads a bibliography, leaves its papers out, and says why each is there', async () => {
    const { exitCode, stdout, stderr } = await pharos(['recommend', '--like', library, '--since', '2026-11']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(' 1  New songs of humpback whales\n    2026-11-20 · w2\n');
    expect(stdout).toMatch(/theme 1 \(.*whales.*\) · because of .*[Ss]ong/);
    expect(stdout).not.toContain(' Songs of humpback whales\n');
    expect(stderr).toContain('Left out of');
    expect(stderr).toContain('Themes of the library:');
    expect(stderr).toContain('for 2 papers, 1 of them in the index');
  });

  it('takes ids, negatives, filters and lists of ids from a pipe, and prints JSON', async () => {
    const flags = ['--positive', 'w1', '--negative', 'n1', '--limit', '1', '--json'];
    const answer = JSON.parse((await pharos(['recommend', ...flags])).stdout);
    expect(answer).toMatchObject({
      since: null,
      library: { papers: 1, known: 1, negatives: 1 },
      hits: [{ rank: 1, theme: 1, paper: { id: 'w2' }, because: [{ id: 'w1' }] }],
    });
    const piped = await pharos(['recommend', '--like', '-', '--category', 'bio', '--json'], {
      stdin: '{"id":"w1","title":"Songs of humpback whales"}\n',
    });
    expect(JSON.parse(piped.stdout).hits.map(({ paper }: { paper: { id: string } }) => paper.id)).toEqual([
      'w2',
    ]);
  });

  it.each([
    [['recommend'], 2],
    [['recommend', '--positive', 'nobody'], 1],
    [['recommend', '--like', 'no-such-file.bib'], 1],
    [['recommend', '--positive', 'w1', '--since', 'soon'], 2],
    [['recommend', '--profile', 'nobody'], 2],
    [['recommend', '--positive', 'w1', '--from', '2020', '--to', '2019'], 2],
  ])('refuses %j', async (parameters, exitCode) => {
    const outcome = await pharos(parameters);
    expect(outcome).toMatchObject({ exitCode, stdout: '' });
    expect(outcome.stderr).toContain('hint: ');
  });

  it('says so when there is nothing to recommend', async () => {
    const outcome = await pharos(['recommend', '--positive', 'w1', '--from', '2030']);
    expect(outcome).toMatchObject({ exitCode: 0, stdout: '' });
    expect(outcome.stderr).toContain('Nothing to recommend.');
  });
});

describe('profile', () => {
  it('saves a library that recommend then knows by name', async () => {
    const saved = await pharos(['profile', 'save', 'sea', '--like', library, '--negative', 'n1']);
    expect(saved.stdout).toMatch(/^Saved sea · 2 papers · 1 paper to keep away from · \d{4}-\d\d-\d\d\.\n$/);
    expect(JSON.parse((await pharos(['profile', 'list', '--json'])).stdout)).toMatchObject([
      { name: 'sea', papers: 2, negatives: 1 },
    ]);
    expect((await pharos(['profile', 'show', 'sea'])).stdout).toContain('  Whale song in the northern ocean');
    const answer = JSON.parse((await pharos(['recommend', '--profile', 'sea', '--json'])).stdout);
    expect(answer.library).toEqual({ papers: 2, known: 1, negatives: 1 });
    expect(answer.hits[0].paper.id).toBe('w2');
    const elsewhere = ['--index', join(folder, 'elsewhere')];
    expect((await pharos(['profile', 'list', ...elsewhere])).stderr).toContain('No library is saved.');
    expect((await pharos(['profile', 'remove', 'sea'])).stdout).toBe('Removed sea.\n');
    expect((await pharos(['profile', 'list'])).stderr).toContain('No library is saved.');
  });

  it('refuses names that are none, and libraries of nothing', async () => {
    expect(await pharos(['profile', 'save', '../x', '--positive', 'w1'])).toMatchObject({ exitCode: 2 });
    expect(await pharos(['profile', 'save', 'empty'])).toMatchObject({ exitCode: 2 });
    expect(await pharos(['profile', 'show', 'nobody'])).toMatchObject({ exitCode: 2 });
  });
});

describe('daily and trending', () => {
  it('list the newest day, a day, and the days there are', async () => {
    const newest = await pharos(['daily']);
    expect(newest.stdout).toContain(
      '  1  New songs of humpback whales\n     2026-11-20 · w2\n     3 upvotes\n',
    );
    expect(newest.stderr).toContain('2 papers · 2026-11-20 · by upvotes and comments');
    const day = JSON.parse((await pharos(['daily', '2026-11-19', '--json'])).stdout);
    expect(day).toMatchObject({
      from: '2026-11-19',
      total: 1,
      basis: 'votes',
      hits: [{ paper: { id: 'n1' } }],
    });
    expect((await pharos(['daily', '--calendar'])).stdout).toBe(
      '2026-11-19  1 paper\n2026-11-20  2 papers\n',
    );
  });

  it('list what is read now', async () => {
    const { stdout, stderr } = await pharos(['trending', '--window', 'week']);
    expect(stdout.indexOf('Deep neural networks')).toBeLessThan(stdout.indexOf('New songs'));
    expect(stderr).toContain('3 papers · 2026-11-14 to 2026-11-20 · by upvotes and comments');
    expect(await pharos(['trending', '--window', 'year'])).toMatchObject({ exitCode: 2 });
  });

  it('say so when a day has no papers', async () => {
    const outcome = await pharos(['daily', '2020-01-01']);
    expect(outcome).toMatchObject({ exitCode: 0, stdout: '' });
    expect(outcome.stderr).toContain('No paper is of 2020-01-01.');
    expect(await pharos(['daily', 'yesterday'])).toMatchObject({ exitCode: 2 });
  });
});
