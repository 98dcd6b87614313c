/**
 * Whatever the order, folded or not: pages by offset and pages by cursor are the same list, facets add up to its
 * total and keep what they promise, and a cursor outlives the papers that come and go.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACET_FIELDS, type FacetField } from '../../src/engine/facets.ts';
import type { Filter } from '../../src/engine/filter.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { Hit, SearchAnswer } from '../../src/search/answer.ts';
import { MODES, type SearchRequest, SORTS } from '../../src/search/request.ts';
import type { Searcher } from '../../src/search/searcher.ts';
import { makePaper } from '../engine/fixtures.ts';
import { binVector, makeLibrary } from './fixtures.ts';

const WORDS = 'whale ocean river stone wind cloud ember forest glacier harbour island jungle'.split(' ');
const TITLE = 'whale songs of the northern ocean and river';
const words = (maxLength: number) =>
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength }).map((list) => list.join(' '));

/** Half of them share a title and an author, so that there is something to fold. */
const papersOf = (maxLength: number) =>
  fc
    .array(
      fc.record({
        title: fc.oneof(words(4), fc.constantFrom(TITLE, `${TITLE} again`)),
        year: fc.option(fc.integer({ min: 2000, max: 2009 }), { nil: undefined }),
        author: fc.constantFrom('Ada Fox', 'José Ruiz', 'Fox'),
        venue: fc.constantFrom('Sea', 'Sea Letters', undefined),
        category: fc.constantFrom('cs.CL', 'cs.LG', 'math', 'math.AG'),
        code: fc.constantFrom('https://example.org', undefined),
      }),
      { minLength: 1, maxLength, size: 'max' },
    )
    .map((list) =>
      list.map(({ title, year, author, venue, category, code }, at) =>
        makePaper({
          id: at % 3 === 0 ? `2001.${10_000 + at}` : `p${at}`,
          title,
          authors: [author],
          categories: [category],
          ...(year !== undefined && { published: String(year) }),
          ...(venue !== undefined && { venue }),
          ...(code !== undefined && { code }),
        }),
      ),
    );

const request = () =>
  fc.record({
    query: words(3),
    mode: fc.constantFrom(...MODES),
    sort: fc.constantFrom(...SORTS),
    fold: fc.boolean(),
    filter: fc.constantFrom<Filter>({}, { from: '2003' }, { categories: ['cs'] }),
  });

type Asked = Omit<SearchRequest, 'limit' | 'offset' | 'cursor'>;

async function byOffset(searcher: Searcher, asked: Asked, limit: number): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (;;) {
    const page = await searcher.search({ ...asked, limit, offset: hits.length });
    hits.push(...page.hits);
    if (page.next === null) return hits;
  }
}

async function byCursor(searcher: Searcher, asked: Asked, limit: number): Promise<Hit[]> {
  const hits: Hit[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: SearchAnswer = await searcher.search({ ...asked, limit, ...from(cursor) });
    hits.push(...page.hits);
    cursor = page.next;
  }
  return hits;
}

function from(cursor: string | undefined): { cursor?: string } {
  return cursor === undefined ? {} : { cursor };
}

const essence = ({ rank, score, paper, others }: Hit) => ({ rank, score, id: paper.id, others });

