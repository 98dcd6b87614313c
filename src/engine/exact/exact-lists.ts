/** What an exact engine tells of days and votes, straight from the papers. */
import type { Paper } from '../../paper/paper.ts';
import { dateRange } from '../../paper/partial-date.ts';
import { byDay } from '../day-counts.ts';
import type { DayCount, Votes } from '../engine.ts';
import type { DocId } from '../ranking.ts';

interface Entry {
  readonly docId: DocId;
  readonly paper: Paper;
}

export function exactCalendar(entries: readonly Entry[]): DayCount[] {
  const counts = new Map<number, number>();
  for (const { paper } of entries) {
    if (paper.published === undefined) continue;
    const { first, last } = dateRange(paper.published);
    if (first === last) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return byDay(counts);
}

export function exactVotes(entries: readonly Entry[]): Votes[] {
  return entries
    .filter(({ paper }) => paper.upvotes !== undefined || paper.comments !== undefined)
    .map(({ docId, paper: { upvotes = 0, comments = 0 } }) => ({ docId, upvotes, comments }));
}
