/**
 * Trying again: after a pause that doubles, or as long as the other side asked for, and not for ever. Work that got
 * further in between starts counting anew, so a bad line ends a large download only when it brings nothing at all.
 */
import { AppError } from '../fault/app-error.ts';
import type { FaultCode } from '../fault/codes.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { TransientFault } from './transient-fault.ts';

export interface PatienceOptions {
  /** Tries without progress before giving up. */
  readonly tries: number;
  /** The same while nobody has answered yet: without a network one should not wait long to be told. */
  readonly triesUnanswered: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Longer than this is not waited, whoever asks for it. */
  readonly longestRetryAfterMs: number;
}

export interface Circumstances {
  /** What the failure is called when patience is at its end. */
  readonly code: FaultCode;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
  /** Told before each pause why there is one, and how long it will be. */
  readonly onPause?: ((reason: string, pauseMs: number) => void) | undefined;
}

export const USUAL_PATIENCE: PatienceOptions = {
  tries: 6,
  triesUnanswered: 3,
  firstPauseMs: 500,
  longestPauseMs: 20_000,
  longestRetryAfterMs: 120_000,
};

const MINUTE_MS = 60_000;

export class Patience {
  readonly #options: PatienceOptions;
  readonly #code: FaultCode;
  readonly #signal: AbortSignal | undefined;
  readonly #clock: Clock;
  readonly #onPause: Circumstances['onPause'];
  #failures = 0;
  #wasAnswered = false;

  constructor(options: PatienceOptions, { code, signal, clock = SYSTEM_CLOCK, onPause }: Circumstances) {
    this.#options = options;
    this.#code = code;
    this.#signal = signal;
    this.#clock = clock;
    this.#onPause = onPause;
  }

  /** Something came: later failures count from none. */
  reward(): void {
    this.#wasAnswered = true;
    this.#failures = 0;
  }

  /** Resolves when it is time to try again; rejects with the code given when that is over, or with the error. */
  async endure(error: unknown): Promise<void> {
    this.#signal?.throwIfAborted();
    if (!(error instanceof TransientFault)) throw error;
    if (!error.isUnreachable) this.#wasAnswered = true;
    this.#failures++;
    const { tries, triesUnanswered, firstPauseMs, longestPauseMs, longestRetryAfterMs } = this.#options;
    const isOver = this.#failures >= (this.#wasAnswered ? tries : triesUnanswered);
    const isTooLong = error.retryAfterMs > longestRetryAfterMs;
    if (isOver || isTooLong) {
      const demand = isTooLong
        ? `, and not again for ${Math.ceil(error.retryAfterMs / MINUTE_MS)} minutes`
        : '';
      throw new AppError(this.#code, { message: `${error.message}${demand}` }, { cause: error });
    }
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1));
    // Several who were sent away at the same moment should not come back at the same moment.
    const jitteredMs = pauseMs * (0.75 + Math.random() / 4);
    const waitMs = Math.max(error.retryAfterMs, jitteredMs);
    this.#onPause?.(error.message, waitMs);
    await this.#clock.sleep(waitMs, this.#signal);
  }
}
