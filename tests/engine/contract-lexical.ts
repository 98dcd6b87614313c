/** The part of the engine contract about finding by words: matches, scores, order, limits, filters, statistics. */
import { beforeEach, expect, it } from 'vitest';
import { inverseDocumentFrequency, lengthNorm } from '../../src/engine/bm25.ts';
import type { LexicalOptions, WeightedTerm } from '../../src/engine/engine.ts';
import { type Filter, NO_FILTER } from '../../src/engine/filter.ts';
import type { LexicalRanking } from '../../src/engine/ranking.ts';
import type { CurrentEngine } from './contract.ts';
import { idsOf, makePaper } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: 'a',
    title: 'whale',
    abstract: 'whale ocean',
    published: '2017-06-12',
    categories: ['cs.CL'],
  }),
  makePaper({
    id: 'b',
    title: 'ocean',
    abstract: 'river stone',
    published: '2018',
    categories: ['cs.LG', 'stat.ML'],
  }),
  makePaper({ id: 'c', title: 'stone', abstract: 'whale wind', authors: ['Ada Fox'], published: '2019-03' }),
  makePaper({ id: 'd', title: 'wind', authors: ['José Ruiz', 'Ada Bell'], venue: 'Ocean Letters' }),
];

export function describeLexical(current: CurrentEngine): void {
  beforeEach(() => current().upsert(PAPERS.map((paper) => ({ paper }))));
  describeScores(current);
  describeLimits(current);
  describeFilters(current);
  describeStatistics(current);
}

function describeScores(current: CurrentEngine): void {
  it('finds papers that hold any of the words, in any indexed field', async () => {
    expect(await found(current, ['river', 'fox'])).toEqual(['b', 'c']);
    expect(await found(current, ['letter'])).toEqual(['d']);
    expect(await found(current, ['ocean'])).toEqual(['a', 'b', 'd']);
  });

  it('scores by BM25 with the title counted twice', async () => {
    const { docIds, scores } = await lexical(current, ['whale']);
    expect(await idsOf(current(), { docIds, scores })).toEqual(['a', 'c']);
    // Lengths: a 2 + 2, b 2 + 2, c 2 + 2 + 2, d 2 + 4 + 2.
    const average = (4 + 4 + 6 + 8) / 4;
    const idf = inverseDocumentFrequency(2, 4);
    expectNear(scores[0], (idf * 3) / (3 + lengthNorm(4, average)));
    expectNear(scores[1], (idf * 1) / (1 + lengthNorm(6, average)));
  });

  it('adds up the shares of the terms, each times its weight', async () => {
    const whale = await lexical(current, ['whale']);
    const ocean = await lexical(current, ['ocean']);
    const [a = 0] = whale.docIds;
    const both = await current().lexical(
      [
        { term: 'whale', weight: 2 },
        { term: 'ocean', weight: 0.5 },
      ],
      { filter: NO_FILTER, limit: 10 },
    );
    expectNear(scoreOf(both, a), 2 * (scoreOf(whale, a) ?? 0) + 0.5 * (scoreOf(ocean, a) ?? 0));
  });

  it('puts the better first and the lower docId first on ties', async () => {
    await current().upsert(['t3', 't1', 't2'].map((id) => ({ paper: makePaper({ id, title: 'Tied' }) })));
    const ranking = await lexical(current, ['tie', 'whale']);
    expect([...ranking.scores]).toEqual([...ranking.scores].toSorted((x, y) => y - x));
    const tied = await lexical(current, ['tie']);
    expect(tied.docIds).toHaveLength(3);
    expect([...tied.docIds]).toEqual([...tied.docIds].toSorted((x, y) => x - y));
  });

  it('weighs words anew when papers come and go', async () => {
    const before = (await lexical(current, ['river'])).scores[0] ?? 0;
    await current().upsert([{ paper: makePaper({ id: 'e', title: 'river' }) }]);
    const during = await lexical(current, ['river']);
    await current().remove(['e']);
    const after = (await lexical(current, ['river'])).scores[0] ?? 0;
    expect(scoreOf(during, during.docIds[1])).toBeLessThan(before);
    expectNear(after, before);
  });

  it('finds nothing by unknown words, no words or an empty index', async () => {
    expect(await lexical(current, ['unheard'])).toMatchObject({ total: 0 });
    expect(await lexical(current, [])).toMatchObject({ total: 0 });
    await current().remove(PAPERS.map(({ id }) => id));
    const ranking = await lexical(current, ['whale'], { also: [1] });
    expect(ranking).toEqual({
      docIds: new Uint32Array(0),
      scores: new Float32Array(0),
      total: 0,
      alsoScores: new Float32Array(1),
    });
  });

  it('keeps terms of any script apart', async () => {
    await current().upsert([{ paper: makePaper({ id: 'z', title: '深度学习', abstract: 'C++ GPT-4 κ' }) }]);
    for (const term of ['深度', 'c++', 'gpt4', 'kappa']) expect(await found(current, [term])).toEqual(['z']);
    expect(await found(current, ['学'])).toEqual([]);
  });
}

