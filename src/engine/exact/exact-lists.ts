/** What an exact engine tells of days, votes and the order of ids, straight from the papers. */
import type { Paper } from '../../paper/paper.ts';
import { dateRange } from '../../paper/partial-date.ts';
import { recency } from '../by-date.ts';
import { byDay } from '../day-counts.ts';
import type { DayCount, ListByIdOptions, Listing, Votes } from '../engine.ts';
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

export function exactListById(entries: readonly Entry[], { order, after, limit }: ListByIdOptions): Listing {
  const sign = order === 'ascending' ? 1 : -1;
  const compare = (a: string, b: string) => sign * Buffer.compare(Buffer.from(a), Buffer.from(b));
  const listed = entries
    .filter(({ paper }) => after === undefined || compare(paper.id, after) > 0)
    .toSorted((a, b) => compare(a.paper.id, b.paper.id));
  return { docIds: Uint32Array.from(listed.slice(0, limit), ({ docId }) => docId), total: entries.length };
}

export function exactNewest(entries: readonly Entry[], limit: number): Listing {
  const listed = entries.toSorted(
    (a, b) => recency(b.paper.published) - recency(a.paper.published) || a.docId - b.docId,
  );
  return { docIds: Uint32Array.from(listed.slice(0, limit), ({ docId }) => docId), total: entries.length };
}
