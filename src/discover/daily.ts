/** The papers of a day, a week or a month: the most upvoted first where there are votes, else the newest first. */
import type { EngineReader, Votes } from '../engine/engine.ts';
import { bothFilters, type Filter } from '../engine/filter.ts';
import type { PartialDate } from '../paper/paper.ts';
import { gravityScore } from './gravity.ts';
import { listed } from './listed.ts';
import { newestDay } from './newest-day.ts';
import type { PaperList } from './paper-list.ts';
import type { Period } from './period.ts';

export const DAILY_ORDERS = ['votes', 'discussed', 'date'] as const;
/** `votes`: by upvotes and comments; `discussed`: by comments, then upvotes; `date`: the newest first whatever is said. */
export type DailyOrder = (typeof DAILY_ORDERS)[number];

export interface DailyOptions {
  /** The newest day that has papers, where it is left out. */
  readonly period?: Period | undefined;
  readonly filter: Filter;
  readonly limit: number;
  readonly today: PartialDate;
  /** `votes` unless it says otherwise. */
  readonly order?: DailyOrder | undefined;
}

/** Papers that may be of another day, because only their month or year is known, are in no list of a day. */
export async function daily(
  engine: Pick<EngineReader, 'calendar' | 'votes' | 'newest' | 'papers'>,
  { period: asked, filter, limit, today, order = 'votes' }: DailyOptions,
): Promise<PaperList> {
  const newest = asked ? undefined : await newestDay(engine, filter, today);
  const period = asked ?? (newest === undefined ? undefined : { from: newest, to: newest });
  if (period === undefined) return { from: null, to: null, total: 0, basis: 'date', hits: [] };
  const inPeriod = bothFilters(filter, { within: [period.from, period.to] });
  const votes = order === 'date' ? [] : await engine.votes(inPeriod);
  const points = new Map(
    votes
      .map((counts) => [counts.docId, pointsOf(counts, order)] as const)
      .filter(([, score]) => score > 0)
      .sort(([a, one], [b, other]) => other - one || a - b),
  );
  const { docIds, total } = await engine.newest({ filter: inPeriod, limit: limit + points.size });
  const others = [...docIds].filter((docId) => !points.has(docId));
  const basis = points.size > 0 ? 'votes' : 'date';
  const ranked = [
    ...[...points].map(([docId, score]) => ({ docId, score })),
    ...others.map((docId) => ({ docId, score: basis === 'votes' ? 0 : null })),
  ];
  return { ...period, total, basis, hits: await listed(engine, ranked.slice(0, limit)) };
}

/** Upvotes that tell papers with equally many comments apart. */
const UPVOTES_BELOW_A_COMMENT = 1e6;

function pointsOf({ upvotes, comments }: Omit<Votes, 'docId'>, order: DailyOrder): number {
  if (order === 'discussed') return comments === 0 ? 0 : comments + upvotes / UPVOTES_BELOW_A_COMMENT;
  // All are compared as if of one day: this is a list of that time, not of now.
  return gravityScore({ upvotes, comments, ageDays: 0, windowDays: 1 });
}
