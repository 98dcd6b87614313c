/**
 * What is read now: the papers of a window of time, by what a crowd says of them, or where nobody counted that, by
 * how much company they have; see docs/decisions/trending.md.
 */
import type { EngineReader, Votes } from '../engine/engine.ts';
import { bothFilters, type Filter } from '../engine/filter.ts';
import type { PartialDate } from '../paper/paper.ts';
import { byActivity } from './activity.ts';
import { gravityScore } from './gravity.ts';
import { listed, type Ranked } from './listed.ts';
import { newestDay } from './newest-day.ts';
import type { ListBasis, PaperList } from './paper-list.ts';
import { dayOfNumber, daysBefore, daysBetween, type Period } from './period.ts';

export const WINDOWS = ['day', 'week', 'month'] as const;
export type Window = (typeof WINDOWS)[number];

export interface TrendingOptions {
  readonly window: Window;
  readonly filter: Filter;
  readonly limit: number;
  /** No window ends later. */
  readonly today: PartialDate;
}

export type TrendingEngine = Pick<
  EngineReader,
  'calendar' | 'votes' | 'newest' | 'similarities' | 'papers' | 'days'
>;

const DAYS: Readonly<Record<Window, number>> = { day: 1, week: 7, month: 30 };

/** The window ends on the newest day that has papers, today at the latest. Empty where no paper is known to the day. */
export async function trending(engine: TrendingEngine, options: TrendingOptions): Promise<PaperList> {
  const { window, filter, limit, today } = options;
  const newest = await newestDay(engine, filter, today);
  if (newest === undefined) return { from: null, to: null, total: 0, basis: 'date', hits: [] };
  const days = DAYS[window];
  const period = { from: daysBefore(newest, days - 1), to: newest };
  const inWindow = bothFilters(filter, { within: [period.from, period.to] });
  const votes = await engine.votes(inWindow);
  const { total } = await engine.newest({ filter: inWindow, limit: 0 });
  const { basis, ranked } = votes.some(hasVotes)
    ? { basis: 'votes' as const, ranked: await byGravity(engine, votes, { period, days, inWindow, limit }) }
    : await byCompany(engine, options, { period, days, inWindow });
  return { ...period, total, basis, hits: await listed(engine, ranked.slice(0, limit)) };
}

function hasVotes({ upvotes, comments }: Votes): boolean {
  return upvotes + comments > 0;
}

interface InWindow {
  readonly period: Period;
  readonly days: number;
  readonly inWindow: Filter;
}

/** Those that nobody voted for come behind, newest first. */
async function byGravity(
  engine: TrendingEngine,
  votes: readonly Votes[],
  { period, days, inWindow, limit }: InWindow & { readonly limit: number },
): Promise<Ranked[]> {
  const voted = votes.filter(hasVotes);
  const dayNumbers = await engine.days(voted.map(({ docId }) => docId));
  const scored = voted.map(({ docId, ...counts }, at) => {
    const ageDays = daysBetween(dayOfNumber(dayNumbers[at] ?? 0), period.to);
    return { docId, score: gravityScore({ ...counts, ageDays, windowDays: days }) };
  });
  scored.sort((a, b) => b.score - a.score || a.docId - b.docId);
  if (scored.length >= limit) return scored;
  const isVoted = new Set(voted.map(({ docId }) => docId));
  const { docIds } = await engine.newest({ filter: inWindow, limit: limit + isVoted.size });
  const others = [...docIds].filter((docId) => !isVoted.has(docId));
  return [...scored, ...others.map((docId) => ({ docId, score: 0 }))];
}

async function byCompany(
  engine: TrendingEngine,
  { filter, limit }: TrendingOptions,
  { period, days, inWindow }: InWindow,
): Promise<{ basis: ListBasis; ranked: Ranked[] }> {
  const before = { within: [daysBefore(period.from, days), daysBefore(period.from, 1)] as const };
  const active = await byActivity(engine, inWindow, bothFilters(filter, before));
  if (active) return { basis: 'activity', ranked: active };
  const { docIds } = await engine.newest({ filter: inWindow, limit });
  return { basis: 'date', ranked: [...docIds].map((docId) => ({ docId, score: null })) };
}