describe('lists', () => {
  it('are the same by offset, by cursor and at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        papersOf(60),
        request(),
        fc.integer({ min: 1, max: 20 }),
        async (papers, asked, limit) => {
          const { searcher } = await makeLibrary(papers);
          const whole = (await byOffset(searcher, asked, 100)).map(essence);
          expect((await byOffset(searcher, asked, limit)).map(essence)).toEqual(whole);
          expect((await byCursor(searcher, asked, limit)).map(essence)).toEqual(whole);
          expect(whole.map(({ rank }) => rank)).toEqual(whole.map((_, at) => at + 1));
          const everything = await byOffset(searcher, { ...asked, fold: false }, 100);
          const { total } = await searcher.search(asked);
          expect(everything).toHaveLength(total);
          // Folding hides nothing: each paper is a hit or under one, and hits keep their order.
          const shown = new Set(whole.flatMap(({ id, others }) => [id, ...others.map((other) => other.id)]));
          expect(everything.filter(({ paper }) => !shown.has(paper.id))).toEqual([]);
          const hits = new Set(whole.map(({ id }) => id));
          const kept = everything.map(({ paper }) => paper.id).filter((id) => hits.has(id));
          expect(kept).toEqual(whole.map(({ id }) => id));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('by date hold everything, newest or oldest first, papers without a date last', async () => {
    await fc.assert(
      fc.asyncProperty(papersOf(40), words(3), async (papers, query) => {
        const { searcher } = await makeLibrary(papers);
        const years = async (sort: 'date' | 'oldest') =>
          (await byOffset(searcher, { query, sort, fold: false }, 7)).map(({ paper }) =>
            Number(paper.published ?? Number.NaN),
          );
        const newest = await years('date');
        const dated = newest.filter((year) => !Number.isNaN(year));
        expect(newest.slice(0, dated.length)).toEqual(dated.toSorted((a, b) => b - a));
        expect(await years('oldest')).toEqual([...dated.toReversed(), ...newest.slice(dated.length)]);
      }),
      { numRuns: 20 },
    );
  });

  it('keep a fresh paper before an equally relevant old one', async () => {
    const titled = (id: string, published: string) => makePaper({ id, title: 'whale', published });
    const papers = [titled('old', '1999'), titled('new', '2024'), titled('mid', '2020')];
    const { searcher } = await makeLibrary(papers, { today: () => 20_250_101 });
    const { hits } = await searcher.search({ query: 'whale song', sort: 'fresh', mode: 'keyword' });
    expect(hits.map(({ paper }) => paper.id)).toEqual(['new', 'mid', 'old']);
  });
});

describe('facets', () => {
  const filterOf: Readonly<Record<FacetField, (value: string) => Filter>> = {
    year: (value) => ({ from: value, to: value }),
    category: (value) => ({ categories: [value] }),
    venue: (value) => ({ venues: [`"${value}"`] }),
    author: (value) => ({ authors: [`"${value}"`] }),
    source: (value) => ({ sources: [value as 'arxiv'] }),
    code: (value) => ({ has: [value as 'code'] }),
  };

  it('add up to the total, and each value as a filter leaves what it counted', async () => {
    await fc.assert(
      fc.asyncProperty(papersOf(50), words(3), async (papers, query) => {
        const { searcher } = await makeLibrary(papers);
        // By words alone: with a filter the nearest of the rest move up, which is what a filter is for.
        const asked = { query, mode: 'keyword' as const };
        const { total, facets = {} } = await searcher.search({
          ...asked,
          facets: FACET_FIELDS,
          facetLimit: 100,
        });
        const { year } = facets;
        const counted = year?.values.reduce((sum, { count }) => sum + count, year.missing);
        expect(counted).toBe(total);
        for (const [field, filter] of Object.entries(filterOf)) {
          const values = facets[field as FacetField]?.values ?? [];
          for (const { value, count } of values.flatMap((top) => [top, ...(top.within ?? [])])) {
            expect([
              field,
              value,
              (await searcher.search({ ...asked, filter: filter(value) })).total,
            ]).toEqual([field, value, count]);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('count the whole result and not the page, and only where they are asked for', async () => {
    const papers = Array.from({ length: 30 }, (_, at) =>
      makePaper({ id: `p${at}`, title: `whale ${at}`, published: '2001' }),
    );
    const { searcher } = await makeLibrary(papers);
    const answer = await searcher.search({ query: 'whale', limit: 3, facets: ['year'] });
    expect(answer.facets).toEqual({
      year: { distinct: 1, missing: 0, values: [{ value: '2001', count: 30 }] },
    });
    expect(await searcher.search({ query: 'whale' })).not.toHaveProperty('facets');
  });
});

describe('questions that only restrict', () => {
  it('are listed, counted and paged like all others', async () => {
    const papers = Array.from({ length: 12 }, (_, at) =>
      makePaper({ id: `p${at}`, title: `whale ${at}`, published: String(2001 + at), categories: ['cs'] }),
    );
    const { searcher } = await makeLibrary(papers);
    const asked = { query: 'category:cs year:2005..2012' };
    const { total, facets } = await searcher.search({ ...asked, facets: ['year'] });
    expect([total, facets?.year?.distinct]).toEqual([8, 8]);
    const newest = (await byCursor(searcher, asked, 3)).map(({ paper }) => paper.published);
    expect(newest).toEqual(Array.from({ length: 8 }, (_, at) => String(2012 - at)));
    const oldest = await byOffset(searcher, { ...asked, sort: 'oldest' }, 3);
    expect(oldest.map(({ paper }) => paper.published)).toEqual(newest.toReversed());
  });
});

describe('cursors', () => {
  it('repeat nothing and lose nothing when papers come and go between pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        papersOf(40),
        papersOf(30),
        request(),
        fc.infiniteStream(fc.nat()),
        async (papers, newcomers, asked, dice) => {
          const { searcher, engine } = await makeLibrary(papers);
          const before = (await byOffset(searcher, asked, 100)).map(({ paper }) => paper.id);
          const gone = new Set<string>();
          const seen: string[] = [];
          let cursor: string | null | undefined;
          let number = 0;
          while (cursor !== null) {
            const page = await searcher.search({
              ...asked,
              limit: 5,
              ...(cursor !== undefined && { cursor }),
            });
            seen.push(...page.hits.flatMap(({ paper, others }) => [paper.id, ...others.map(({ id }) => id)]));
            cursor = page.next;
            const coming = newcomers[number];
            if (coming) await engine.upsert([arriving({ ...coming, id: `new${number++}` })]);
            const victim = papers[dice.next().value % papers.length]?.id ?? '';
            if (number % 3 !== 0) continue;
            await engine.remove([victim]);
            gone.add(victim);
          }
          const old = seen.filter((id) => !id.startsWith('new'));
          expect(new Set(old).size).toBe(old.length);
          expect(before.filter((id) => !(gone.has(id) || seen.includes(id)))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuse what is damaged or belongs to another question, with a remedy', async () => {
    const papers = Array.from({ length: 30 }, (_, at) => makePaper({ id: `p${at}`, title: `whale ${at}` }));
    const { searcher } = await makeLibrary(papers);
    const { next } = await searcher.search({ query: 'whale', limit: 5 });
    const cursor = next ?? '';
    const refused = (request: SearchRequest) =>
      expect(searcher.search(request)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        issues: [expect.objectContaining({ pointer: 'cursor' })],
        remedy: expect.stringContaining('cursor'),
      });
    await refused({ query: 'stone', cursor });
    await refused({ query: 'whale', cursor, sort: 'date' });
    await refused({ query: 'whale', cursor, filter: { from: '2001' } });
    await refused({ query: 'whale', cursor, fold: false });
    for (const broken of ['', 'x', '!', cursor.slice(1), `${cursor}A`, cursor.slice(0, -2)]) {
      await refused({ query: 'whale', cursor: broken });
    }
    const changed = cursor.replace(/./g, (letter, at) => (at === 8 ? (letter === 'A' ? 'B' : 'A') : letter));
    await refused({ query: 'whale', cursor: changed });
    expect((await searcher.search({ query: 'whale', cursor, limit: 20 })).hits[0]?.rank).toBe(6);
    await expect(searcher.search({ query: 'whale', cursor, offset: 5 })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});

describe('folding', () => {
  const version = (id: string, fields: Partial<Paper> = {}) =>
    makePaper({ id, title: TITLE, authors: ['Ada Fox'], published: '2020', ...fields });

  it('never takes the place of the paper that was named', async () => {
    const { searcher } = await makeLibrary([
      version('2001.00001'),
      version('2001.00002', { abstract: 'whale whale whale' }),
      version('other', { authors: ['Somebody Else'] }),
    ]);
    for (const [id, other] of [
      ['2001.00001', '2001.00002'],
      ['2001.00002', '2001.00001'],
    ] as const) {
      const { hits, total } = await searcher.search({ query: id });
      expect(hits.map(({ paper }) => paper.id)).toEqual([id]);
      expect(hits[0]?.others).toEqual([{ id: other, title: TITLE, why: 'title' }]);
      expect(total).toBe(1);
    }
    const { hits, total } = await searcher.search({ query: TITLE });
    expect(hits.map(({ paper }) => paper.id)).toEqual(['2001.00001', 'other']);
    expect(total).toBe(3);
  });
});

function arriving(paper: Paper) {
  return { paper, vector: binVector(embeddedText(paper)) };
}
