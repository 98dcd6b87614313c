/** Questions in, hits out: modes, exact hits, totals, paging, reasons, and what is refused. */
import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { MAX_DEPTH, MAX_LIMIT, MAX_QUERY_LENGTH, type SearchRequest } from '../../src/search/request.ts';
import { makePaper } from '../engine/fixtures.ts';
import { binVector, makeLibrary } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'We drop recurrence. Attention draws global dependencies.',
    authors: ['Ashish Vaswani'],
    published: '2017-06-12',
    doi: '10.5555/3295222',
  }),
  makePaper({
    id: '1810.04805',
    title: 'BERT',
    abstract: 'Bidirectional transformers read text.',
    published: '2018',
  }),
  makePaper({
    id: '10.1234/whales',
    title: 'Songs of whales',
    abstract: 'Whales sing. Attention is rare.',
    published: '1999',
  }),
  makePaper({ id: 'rivers', title: 'On rivers', abstract: 'Water and stone.', published: '2001' }),
  makePaper({ id: 'bare', title: 'Whales without a vector' }),
];

const library = () => makeLibrary(PAPERS, { bare: ['bare'] });

function idsOf({ hits }: SearchAnswer): string[] {
  return hits.map(({ paper }) => paper.id);
}

async function ask(request: Partial<SearchRequest> & { query: string }): Promise<SearchAnswer> {
  return (await library()).searcher.search(request);
}

describe('search by keyword', () => {
  it('finds the papers that hold a word, and never asks the model', async () => {
    const { searcher, embedder } = await library();
    const answer = await searcher.search({ query: 'whales', mode: 'keyword' });
    expect(idsOf(answer).toSorted()).toEqual(['10.1234/whales', 'bare']);
    expect(answer).toMatchObject({ query: 'whales', mode: 'keyword', total: 2 });
    expect(answer.hits.map(({ match }) => match.lexicalRank)).toEqual([1, 2]);
    expect(answer.hits.every(({ match }) => match.semanticRank === null && match.similarity === null)).toBe(
      true,
    );
    expect(embedder.queries).toEqual([]);
  });

  it('finds nothing by unheard words', async () => {
    expect(await ask({ query: 'zeppelins', mode: 'keyword' })).toMatchObject({ total: 0, hits: [] });
  });
});

describe('search by meaning', () => {
  it('ranks everything that has a vector by similarity', async () => {
    const answer = await ask({ query: 'songs of whales', mode: 'semantic' });
    expect(answer.total).toBe(4);
    expect(idsOf(answer)[0]).toBe('10.1234/whales');
    expect(idsOf(answer)).not.toContain('bare');
    const { hits } = answer;
    expect(hits.map(({ match }) => match.semanticRank)).toEqual([1, 2, 3, 4]);
    expect(hits.every(({ match }) => match.lexicalRank === null)).toBe(true);
    expect(hits.map(({ score }) => score).slice(1)).toEqual(
      hits.map(({ match }) => match.similarity).slice(1),
    );
  });

  it('takes the vector of the question where one is given', async () => {
    const { searcher, embedder } = await library();
    const answer = await searcher.searchWith(binVector('Water and stone. On rivers'), {
      query: 'x',
      mode: 'semantic',
    });
    expect(idsOf(answer)[0]).toBe('rivers');
    expect(embedder.queries).toEqual([]);
  });
});

