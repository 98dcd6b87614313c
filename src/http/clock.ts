/** The time of day and waiting, so that a test of politeness need not be polite to anybody. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Since 1970, as `Date.now`. */
  readonly nowMs: () => number;
  /** Rejects when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { ...(signal && { signal }) });
  },
};
