import { describe, expect, it } from 'vitest';
import { Recommender } from '../../src/discover/recommender.ts';
import type { RecommendAnswer } from '../../src/discover/request.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { makePaper } from '../engine/fixtures.ts';
import { binVector, makeLibrary } from '../search/fixtures.ts';

const WHALES = 'Humpback whales sing songs in the ocean';
const NETS = 'Neural networks learn deep gradients';
const PAPERS = [
  makePaper({ id: 'w1', title: WHALES, published: '2001-01-01' }),
  makePaper({ id: 'w2', title: `${WHALES} again`, published: '2026-11-20', categories: ['bio'] }),
  makePaper({ id: 'w3', title: `${WHALES} and calves`, published: '2026-11-01', categories: ['bio'] }),
  makePaper({ id: 'n1', title: NETS, published: '2002-01-01' }),
  makePaper({ id: 'n2', title: `${NETS} slowly`, published: '2026-11-21', categories: ['cs.LG'] }),
  makePaper({ id: 'r1', title: 'Rivers carve stone valleys', published: '2026-11-22' }),
  makePaper({ id: 'r2', title: 'Glaciers carve stone valleys', published: '2010' }),
];

async function recommenderOver(papers: readonly Paper[] = PAPERS) {
  const { engine, embedder } = await makeLibrary(papers);
  return { engine, embedder, recommender: new Recommender({ engine, embedder, today: () => '2026-11-25' }) };
}

function idsOf({ hits }: RecommendAnswer): string[] {
  return hits.map(({ paper }) => paper.id);
}