describe('search by both', () => {
  it('is the default and counts papers found either way once', async () => {
    const answer = await ask({ query: 'whales and their music' });
    expect(answer).toMatchObject({ mode: 'hybrid', total: 5 });
    expect(idsOf(answer)[0]).toBe('10.1234/whales');
    expect(idsOf(answer)).toContain('bare');
    expect(answer.hits[0]?.match).toMatchObject({ lexicalRank: 1, semanticRank: 2 });
  });

  it('finds papers that are not embedded yet by their words', async () => {
    const { searcher } = await makeLibrary(PAPERS, { bare: PAPERS.map(({ id }) => id) });
    const answer = await searcher.search({ query: 'whales' });
    expect(idsOf(answer).toSorted()).toEqual(['10.1234/whales', 'bare']);
    expect(answer.total).toBe(2);
  });

  it('embeds the question as one line', async () => {
    const { searcher, embedder } = await library();
    await searcher.search({ query: '  songs of\n whales ' });
    expect(embedder.queries).toEqual(['songs of whales']);
  });

  it('says what the model says when it fails', async () => {
    const { engine, embedder, searcher } = await library();
    embedder.embedQuery = () => Promise.reject(new Error('out of memory'));
    await expect(searcher.search({ query: 'whales' })).rejects.toThrow('out of memory');
    expect((await searcher.search({ query: 'whales', mode: 'keyword' })).total).toBe(2);
    expect((await engine.status()).papers).toBe(5);
  });

  it('fuses by ranks where that is wanted', async () => {
    const { searcher } = await makeLibrary(PAPERS, { bare: ['bare'], fusion: 'rrf' });
    const { hits, total } = await searcher.search({ query: 'singing whales' });
    expect(total).toBe(5);
    expect(hits[0]?.paper.id).toBe('10.1234/whales');
    expect(hits[0]?.score).toBeCloseTo(1 / 61 + 1 / 61, 5);
  });
});

describe('exact hits', () => {
  it.each([
    ['1706.03762', 'id'],
    ['arXiv:1706.03762v3', 'id'],
    ['https://arxiv.org/pdf/1706.03762', 'id'],
    ['https://doi.org/10.5555/3295222', 'doi'],
  ])('answers %s by that paper alone', async (query, exact) => {
    const { searcher, embedder } = await library();
    const answer = await searcher.search({ query });
    expect(idsOf(answer)).toEqual(['1706.03762']);
    expect(answer).toMatchObject({ total: 1, hits: [{ rank: 1, match: { exact } }] });
    expect(embedder.queries).toEqual([]);
  });

  it('finds a paper whose id is a DOI', async () => {
    const answer = await ask({ query: 'doi:10.1234/WHALES' });
    expect(answer).toMatchObject({
      total: 1,
      hits: [{ paper: { id: '10.1234/whales' }, match: { exact: 'doi' } }],
    });
  });

  it('takes an identifier that is not in the index for words', async () => {
    const { searcher, embedder } = await library();
    const answer = await searcher.search({ query: '2005.14165' });
    expect(answer.hits.every(({ match }) => match.exact === null)).toBe(true);
    expect(embedder.queries).toEqual(['2005.14165']);
  });

  it.each(['hybrid', 'semantic', 'keyword'] as const)(
    'puts the title that was asked first in mode %s',
    async (mode) => {
      const answer = await ask({ query: '“attention is ALL you need!”', mode });
      expect(answer.hits[0]).toMatchObject({ paper: { id: '1706.03762' }, match: { exact: 'title' } });
      expect(answer.hits.filter(({ match }) => match.exact !== null)).toHaveLength(1);
    },
  );

  it('puts an exact title first even where nothing else finds it', async () => {
    const papers = [
      makePaper({ id: 'odd', title: 'The' }),
      makePaper({ id: 'a', title: 'Whales and the sea' }),
    ];
    const { searcher } = await makeLibrary(papers, { bare: ['odd', 'a'] });
    const answer = await searcher.search({ query: 'the', mode: 'semantic' });
    expect(idsOf(answer)).toEqual(['odd']);
    expect(answer.total).toBe(1);
    expect(answer.hits[0]?.match).toMatchObject({ lexicalRank: null, semanticRank: null, similarity: null });
  });

  it('counts and lists an exact hit once', async () => {
    const answer = await ask({ query: 'BERT' });
    expect(idsOf(answer).filter((id) => id === '1810.04805')).toHaveLength(1);
    expect(answer.hits.map(({ rank }) => rank)).toEqual(answer.hits.map((_, at) => at + 1));
    expect(answer.total).toBe(4);
  });

  it('keeps to the filter', async () => {
    const answer = await ask({ query: 'Attention Is All You Need', filter: { to: '2000' } });
    expect(idsOf(answer)).toEqual(['10.1234/whales']);
    expect(answer.hits[0]?.match.exact).toBeNull();
    expect(await ask({ query: '1706.03762', mode: 'keyword', filter: { to: '2000' } })).toMatchObject({
      total: 0,
    });
  });

  it('lists every paper of that title before the rest', async () => {
    const twins = ['t2', 't1'].map((id) => makePaper({ id, title: 'Whale Watching' }));
    const { searcher } = await makeLibrary([...PAPERS, ...twins]);
    const answer = await searcher.search({ query: 'whale watching' });
    expect(idsOf(answer).slice(0, 2)).toEqual(['t2', 't1']);
    expect(answer.total).toBe(7);
  });
});