function describeLimits(current: CurrentEngine): void {
  it('counts every match whatever the limit', async () => {
    const all = await lexical(current, ['ocean', 'stone', 'whale']);
    const two = await lexical(current, ['ocean', 'stone', 'whale'], { limit: 2 });
    const none = await lexical(current, ['ocean', 'stone', 'whale'], { limit: 0 });
    expect([all.total, two.total, none.total]).toEqual([4, 4, 4]);
    expect([...two.docIds]).toEqual([...all.docIds.slice(0, 2)]);
    expect(none.docIds).toHaveLength(0);
  });

  it('scores papers asked for beside the best, in the order asked', async () => {
    const all = await lexical(current, ['whale', 'stone']);
    const also = [...all.docIds].toReversed();
    const [d = 0] = (await lexical(current, ['letter'])).docIds;
    const ranking = await lexical(current, ['whale', 'stone'], { limit: 1, also: [...also, d, 4_000_000] });
    expect(ranking.docIds).toHaveLength(1);
    expect([...ranking.alsoScores]).toEqual([...[...all.scores].toReversed(), 0, 0]);
  });

  it('gives 0 to papers asked for that the filter refuses', async () => {
    const all = await lexical(current, ['whale']);
    const filter: Filter = { authors: ['Fox'] };
    const ranking = await lexical(current, ['whale'], { filter, also: [...all.docIds] });
    expect(ranking.total).toBe(1);
    expect(ranking.alsoScores[0]).toBe(0);
    expectNear(ranking.alsoScores[1], all.scores[1] ?? 0);
  });
}

function describeFilters(current: CurrentEngine): void {
  const cases: readonly [string, Filter, readonly string[]][] = [
    ['from a year on', { from: '2018' }, ['b', 'c']],
    ['up to a month', { to: '2018-01' }, ['a', 'b']],
    ['between days', { from: '2017-06-12', to: '2017-06-12' }, ['a']],
    ['a year that could hold the day', { from: '2018-07-01', to: '2018-07-02' }, ['b']],
    ['a category', { categories: ['CS.cl'] }, ['a']],
    ['any of two categories', { categories: ['cs.CL', 'stat.ML'] }, ['a', 'b']],
    ['an archive', { categories: ['cs'] }, ['a', 'b']],
    ['an archive with a star', { categories: ['stat.*'] }, ['b']],
    ['an author without accents', { authors: ['ruiz jose'] }, ['d']],
    ['an initial', { authors: ['A. Fox'] }, ['c']],
    ['a first name of several authors', { authors: ['Ada'] }, ['c', 'd']],
    ['words of one name, not of two', { authors: ['José Bell'] }, []],
    ['a venue', { venues: ['letters ocean'] }, ['d']],
    ['two fields at once', { from: '2018', authors: ['Ada'] }, ['c']],
    ['nothing that exists', { categories: ['math'] }, []],
    ['empty lists', { categories: [], authors: [], venues: [] }, ['a', 'b', 'c', 'd']],
  ];
  it.each(cases)('filters by %s', async (_, filter, wanted) => {
    const ranking = await lexical(current, ['whale', 'ocean', 'stone', 'wind'], { filter });
    expect((await idsOf(current(), ranking)).toSorted()).toEqual(wanted);
    expect(ranking.total).toBe(wanted.length);
  });

  it('scores a filtered paper as if nothing were filtered', async () => {
    const all = await lexical(current, ['whale']);
    const some = await lexical(current, ['whale'], { filter: { authors: ['Fox'] } });
    expectNear(some.scores[0], scoreOf(all, some.docIds[0]) ?? 0);
  });
}

function describeStatistics(current: CurrentEngine): void {
  it('counts the papers that hold a term', async () => {
    const terms = ['ocean', 'whale', 'unheard', 'ada', 'ocean'];
    expect(await current().statistics(terms)).toEqual({ papers: 4, documentFrequencies: [3, 2, 0, 2, 3] });
    await current().remove(['a']);
    await current().upsert([{ paper: makePaper({ id: 'c', title: 'ocean' }) }]);
    expect(await current().statistics(terms)).toEqual({ papers: 3, documentFrequencies: [3, 0, 0, 1, 3] });
    expect(await current().statistics([])).toEqual({ papers: 3, documentFrequencies: [] });
  });
}

async function lexical(
  current: CurrentEngine,
  terms: readonly string[],
  options: Partial<LexicalOptions> = {},
): Promise<LexicalRanking> {
  const weighted: WeightedTerm[] = terms.map((term) => ({ term, weight: 1 }));
  return current().lexical(weighted, { filter: NO_FILTER, limit: 10, ...options });
}

async function found(current: CurrentEngine, terms: readonly string[]): Promise<(string | undefined)[]> {
  return (await idsOf(current(), await lexical(current, terms))).toSorted();
}

function scoreOf({ docIds, scores }: LexicalRanking, docId = 0): number | undefined {
  return scores[docIds.indexOf(docId)];
}

function expectNear(actual: number | undefined, wanted: number): void {
  expect(Math.abs((actual ?? Number.NaN) - wanted)).toBeLessThan(1e-4 * Math.max(wanted, 1e-3));
}
