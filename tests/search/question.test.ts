/** Questions in the query language, asked of a small library: what is found, in which order, and what is said. */
import { describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../src/search/answer.ts';
import type { SearchRequest } from '../../src/search/request.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from './fixtures.ts';

const PAPERS = [
  makePaper({
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'Neural networks without recurrence translate.',
    authors: ['Ashish Vaswani', 'Noam Shazeer'],
    published: '2017-06-12',
    categories: ['cs.CL'],
    code: 'https://code.example/a',
  }),
  makePaper({
    id: 'trust',
    title: '"Why Should I Trust You?": Explaining -any- year:2016 Classifier',
    abstract: 'Explanations of a neural network.',
    authors: ['Marco Ribeiro'],
    published: '2016',
    categories: ['cs.LG'],
  }),
  makePaper({
    id: 'whales',
    title: 'Songs of whales',
    abstract: 'Whales sing.',
    authors: ['Ada Fox'],
    published: '1999',
  }),
  makePaper({
    id: 'speech',
    title: 'Speech recognition',
    abstract: 'Neural networks hear speech.',
    authors: ['Fox, A.', 'Max Power'],
    published: '2012-03',
    doi: '10.1000/speech',
  }),
  makePaper({
    id: 'bert',
    title: 'BERT',
    abstract: 'Networks translate. Max power.',
    authors: ['Ada B. Fox'],
    published: '2018',
  }),
  makePaper({ id: 'solar', title: 'Solar cells', abstract: 'Tracking max power.', authors: ['A. Fox Ruiz'] }),
];

async function ask(query: string, request: Partial<SearchRequest> = {}): Promise<SearchAnswer> {
  return (await makeLibrary(PAPERS)).searcher.search({ query, ...request });
}

const idsOf = ({ hits }: SearchAnswer) => hits.map(({ paper }) => paper.id);

describe('a question', () => {
  it.each([
    ['"neural networks"', ['1706.03762', 'speech']],
    ['networks -"neural networks" -solar -whales', ['bert', 'trust']],
    ['-networks -whales', ['solar']],
    ['title:speech', ['speech']],
    ['has:code OR', ['1706.03762']],
    ['networks has:doi', ['speech']],
    ['"neural networks" -category:cs.*', ['speech']],
    ['id:whales id:10.1000/SPEECH', ['speech', 'whales']],
  ])('restricts: %s', async (query, ids) => {
    const answer = await ask(query);
    expect(idsOf(answer).toSorted()).toEqual(ids.toSorted());
    expect(answer.total).toBe(ids.length);
    expect(answer.notes).toEqual([]);
  });

  it('is narrowed by the filter of the request as well', async () => {
    expect(idsOf(await ask('"neural networks"', { filter: { from: '2015' } }))).toEqual(['1706.03762']);
  });

  it.each(['hybrid', 'semantic', 'keyword'] as const)(
    'of restrictions alone lists what passes, newest first, by pages, without the model, in mode %s',
    async (mode) => {
      const { searcher, embedder } = await makeLibrary(PAPERS);
      const first = await searcher.search({ query: 'year:1999..2017', mode, limit: 2 });
      const second = await searcher.search({ query: 'year:1999..2017', mode, limit: 2, offset: 2 });
      expect([...idsOf(first), ...idsOf(second)]).toEqual(['1706.03762', 'trust', 'speech', 'whales']);
      expect([first.total, second.total]).toEqual([4, 4]);
      expect(second.hits.map(({ rank }) => rank)).toEqual([3, 4]);
      expect(first.hits[0]?.match).toMatchObject({ lexicalRank: null, semanticRank: null, exact: null });
      expect(embedder.queries).toEqual([]);
      expect(embedder.documents).toEqual([]);
    },
  );

  it('embeds its text and nothing else of it', async () => {
    const { searcher, embedder } = await makeLibrary(PAPERS);
    await searcher.search({ query: 'songs -author:x of "the sea" year:1990..' });
    expect(embedder.queries).toEqual(['songs of the sea']);
  });

  it('says what it could not read', async () => {
    const answer = await ask('networks journal:nature year:20x1');
    expect(answer.notes.map(({ code }) => code)).toEqual(['FIELD_UNKNOWN', 'VALUE_UNREADABLE']);
    expect(answer.total).toBeGreaterThan(0);
  });

  it('of nothing but punctuation is none, and one of a restriction is one', async () => {
    await expect(ask('"?" -')).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
    expect(await ask('author:nobody')).toMatchObject({ total: 0, hits: [] });
  });
});

describe('a pasted title', () => {
  it('is found first and is no language', async () => {
    const title = '“Why should I trust you?”: explaining -any- year:2016 classifier';
    for (const mode of ['hybrid', 'keyword'] as const) {
      const answer = await ask(title, { mode });
      expect(answer.hits[0]).toMatchObject({ paper: { id: 'trust' }, match: { exact: 'title' } });
      expect(answer.notes).toEqual([]);
    }
  });

  it('is language where only its letters are those of a title', async () => {
    expect(idsOf(await ask('-bert year:2018..'))).toEqual([]);
    expect(idsOf(await ask('-bert'))).not.toContain('bert');
  });

  it('is found first beside fields, if it passes', async () => {
    const found = await ask('Songs of Whales year:..2000');
    expect(found.hits[0]).toMatchObject({ paper: { id: 'whales' }, match: { exact: 'title' } });
    expect((await ask('Songs of Whales year:2000..')).hits.every(({ match }) => match.exact === null)).toBe(
      true,
    );
    expect((await ask('"attention is all you need"')).hits[0]?.match.exact).toBe('title');
  });
});

describe("a person's name", () => {
  const by = async (query: string, request: Partial<SearchRequest> = {}) =>
    (await ask(query, request)).hits
      .filter(({ match }) => match.exact === 'author')
      .map(({ paper }) => paper.id);

  it.each([
    ['Ada Fox', ['whales', 'bert', 'speech']],
    ['fox, ada', ['whales', 'bert', 'speech']],
    ['A. Fox', ['speech', 'bert', 'whales']],
    ['Ada B. Fox', ['bert', 'speech', 'whales']],
    ['ashish vaswani', ['1706.03762']],
    ['Max Power', ['speech']],
  ])('%s puts the papers first, those spelled so before the others, newest first', async (query, ids) => {
    const answer = await ask(query);
    expect(idsOf(answer).slice(0, ids.length)).toEqual(ids);
    expect(await by(query)).toEqual(ids);
    expect(answer.hits.map(({ rank }) => rank)).toEqual(answer.hits.map((_, at) => at + 1));
  });

  it.each(['Fox', 'A Fox', 'Bob Fox', 'Ada Fox sings', 'max power', '"Ada Fox"', 'ada-fox'])(
    '%s is none',
    async (query) => {
      expect(await by(query)).toEqual([]);
    },
  );

  it('keeps to the filters and counts each paper once', async () => {
    expect(await by('Ada Fox year:..2012')).toEqual(['whales', 'speech']);
    expect(await by('Ada Fox', { filter: { from: '2018' } })).toEqual(['bert']);
    const { total, hits } = await ask('Ada Fox', { mode: 'keyword' });
    expect(total).toBe(4);
    expect(hits).toHaveLength(4);
  });
});

describe('related:', () => {
  it('ranks by the papers and the words, without the papers', async () => {
    const answer = await ask('related:1706.03762 speech');
    expect(idsOf(answer)[0]).toBe('speech');
    expect(idsOf(answer)).not.toContain('1706.03762');
    expect(answer.total).toBe(5);
    const alone = await ask('related:1706.03762', { mode: 'keyword' });
    expect(idsOf(alone).toSorted()).toEqual(['bert', 'speech', 'trust']);
  });

  it('asks the model for the words only, and for nothing by keyword', async () => {
    const { searcher, embedder } = await makeLibrary(PAPERS);
    await searcher.search({ query: 'related:1706.03762 singing whales' });
    expect(embedder.queries).toEqual(['singing whales']);
    await searcher.search({ query: 'related:https://doi.org/10.1000/speech' });
    await searcher.search({ query: 'related:whales songs', mode: 'keyword' });
    expect(embedder.queries).toHaveLength(1);
    expect(embedder.documents).toEqual([]);
  });

  it('leads away from what is negated', async () => {
    const towards = idsOf(await ask('translate'));
    const away = idsOf(await ask('translate -related:1706.03762'));
    expect(towards).toContain('1706.03762');
    expect(away).not.toContain('1706.03762');
    expect(idsOf(await ask('-related:whales')).length).toBe(5);
  });

  it('keeps to the filters', async () => {
    expect(idsOf(await ask('related:1706.03762 networks has:doi'))).toEqual(['speech']);
  });

  it('searches for the name of a paper that is not there, and says so', async () => {
    const answer = await ask('related:2404.99999 whales');
    expect(answer.notes).toEqual([{ code: 'PAPER_UNKNOWN', message: expect.stringContaining('2404.99999') }]);
    expect(answer.total).toBeGreaterThan(0);
  });
});
