import { describe, expect, it } from 'vitest';
import { gravityScore } from '../../src/discover/gravity.ts';
import { Lists } from '../../src/discover/lists.ts';
import type { PaperList } from '../../src/discover/paper-list.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { makePaper } from '../engine/fixtures.ts';
import { makeLibrary } from '../search/fixtures.ts';

const PAPERS = [
  makePaper({ id: 'new', published: '2026-11-20', upvotes: 4, categories: ['cs.CL'] }),
  makePaper({ id: 'loved', published: '2026-11-16', upvotes: 90, comments: 10 }),
  makePaper({ id: 'plain', published: '2026-11-20' }),
  makePaper({ id: 'talked', published: '2026-11-20', upvotes: 1, comments: 20 }),
  makePaper({ id: 'old', published: '2026-10-25', upvotes: 400 }),
  makePaper({ id: 'month', published: '2026-11', upvotes: 50 }),
  makePaper({ id: 'ahead', published: '2027-03-01', upvotes: 5 }),
];

async function listsOver(papers: readonly Paper[]) {
  const { engine } = await makeLibrary(papers);
  return new Lists({ engine, today: () => '2026-11-25' });
}

function idsOf({ hits }: PaperList): string[] {
  return hits.map(({ paper }) => paper.id);
}

describe('daily', () => {
  it('lists the newest day that has papers and is not in the future, the most upvoted first', async () => {
    const list = await (await listsOver(PAPERS)).daily();
    expect(list).toMatchObject({ from: '2026-11-20', to: '2026-11-20', total: 3, basis: 'votes' });
    expect(idsOf(list)).toEqual(['talked', 'new', 'plain']);
    expect(list.hits.map(({ score }) => score)).toEqual([11, 4, 0]);
  });

  it.each([
    ['2026-W47', ['loved', 'talked', 'new', 'plain']],
    ['2026-11', ['loved', 'month', 'talked', 'new', 'plain']],
    ['2026-11-16', ['loved']],
    ['2026-11-17', []],
    ['2027-03-01', ['ahead']],
  ])('lists %s', async (date, ids) => {
    const list = await (await listsOver(PAPERS)).daily({ date });
    expect(idsOf(list)).toEqual(ids);
    expect(list.total).toBe(ids.length);
  });

  it.each([
    ['votes', ['loved', 'talked', 'new', 'plain']],
    ['discussed', ['talked', 'loved', 'new', 'plain']],
    ['date', ['new', 'plain', 'talked', 'loved']],
  ] as const)('orders by %s where that is asked for', async (order, ids) => {
    const list = await (await listsOver(PAPERS)).daily({ date: '2026-W47', order });
    expect(idsOf(list)).toEqual(ids);
    expect(list.basis).toBe(order === 'date' ? 'date' : 'votes');
  });

  it('lists by date where nobody has voted, and says so', async () => {
    const bare = [
      makePaper({ id: 'a', published: '2026-11-02' }),
      makePaper({ id: 'b', published: '2026-11-03', upvotes: 0 }),
    ];
    const list = await (await listsOver(bare)).daily({ date: '2026-11' });
    expect(list.basis).toBe('date');
    expect(list.hits.map(({ rank, score, paper }) => [rank, score, paper.id])).toEqual([
      [1, null, 'b'],
      [2, null, 'a'],
    ]);
  });

  it('keeps to filters and limits', async () => {
    const lists = await listsOver(PAPERS);
    expect(idsOf(await lists.daily({ filter: { categories: ['cs'] } }))).toEqual(['new']);
    expect(await lists.daily({ limit: 1 })).toMatchObject({ total: 3, hits: [{ rank: 1 }] });
  });

  it('is empty where no paper is known to the day', async () => {
    const list = await (await listsOver([makePaper({ id: 'y', published: '2026' })])).daily();
    expect(list).toMatchObject({ from: null, to: null, total: 0, hits: [] });
  });

  it.each(['2026-W60', 'today', '2026-02-30'])('refuses %s', async (date) => {
    await expect((await listsOver(PAPERS)).daily({ date })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('trending', () => {
  it('weighs votes against age, within a window that ends on the newest day', async () => {
    const lists = await listsOver(PAPERS);
    const week = await lists.trending({ window: 'week' });
    expect(week).toMatchObject({ from: '2026-11-14', to: '2026-11-20', total: 4, basis: 'votes' });
    expect(idsOf(week)).toEqual(['loved', 'talked', 'new', 'plain']);
    expect(idsOf(await lists.trending({ window: 'day' }))).toEqual(['talked', 'new', 'plain']);
    expect(idsOf(await lists.trending({ window: 'month' }))[0]).toBe('old');
  });

  it('refuses windows and limits that are none', async () => {
    const lists = await listsOver(PAPERS);
    await expect(lists.trending({ window: 'year' as 'week' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(lists.trending({ limit: 0 })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('says by date where there is too little to say more', async () => {
    const bare = ['a', 'b'].map((id) => makePaper({ id, published: '2026-11-20' }));
    expect(await (await listsOver(bare)).trending()).toMatchObject({ basis: 'date', total: 2 });
    expect(await (await listsOver([])).trending()).toMatchObject({ basis: 'date', total: 0, from: null });
  });

  it('finds the subject that many write on now and did not before, where nobody votes', async () => {
    const words = 'whale ocean river stone wind cloud ember forest glacier harbour island jungle'.split(' ');
    const scattered = (prefix: string, published: string) =>
      Array.from({ length: 24 }, (_, at) =>
        makePaper({
          id: `${prefix}${at}`,
          published,
          title: `${words[at % 12]} ${words[(at * 5 + 3) % 12]} ${words[(at * 7 + 1) % 12]}`,
        }),
      );
    const burst = Array.from({ length: 10 }, (_, at) =>
      makePaper({ id: `burst${at}`, published: '2026-11-19', title: `quantum lattice surgery ${words[at]}` }),
    );
    const lists = await listsOver([
      ...scattered('was', '2026-11-10'),
      ...scattered('is', '2026-11-19'),
      ...burst,
    ]);
    const list = await lists.trending({ window: 'week' });
    expect(list).toMatchObject({ basis: 'activity', total: 34 });
    expect(idsOf(list).filter((id) => id.startsWith('burst')).length).toBeGreaterThanOrEqual(8);
  });
});

describe('gravityScore', () => {
  const liking = { upvotes: 10, comments: 4, ageDays: 0, windowDays: 7 };

  it('is the points today and falls with age', () => {
    expect(gravityScore(liking)).toBe(12);
    expect(gravityScore({ ...liking, ageDays: 7 })).toBeCloseTo(12 / 2 ** 1.8);
    expect(gravityScore({ ...liking, ageDays: -3 })).toBe(12);
    expect(gravityScore({ ...liking, upvotes: 0, comments: 0 })).toBe(0);
  });
});

describe('calendar', () => {
  it('counts the days of a time', async () => {
    const lists = await listsOver(PAPERS);
    expect(await lists.calendar({ from: '2026-11', to: '2026-11' })).toEqual([
      { day: '2026-11-16', count: 1 },
      { day: '2026-11-20', count: 3 },
    ]);
    expect(await lists.calendar()).toHaveLength(4);
  });
});
