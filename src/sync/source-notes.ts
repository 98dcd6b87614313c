/** What a person should know of the sources of an index: who fails for days, and whom nobody has asked for days. */
import { FAULTS, type FaultCode } from '../fault/codes.ts';
import { nextRunMs } from './schedule.ts';
import type { Subscription, SyncRun } from './subscription.ts';

/** A service that is down for some hours is none of a person's business. */
const PATIENCE_MS = 86_400_000;

/** Failures whose sentences speak of services and what is asked of them, never of files of the machine. */
const SPOKEN: ReadonlySet<string> = new Set(['SOURCE_FAILED', 'INPUT_INVALID'] satisfies FaultCode[]);

/** One sentence each; none where all is well. They name no file of the machine, so that anybody may read them. */
export function sourceNotes(subscriptions: readonly Subscription[], nowMs: number): string[] {
  return subscriptions.flatMap((one) => failing(one, nowMs) ?? late(one, nowMs) ?? []);
}

/** Why a run failed, in words that anybody may read. */
export function spokenReason({ code, message }: NonNullable<SyncRun['failure']>): string {
  if (SPOKEN.has(code)) return message;
  return Object.hasOwn(FAULTS, code) ? FAULTS[code as FaultCode].title : FAULTS.INTERNAL.title;
}

/** Paused ones are left alone. */
function failing(
  { name, isPaused, failures, failingSince, last }: Subscription,
  nowMs: number,
): string | undefined {
  if (isPaused || failingSince === undefined || nowMs - Date.parse(failingSince) < PATIENCE_MS)
    return undefined;
  const reason = last?.failure ? `: ${spokenReason(last.failure)}` : '';
  const runs = failures === 1 ? 'once' : `${failures} times in a row`;
  return `The source ${name} has failed since ${dayOf(failingSince)}, ${runs}${reason}.`;
}

/** One that is at work right now, however long, is not late. */
function late(subscription: Subscription, nowMs: number): string | undefined {
  const dueMs = nextRunMs(subscription);
  if (dueMs === undefined || subscription.begun !== undefined) return undefined;
  if (nowMs - dueMs < PATIENCE_MS) return undefined;
  return (
    `The source ${subscription.name} is due since ${dayOf(new Date(dueMs).toISOString())} and nothing syncs: ` +
    'run `pharos sync`, or see to it that something does.'
  );
}

function dayOf(moment: string): string {
  return moment.slice(0, 10);
}
