/** Planted versions fold, and works that only look alike do not: made up ones here, a thousand real ones below. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { sameWork, workKeys } from '../../src/paper/same-work.ts';
import { titleKey } from '../../src/paper/title-key.ts';
import { nameTokens } from '../../src/text/names.ts';
import { makePaper } from '../engine/fixtures.ts';

const SHARED = new URL('../../../shared/corpora/', import.meta.url);
const hasShared = existsSync(SHARED);
const ABSTRACT =
  'We study how whales find their way through the northern ocean and show that they follow the magnetic field of ' +
  'the earth, which we confirm by tagging forty animals over three summers and comparing their tracks with maps.';
const WORK = makePaper({
  id: '2001.00001',
  title: 'How whales find their way',
  authors: ['Ada B. Fox', 'José Ruiz'],
  abstract: ABSTRACT,
  published: '2020-01-01',
});

function corpus(name: string, most: number): Paper[] {
  const lines = gunzipSync(readFileSync(new URL(name, SHARED)))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const step = Math.max(1, Math.floor(lines.length / most));
  return lines.filter((_, at) => at % step === 0).map((line) => normalizePaper(JSON.parse(line)));
}

describe('one work', () => {
  const cases: [string, ReturnType<typeof sameWork>, Partial<Paper>][] = [
    ['a copy that gives the id as its address', 'id', { url: 'https://arxiv.org/abs/2001.00001v3' }],
    ['arXiv’s own DOI', 'id', { doi: '10.48550/arxiv.2001.00001' }],
    ['the published form', 'title', { title: 'How Whales Find Their Way.', authors: ['Fox, A.', 'J. Ruiz'] }],
    [
      'a revised abstract',
      'title',
      { abstract: `${ABSTRACT.slice(0, 120)} and other things besides as well` },
    ],
    ['another title over the same text', 'text', { title: 'On how whales find their way (long version)' }],
  ];
  it.each(cases)('is told by %s', (_, why, fields) => {
    const other = makePaper({ ...WORK, id: 'other', ...fields });
    expect(sameWork(WORK, other)).toBe(why);
    expect(sameWork(other, WORK)).toBe(why);
    expect(workKeys(other).some((key) => workKeys(WORK).includes(key))).toBe(true);
  });

  it('is told by a DOI that an author and the title agree with', () => {
    const doi = '10.1000/whales';
    const title = 'How whales find their way home';
    const published = makePaper({ ...WORK, id: 'published', doi, title, abstract: '' });
    expect(sameWork({ ...WORK, doi }, published)).toBe('doi');
    expect(sameWork({ ...WORK, doi }, { ...published, title: 'Volume of abstracts' })).toBe(undefined);
    expect(sameWork({ ...WORK, doi }, { ...published, authors: ['Bo Else'] })).toBe(undefined);
  });
});

describe('two works', () => {
  it.each<[string, Partial<Paper>, Partial<Paper>]>([
    ['parts', { title: 'Whale songs, Part I' }, { title: 'Whale songs, Part II' }],
    ['years of a task', { title: 'The whale task 2019' }, { title: 'The whale task 2020' }],
    [
      'reports from one template',
      { title: 'A report using SEE tools' },
      { title: 'A report using ATLAS tools' },
    ],
    ['other people', {}, { authors: ['Bo Else'] }],
    ['a short title that returns', { title: 'Preface', abstract: '' }, { title: 'Preface', abstract: '' }],
    [
      'years apart',
      { title: 'A report on the state of whales', abstract: '' },
      { title: 'A report on the state of whales', abstract: '', published: '1999' },
    ],
  ])('are %s', (_, one, other) => {
    const [a, b] = [makePaper({ ...WORK, ...one }), makePaper({ ...WORK, id: 'other', ...other })];
    expect(sameWork(a, b)).toBe(undefined);
    expect(sameWork(b, a)).toBe(undefined);
  });
});

describe.skipIf(!hasShared)('in the shared corpora (skipped where ../shared is absent)', () => {
  it('every planted version of a sample is found, by a common key', () => {
    const papers = corpus('arxiv-100k.jsonl.gz', 1_000).filter(({ authors }) => authors.length > 0);
    const missed = papers.filter((paper) => {
      const { doi: _, url: __, ...rest } = paper;
      const published = { ...rest, id: `copy-of-${paper.id}`, title: paper.title.toUpperCase() };
      const isFound = sameWork(paper, published) !== undefined;
      return !(isFound && workKeys(published).some((key) => workKeys(paper).includes(key)));
    });
    // A title of two words over a short abstract says too little, copy or not.
    expect(missed.filter(({ abstract }) => nameTokens(abstract).length >= 30)).toEqual([]);
    expect(missed.length).toBeLessThan(papers.length / 20);
  });

  it('none of a thousand pairs with similar titles is taken for one work', () => {
    const papers = [...corpus('acl-52k.jsonl.gz', 6_000), ...corpus('arxiv-100k.jsonl.gz', 3_000)];
    const pairs = similarPairs(papers, 1_000);
    expect(pairs).toHaveLength(1_000);
    const folded = pairs.filter(([a, b]) => sameWork(a, b) !== undefined);
    expect(folded.map(([a, b]) => [a.id, b.id])).toEqual([]);
  }, 60_000);
});

/** Pairs of different titles that share the most words, most alike first: a title with those that share its rare words. */
function similarPairs(papers: readonly Paper[], count: number): [Paper, Paper][] {
  const titles = papers.map(({ title }) => new Set(nameTokens(title)));
  const holders = new Map<string, number[]>();
  titles.forEach((words, at) => {
    for (const word of words) holders.set(word, [...(holders.get(word) ?? []).slice(-80), at]);
  });
  const scored = new Map<string, { a: number; b: number; alike: number }>();
  titles.forEach((words, a) => {
    for (const b of new Set([...words].flatMap((word) => holders.get(word) ?? []))) {
      const shared = [...words].filter((word) => titles[b]?.has(word)).length;
      const alike = shared / (words.size + (titles[b]?.size ?? 0) - shared);
      if (b > a && alike >= 0.35) scored.set(`${a} ${b}`, { a, b, alike });
    }
  });
  return [...scored.values()]
    .sort((one, other) => other.alike - one.alike)
    .map(({ a, b }): [Paper, Paper] => [papers[a] as Paper, papers[b] as Paper])
    .filter(([a, b]) => titleKey(a.title) !== titleKey(b.title))
    .slice(0, count);
}