describe('a hit', () => {
  it('says why it was found', async () => {
    const { hits } = await ask({ query: 'global attention', mode: 'hybrid' });
    const hit = hits.find(({ paper }) => paper.id === '1706.03762');
    expect(hit?.match.passage).toEqual({
      text: 'Attention draws global dependencies.',
      highlights: [
        [0, 9],
        [16, 22],
      ],
    });
    expect(hit?.match.similarity).toBeGreaterThan(0);
    expect(hits.find(({ paper }) => paper.id === 'bare')?.match.passage ?? null).toBeNull();
  });

  it('has a score that never rises down the list', async () => {
    for (const mode of ['hybrid', 'semantic', 'keyword'] as const) {
      const { hits } = await ask({ query: 'Songs of whales', mode });
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
  });

  it('goes missing, and nothing else, when its paper is removed under way', async () => {
    const { engine, searcher } = await library();
    const papers = engine.papers.bind(engine);
    engine.papers = async (docIds) => {
      await engine.remove(['rivers']);
      return papers(docIds);
    };
    const answer = await searcher.search({ query: 'a question', mode: 'semantic' });
    expect(answer.hits).toHaveLength(3);
  });

  it('comes with the time it took', async () => {
    let now = 100;
    const { searcher } = await makeLibrary(PAPERS, { clock: () => (now += 7) });
    expect((await searcher.search({ query: 'whales' })).tookMs).toBe(7);
  });
});

describe('a question that is none', () => {
  it.each(['', '   ', '?', '"" …'])('is refused as empty: %j', async (query) => {
    await expect(ask({ query })).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
  });

  it('is everything that passes, newest first, where a filter is given and no question at all', async () => {
    const { searcher } = await makeLibrary(PAPERS);
    const filter = { not: [{ ids: ['rivers'] }] };
    const answer = await searcher.search({ query: '', filter, sort: 'date' });
    const restricted = await searcher.search({ query: '-id:rivers' });
    expect(answer.hits.map(({ paper }) => paper.id)).toEqual(restricted.hits.map(({ paper }) => paper.id));
    expect(answer.total).toBe(PAPERS.length - 1);
    await expect(searcher.search({ query: '?', filter })).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
  });

  it.each<[string, Partial<SearchRequest>]>([
    ['query', { query: 'x'.repeat(MAX_QUERY_LENGTH + 1) }],
    ['limit', { limit: 0 }],
    ['limit', { limit: MAX_LIMIT + 1 }],
    ['limit', { limit: 2.5 }],
    ['limit', { limit: Number.NaN }],
    ['offset', { offset: -1 }],
    ['offset', { offset: MAX_DEPTH }],
    ['mode', { mode: 'psychic' as 'hybrid' }],
    ['filter/from', { filter: { from: '2017-13' } }],
    ['filter/to', { filter: { to: 'yesterday' } }],
  ])('is refused with a pointer to %s: %j', async (pointer, request) => {
    await expect(ask({ query: 'whales', ...request })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      issues: [{ pointer }],
    });
  });

  it('is told all that is wrong at once', async () => {
    await expect(ask({ query: 'whales', limit: 0, offset: -1, filter: { from: 'x' } })).rejects.toMatchObject(
      {
        issues: [{ pointer: 'limit' }, { pointer: 'offset' }, { pointer: 'filter/from' }],
      },
    );
  });
});
