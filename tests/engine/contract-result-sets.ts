/** What every engine promises of whole result sets: facets, dates, and which papers are one work. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { FACET_FIELDS } from '../../src/engine/facets.ts';
import type { ResultSet } from '../../src/engine/result-set.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { CurrentEngine } from './contract.ts';
import { idsOf, makePaper } from './fixtures.ts';

const WHALES: ResultSet = { filter: {}, terms: [{ term: 'whale', weight: 1 }], also: [], excluded: [] };

const PAPERS: readonly Paper[] = [
  makePaper({ id: '1706.00001', title: 'Whale one', published: '2015', categories: ['cs.CL', 'cs.LG'] }),
  makePaper({
    id: '10.1000/two',
    title: 'Whale two',
    published: '2018-03',
    categories: ['cs.LG'],
    venue: 'Sea',
  }),
  makePaper({ id: 'P19-1001', title: 'Whale three', authors: ['Ada Fox', 'Ada Fox'], code: 'https://x.org' }),
  makePaper({
    id: 'four',
    title: 'Whale four',
    authors: ['Ada Fox'],
    venue: 'Sea Letters',
    published: '2018',
  }),
  makePaper({ id: 'five', title: 'Stone five', categories: ['math'], published: '2001' }),
];

async function fill(engine: Engine): Promise<void> {
  await engine.upsert(PAPERS.map((paper) => ({ paper })));
}

export function describeResultSets(current: CurrentEngine): void {
  it('counts every field over the papers of the set, each paper once', async () => {
    await fill(current());
    const facets = await current().facets(WHALES, { fields: FACET_FIELDS, limit: 10 });
    const years = [1, 0, 0, 2].map((count, at) => ({ value: String(2015 + at), count }));
    expect(facets).toEqual({
      year: { distinct: 2, missing: 1, values: years },
      category: {
        distinct: 3,
        missing: 2,
        values: [
          {
            value: 'cs',
            count: 2,
            within: [
              { value: 'cs.LG', count: 2 },
              { value: 'cs.CL', count: 1 },
            ],
          },
        ],
      },
      venue: {
        distinct: 2,
        missing: 2,
        values: [
          { value: 'Sea', count: 1 },
          { value: 'Sea Letters', count: 1 },
        ],
      },
      author: { distinct: 1, missing: 2, values: [{ value: 'Ada Fox', count: 2 }] },
      source: {
        distinct: 4,
        missing: 0,
        values: ['acl', 'arxiv', 'doi', 'other'].map((value) => ({ value, count: 1 })),
      },
      code: { distinct: 1, missing: 3, values: [{ value: 'code', count: 1 }] },
    });
  });

  it('counts what is near or named beside what holds a word, and not what is excluded', async () => {
    await fill(current());
    const lookups = ['1706.00001', 'five'].map((value) => ({ kind: 'id' as const, value }));
    const [first = 0, five = 0] = (await current().lookup(lookups)).flat();
    const year = async (set: ResultSet) => (await current().facets(set, { fields: ['year'], limit: 1 })).year;
    expect((await year({ ...WHALES, also: [five, first] }))?.values[0]).toEqual({ value: '2001', count: 1 });
    expect((await year({ ...WHALES, also: [first], excluded: [first] }))?.values).toEqual([
      { value: '2018', count: 2 },
    ]);
    expect(await year({ ...WHALES, terms: [] })).toEqual({ distinct: 0, missing: 0, values: [] });
  });

  it('shows as many values as are wanted and says how many there are', async () => {
    await fill(current());
    const { source, venue } = await current().facets(WHALES, { fields: ['source', 'venue'], limit: 1 });
    expect(source).toEqual({ distinct: 4, missing: 0, values: [expect.objectContaining({ count: 1 })] });
    expect(venue).toMatchObject({ distinct: 2, values: [{ count: 1 }] });
  });

  it('lists by date both ways, papers without a date last', async () => {
    await fill(current());
    const order = async (by: 'newest' | 'oldest', limit = 10) =>
      idsOf(current(), await current().byDate(WHALES, { order: by, limit }));
    expect(await order('newest')).toEqual(['10.1000/two', 'four', '1706.00001', 'P19-1001']);
    expect(await order('oldest')).toEqual(['1706.00001', 'four', '10.1000/two', 'P19-1001']);
    expect(await order('newest', 2)).toEqual(['10.1000/two', 'four']);
  });

  it('names only the authors and venues that are written so when they are in quotes', async () => {
    await fill(current());
    const total = async (filter: ResultSet['filter']) =>
      (await current().lexical(WHALES.terms, { filter, limit: 1 })).total;
    expect(await total({ venues: ['Sea'] })).toBe(2);
    expect(await total({ venues: ['"Sea"'] })).toBe(1);
    expect(await total({ authors: ['"Ada Fox"'] })).toBe(2);
    expect(await total({ authors: ['"Fox"'] })).toBe(0);
    expect(await total({ sources: ['acl', 'doi'] })).toBe(2);
  });

  it('weighs the ranking by recency, and the scores asked for beside it not', async () => {
    await current().upsert(
      ['2000', '2020', undefined].map((published, at) => ({
        paper: makePaper({ id: `w${at}`, title: 'Whale', ...(published && { published }) }),
      })),
    );
    const plain = await current().lexical(WHALES.terms, { filter: {}, limit: 3 });
    const freshOn = 2020 * 372;
    const fresh = await current().lexical(WHALES.terms, {
      filter: {},
      limit: 3,
      also: [...plain.docIds],
      freshOn,
    });
    expect(await idsOf(current(), fresh)).toEqual(['w1', 'w0', 'w2']);
    const [best = 0] = plain.scores;
    expect([...fresh.scores]).toEqual([best, best / 16, best / 16].map((score) => expect.closeTo(score, 5)));
    expect([...fresh.alsoScores]).toEqual([...plain.scores]);
    expect([...(await current().days(plain.docIds))]).toEqual([2000 * 372, 2020 * 372, 0]);
  });

  it('knows the papers that are one work, however they come and go', async () => {
    const title = 'A Long Enough Title of One Work';
    const version = (id: string, fields: Partial<Paper> = {}) =>
      makePaper({ id, title, authors: ['Ada Fox'], published: '2020', ...fields });
    await current().upsert([
      { paper: version('1901.00001') },
      { paper: version('other', { title: 'Another Long Enough Title of Another' }) },
      { paper: version('10.1000/published') },
    ]);
    const others = async (id: string) => {
      const [docIds = []] = await current().lookup([{ kind: 'id', value: id }]);
      const [same = []] = await current().sameWorks(docIds);
      return (await current().papers(same)).map((paper) => paper?.id);
    };
    expect(await others('1901.00001')).toEqual(['10.1000/published']);
    expect(await others('10.1000/published')).toEqual(['1901.00001']);
    expect(await others('other')).toEqual([]);
    await current().remove(['10.1000/published']);
    expect(await others('1901.00001')).toEqual([]);
    await current().upsert([{ paper: version('10.1000/published') }]);
    expect(await others('1901.00001')).toEqual(['10.1000/published']);
    const before = await current().lastDocId();
    await current().upsert([{ paper: version('copy', { title: title.toUpperCase() }) }]);
    expect(await current().lastDocId()).toBeGreaterThan(before);
    expect(await others('copy')).toEqual(['1901.00001', '10.1000/published']);
  });
}
