/** The part of the engine contract about days: calendars, what lies within a time, arrivals, and votes. */
import { beforeEach, expect, it } from 'vitest';
import type { Filter } from '../../src/engine/filter.ts';
import type { CurrentEngine } from './contract.ts';
import { makePaper } from './fixtures.ts';

const DAY = makePaper({ id: 'day', published: '2026-11-20', upvotes: 7, comments: 2, categories: ['cs.CL'] });
const PAPERS = [
  DAY,
  makePaper({ id: 'same', published: '2026-11-20', upvotes: 0 }),
  makePaper({ id: 'next', published: '2026-11-21', comments: 3, categories: ['cs.LG'] }),
  makePaper({ id: 'month', published: '2026-11' }),
  makePaper({ id: 'year', published: '2026' }),
  makePaper({ id: 'undated' }),
];

export function describeDays(current: CurrentEngine): void {
  beforeEach(() => current().upsert(PAPERS.map((paper) => ({ paper, arrived: '2026-11-22' }))));

  async function passing(filter: Filter): Promise<(string | undefined)[]> {
    const { docIds } = await current().newest({ filter, limit: 10 });
    return (await current().papers([...docIds])).map((paper) => paper?.id).toSorted();
  }

  it('counts papers by day, those known to the day only', async () => {
    expect(await current().calendar({})).toEqual([
      { day: '2026-11-20', count: 2 },
      { day: '2026-11-21', count: 1 },
    ]);
    expect(await current().calendar({ categories: ['cs.LG'] })).toEqual([{ day: '2026-11-21', count: 1 }]);
    expect(await current().calendar({ to: '2025' })).toEqual([]);
  });

  it.each<[Filter['within'], string[]]>([
    [
      ['2026-11-20', '2026-11-20'],
      ['day', 'same'],
    ],
    [
      ['2026-11-20', '2026-11-21'],
      ['day', 'next', 'same'],
    ],
    [
      ['2026-11', '2026-11'],
      ['day', 'month', 'next', 'same'],
    ],
    [
      ['2026', '2026'],
      ['day', 'month', 'next', 'same', 'year'],
    ],
    [['2025', '2025'], []],
  ])('lets through what lies wholly within %j', async (within, ids) => {
    expect(await passing({ ...(within && { within }) })).toEqual(ids);
  });

  it('lists the papers that have votes, as they are now', async () => {
    const found = async (filter: Filter) => {
      const votes = await current().votes(filter);
      const papers = await current().papers(votes.map(({ docId }) => docId));
      return votes.map(({ upvotes, comments }, at) => [papers[at]?.id, upvotes, comments]);
    };
    const before = [
      ['day', 7, 2],
      ['same', 0, 0],
      ['next', 0, 3],
    ];
    expect(await found({})).toEqual(before);
    expect(await found({ categories: ['cs.CL'] })).toEqual([['day', 7, 2]]);
    await current().upsert([{ paper: { ...DAY, upvotes: 9 } }]);
    expect((await found({})).find(([id]) => id === 'day')).toEqual(['day', 9, 2]);
    await current().remove(['day']);
    expect((await found({})).map(([id]) => id)).not.toContain('day');
  });

  it('remembers when a paper came, however it changes', async () => {
    await current().upsert([
      { paper: makePaper({ id: 'late', published: '1975' }), arrived: '2026-11-25' },
      { paper: { ...DAY, title: 'Another title' }, arrived: '2026-11-25' },
      { paper: makePaper({ id: 'unnoted' }) },
    ]);
    expect(await passing({ arrivedFrom: '2026-11-23' })).toEqual(['late']);
    expect(await passing({ arrivedFrom: '2026-11-22' })).toHaveLength(PAPERS.length + 1);
    expect((await current().status()).founded).toBe('2026-11-22');
  });

  it('forgets when a paper came that went', async () => {
    await current().remove(['day']);
    await current().upsert([{ paper: DAY, arrived: '2026-11-30' }]);
    expect(await passing({ arrivedFrom: '2026-11-23' })).toEqual(['day']);
  });

  it('knows of no arrivals where none was noted', async () => {
    await current().remove(PAPERS.map(({ id }) => id));
    await current().upsert([{ paper: DAY }]);
    expect((await current().status()).founded).toBeUndefined();
    expect(await passing({ arrivedFrom: '1000' })).toEqual([]);
    expect(await passing({ not: [{ not: [{ from: '2026-11-20' }, { arrivedFrom: '2026' }] }] })).toEqual([
      'day',
    ]);
  });
}
