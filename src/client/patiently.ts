/** Asks again where the server says when: it is busy, another process writes, or the allowance is used up. */
import type { RequestOptions } from './paper-search.ts';
import { pause } from './pause.ts';
import { PharosProblem } from './pharos-problem.ts';

/** Of a request that may be repeated whatever became of it. */
export interface PatientOptions extends RequestOptions {
  /** Longest to wait for one request in all; 120,000 unless given, 0 for not at all. */
  readonly patienceMs?: number;
  /** Told before each wait. What it throws is what was asked rejects with. */
  readonly onWait?: (problem: PharosProblem) => void;
}

const PATIENCE_MS = 120_000;

export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  { patienceMs = PATIENCE_MS, onWait, signal }: PatientOptions,
): Promise<Answer> {
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const seconds = error instanceof PharosProblem ? error.retryAfterSeconds : undefined;
      if (seconds === undefined || Date.now() + seconds * 1000 > untilMs) throw error;
      onWait?.(error as PharosProblem);
      await pause(seconds * 1000, signal);
    }
  }
}
