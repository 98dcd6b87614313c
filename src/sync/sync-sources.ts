/**
 * One sync: source after source, each on its own account. What became of one is written down before the next begins,
 * and whatever goes wrong with one is told in the report and stops no other. How papers are fetched and stored is the
 * caller's business.
 */
import { AppError, isAppError } from '../fault/app-error.ts';
import { type AddReport, AddTally, type FaultySample } from '../indexer/add-report.ts';
import { isDue, nextRunMs } from './schedule.ts';
import { afterRun, type Subscription, type SyncRun } from './subscription.ts';
import { requireNamed, type SubscriptionList } from './subscription-list.ts';

/** Those of these names, paused or not; else all that are due by their schedules; else all that are not paused. */
export type Choice = { readonly names: readonly string[] } | { readonly isDueOnly: boolean };

/** Counts in the tally. Rejects with the reason why not everything came; what was counted is kept all the same. */
export type Harvest = (subscription: Subscription, tally: AddTally) => Promise<void>;

export interface SyncOptions {
  readonly list: SubscriptionList;
  readonly choice: Choice;
  readonly harvest: Harvest;
  readonly signal?: AbortSignal;
  readonly nowMs?: () => number;
  readonly onBegin?: (subscription: Subscription) => void;
}

export interface SourceReport extends SyncRun {
  readonly name: string;
  readonly spec: string;
  readonly tookMs: number;
  /** The first faulty rows. */
  readonly samples: readonly FaultySample[];
  /** When it is asked again by whoever keeps to the schedule; null while it is paused, and once it is removed. */
  readonly nextRun: string | null;
}

export interface SyncReport {
  readonly sources: readonly SourceReport[];
  /** No source failed and none was cut off. */
  readonly ok: boolean;
  readonly tookMs: number;
}

/**
 * Only one process may sync an index at a time; the caller sees to that. Resolves however the sources fared.
 * INPUT_INVALID for names that are none.
 */
export async function syncSources(options: SyncOptions): Promise<SyncReport> {
  const { list, choice, signal, nowMs = Date.now } = options;
  const startedMs = nowMs();
  const sources: SourceReport[] = [];
  for (const { name, isPaused } of choose(await list.read(), choice, startedMs)) {
    if (signal?.aborted) break;
    // It may have been removed or paused while the ones before it were asked.
    const current = (await list.read()).find((one) => one.name === name);
    if (current === undefined || (current.isPaused && !isPaused)) continue;
    sources.push(await syncOne(current, { ...options, nowMs }));
  }
  const isWhole = !signal?.aborted && sources.every(({ outcome }) => outcome === 'fine');
  return { sources, ok: isWhole, tookMs: nowMs() - startedMs };
}

function choose(all: readonly Subscription[], choice: Choice, nowMs: number): readonly Subscription[] {
  if ('names' in choice) return requireNamed(all, choice.names);
  if (choice.isDueOnly) return all.filter((one) => isDue(one, nowMs));
  return all.filter(({ isPaused }) => !isPaused);
}

async function syncOne(
  subscription: Subscription,
  { list, harvest, signal, nowMs, onBegin }: SyncOptions & { readonly nowMs: () => number },
): Promise<SourceReport> {
  const { name, spec } = subscription;
  const startedMs = nowMs();
  const started = new Date(startedMs).toISOString();
  onBegin?.(subscription);
  await list.changeOne(name, (one) => ({ ...one, begun: started }));
  const tally = new AddTally();
  const trouble = await harvest(subscription, tally).then(() => undefined, asTrouble(signal));
  const counted = tally.report();
  const run = { started, ended: new Date(nowMs()).toISOString(), ...countsOf(counted), ...trouble };
  const finished: SyncRun = { outcome: 'fine', ...run };
  await list.changeOne(name, (one) => afterRun(one, finished));
  const after = (await list.read()).find((one) => one.name === name);
  const nextMs = after && nextRunMs(after);
  return {
    name,
    spec,
    ...finished,
    tookMs: nowMs() - startedMs,
    samples: counted.samples,
    nextRun: nextMs === undefined ? null : new Date(nextMs).toISOString(),
  };
}

function countsOf({ added, updated, removed, unchanged, older, faulty, embedded }: AddReport) {
  return { added, updated, removed, unchanged: unchanged + older, faulty, embedded };
}

function asTrouble(
  signal: AbortSignal | undefined,
): (error: unknown) => Pick<SyncRun, 'outcome' | 'failure'> {
  return (error) => {
    if (signal?.aborted || isAppError(error, 'INTERRUPTED')) return { outcome: 'interrupted' };
    const fault = isAppError(error) ? error : new AppError('INTERNAL', { message: String(error) });
    return { outcome: 'failed', failure: { code: fault.code, message: fault.message } };
  };
}