describe('recommend', () => {
  it('ranks by the themes of a library, leaves the library out, and says why', async () => {
    const { recommender, embedder } = await recommenderOver();
    const answer = await recommender.recommend({ positive: ['w1', 'n1'] });
    expect(idsOf(answer).slice(0, 3).toSorted()).toEqual(['n2', 'w2', 'w3']);
    expect(idsOf(answer)).not.toContain('w1');
    expect(answer.themes.map(({ papers }) => papers)).toEqual([1, 1]);
    const whale = answer.hits.find(({ paper }) => paper.id === 'w2');
    expect(whale?.because[0]).toMatchObject({ id: 'w1', title: WHALES });
    expect(answer.themes[(whale?.theme ?? 0) - 1]?.words).toContain('whales');
    expect(answer.library).toEqual({ papers: 2, known: 2, negatives: 0 });
    expect(answer.total).toBe(7);
    expect(answer.hits.map(({ rank }) => rank)).toEqual(answer.hits.map((_, at) => at + 1));
    expect(embedder.documents).toEqual([]);
  });

  it('embeds papers and texts that the index does not hold', async () => {
    const { recommender, embedder } = await recommenderOver();
    const outside = makePaper({ id: 'x', title: 'Whales of the ocean', abstract: 'They sing songs.' });
    const answer = await recommender.recommend({ papers: [outside], positiveTexts: [`${NETS}\nand more`] });
    expect(embedder.documents).toHaveLength(2);
    expect(answer.library).toEqual({ papers: 2, known: 0, negatives: 0 });
    const reasons = answer.hits.flatMap(({ because }) => because.map(({ id, title }) => `${id} ${title}`));
    expect(new Set(reasons)).toEqual(new Set(['x Whales of the ocean', `null ${NETS}`]));
  });

  it.each([
    [
      'by DOI',
      {
        id: 'ref',
        title: 'Whale songs of southern oceans in winter',
        doi: '10.1234/whale',
        authors: ['Ada Fox'],
      },
    ],
    [
      'by title and author',
      { id: 'ref', title: 'Whale songs of the southern ocean in winter', authors: ['Fox, A.'] },
    ],
    ['by title where it names nobody', { id: 'ref', title: 'Whale Songs of the Southern Ocean in Winter' }],
  ])('never recommends a paper that a file holds under another name: %s', async (_, fields) => {
    const stored = makePaper({
      ...{ id: 'stored', title: 'Whale songs of the southern ocean in winter' },
      ...{ doi: '10.1234/whale', authors: ['Ada Fox'], published: '2020' },
    });
    const { recommender } = await recommenderOver([...PAPERS, stored]);
    const answer = await recommender.recommend({ papers: [makePaper(fields)] });
    expect(answer.library.known).toBe(1);
    expect(idsOf(answer)).not.toContain('stored');
  });

  it('counts a paper once that the library holds twice', async () => {
    const { recommender } = await recommenderOver();
    const answer = await recommender.recommend({ positive: ['w1'], papers: [PAPERS[0] as Paper] });
    expect(answer.library.papers).toBe(1);
  });

  it('pushes away from negatives and never lists them', async () => {
    const { recommender } = await recommenderOver();
    const before = idsOf(await recommender.recommend({ positive: ['w1', 'n1'] }));
    const answer = await recommender.recommend({ positive: ['w1', 'n1'], negative: ['w3'] });
    expect(idsOf(answer)).not.toContain('w3');
    expect(idsOf(answer).indexOf('n2')).toBe(0);
    expect(before).toContain('w3');
    expect(answer.library.negatives).toBe(1);
  });

  it('keeps to filters and limits, and to what is new', async () => {
    const { recommender } = await recommenderOver();
    const library = { positive: ['w1', 'n1'] };
    expect(idsOf(await recommender.recommend({ ...library, filter: { categories: ['cs'] } }))).toEqual([
      'n2',
    ]);
    expect((await recommender.recommend({ ...library, limit: 1 })).hits).toHaveLength(1);
    const since = await recommender.recommend({ ...library, since: '7d' });
    expect(since.since).toBe('2026-11-18');
    expect(idsOf(since).toSorted()).toEqual(['n2', 'r1', 'w2']);
    expect(since.total).toBe(3);
  });

  it('takes for new what came later than the index began, however old it is', async () => {
    const { engine, recommender } = await recommenderOver([]);
    const put = (paper: Paper, arrived: string) =>
      engine.upsert([{ paper, arrived, vector: binVector(paper.title) }]);
    for (const paper of PAPERS) await put(paper, '2026-11-24');
    await put(makePaper({ id: 'late', title: `${WHALES} of old`, published: '1975' }), '2026-11-25');
    const answer = await recommender.recommend({ positive: ['w1'], since: '3d' });
    expect(idsOf(answer).toSorted()).toEqual(['late', 'r1']);
    expect(idsOf(await recommender.recommend({ positive: ['w1'], since: '2026-11-25' }))).toEqual(['late']);
  });

  it('shows a work once', async () => {
    const twins = ['a', 'b'].map((id) =>
      makePaper({ id, title: 'Whales sing long songs in deep oceans', doi: '10.1234/x' }),
    );
    const { recommender } = await recommenderOver([...PAPERS, ...twins]);
    const ids = idsOf(await recommender.recommend({ positive: ['w1'] }));
    expect(ids.filter((id) => ['a', 'b'].includes(id))).toHaveLength(1);
  });

  it('says so when there is nothing new, or papers wait for their vectors', async () => {
    const { recommender } = await recommenderOver();
    const none = await recommender.recommend({ positive: ['w1'], since: '2030' });
    expect(none.hits).toEqual([]);
    expect(none.notes.map(({ code }) => code)).toEqual(['NOTHING_NEW']);
    const { engine, embedder } = await makeLibrary(PAPERS, { bare: ['r1'] });
    const waiting = await new Recommender({ engine, embedder }).recommend({ positive: ['w1'] });
    expect(waiting.notes.map(({ code }) => code)).toEqual(['NOT_EMBEDDED']);
    expect(idsOf(waiting)).not.toContain('r1');
  });

  it.each([
    ['nothing to be near to', {}, 'QUERY_EMPTY'],
    ['an unknown paper', { positive: ['w1', 'nobody'], negative: ['no one'] }, 'PAPER_NOT_FOUND'],
    ['a time that is none', { positive: ['w1'], since: 'yesterday' }, 'INPUT_INVALID'],
    ['a limit out of range', { positive: ['w1'], limit: 101 }, 'INPUT_INVALID'],
    ['too large a library', { positiveTexts: new Array(5_001).fill('a') }, 'INPUT_INVALID'],
    ['a profile where there are none', { profile: 'thesis' }, 'INPUT_INVALID'],
  ])('refuses %s', async (_, request, code) => {
    const { recommender } = await recommenderOver();
    await expect(recommender.recommend(request)).rejects.toMatchObject({ code });
  });

  it('answers the same twice', async () => {
    const { recommender } = await recommenderOver();
    const ask = async () => ({
      ...(await recommender.recommend({ positive: ['w1', 'n1', 'r2'] })),
      tookMs: 0,
    });
    expect(await ask()).toEqual(await ask());
  });
});
