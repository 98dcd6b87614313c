import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../src/alerts/digest-text.ts';
import type { TrendingSource } from '../../src/alerts/find-trending.ts';
import { findTrending } from '../../src/alerts/find-trending.ts';
import { openHouse, paperOf } from './test-house.ts';

const NOTHING = { question: '', minSimilarity: 0.4 };

function announcedIn(dir: string): { alert: object; paper: { id: string } }[] {
  const lines = readFileSync(join(dir, 'news.jsonl'), { encoding: 'utf8', flag: 'a+' }).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line));
}

describe('an alert that follows what is read now', () => {
  it('announces the head of the list in its order, each paper once, and nothing further down', async () => {
    const { dir, book, put, addAlert, run } = await openHouse();
    const liked = (id: string, upvotes: number, published = '2020-03-02') =>
      paperOf(id, `Paper ${id}`, { published, upvotes, comments: 0 });
    await put(liked('some', 5), liked('most', 9), liked('few', 1), liked('before', 99, '2020-03-01'));
    const id = await addAlert('', { ...NOTHING, list: 'trending', limit: 2 });
    expect(book.get(id)).toMatchObject({ id: 'trending', list: 'trending', question: '' });
    await run({ ids: [id] });
    await run({ ids: [id] });
    expect(announcedIn(dir).map(({ paper }) => paper.id)).toEqual(['most', 'some']);
    expect(announcedIn(dir)[0]?.alert).toEqual({ id: 'trending', question: '', list: 'trending' });
    await put(liked('more', 50));
    await run({ ids: [id] });
    expect(announcedIn(dir).map(({ paper }) => paper.id)).toEqual(['most', 'some', 'more']);
  });

  it('keeps to its filter, and takes neither a question nor a backfill', async () => {
    const { dir, put, addAlert, run } = await openHouse();
    const of = (id: string, category: string) =>
      paperOf(id, `Paper ${id}`, { published: '2020-03-02', categories: [category] });
    await put(of('a', 'cs.LG'), of('b', 'math.CO'));
    const filter = { categories: ['math.CO'] };
    const id = await addAlert('', { ...NOTHING, list: 'trending', filter });
    await run({ ids: [id] });
    expect(announcedIn(dir).map(({ paper }) => paper.id)).toEqual(['b']);
    await expect(addAlert('graphs', { list: 'trending' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(addAlert('', { list: 'trending', backfill: 3 })).rejects.toThrow('backfill');
    await expect(addAlert('')).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
  });

  it('asks for the last week each week, and for the newest day at any other time', async () => {
    const asked: unknown[] = [];
    const lists: TrendingSource = {
      trending: async ({ window }) => {
        asked.push(window);
        return { hits: [] };
      },
    };
    for (const every of ['hour', 'day', 'week', '0 7 * * 1-5']) {
      await findTrending(lists, { every, filter: {}, limit: 25 });
    }
    expect(asked).toEqual(['day', 'day', 'week', 'day']);
  });

  it('says so in the subject of its mails', () => {
    const alert = { id: 'trending', question: '', list: 'trending' as const };
    const paper = { id: 'p', title: 'P', authors: [], similarity: null, passage: null };
    const digest = { alert, created: '2026-11-25T03:00:00.000Z', part: 1, parts: 1, papers: [paper] };
    expect(subjectOf(digest)).toBe('1 trending paper');
  });
});
