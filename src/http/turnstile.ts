/**
 * One at a time, and not too often, through each lane, over every process of this machine: a service counts the
 * requests of a person, not of a program. A lane is a lock and a file that holds the moment of the next request.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { takeFileLock } from './file-lock.ts';

/** Everything that one service counts together, whatever its hosts are called. */
export interface Lane {
  /** A file name. */
  readonly name: string;
  /** From the end of one request to the beginning of the next. */
  readonly intervalMs: number;
}

export interface Passage {
  /** Closes the lane for longer than its interval once this request is over. */
  readonly holdOff: (ms: number) => void;
}

export interface TurnstileOptions {
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** A moment further away was written by a clock that was wrong. */
const LONGEST_WAIT_MS = 3_600_000;

export class Turnstile {
  readonly #dir: string;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #queues = new Map<string, Promise<unknown>>();

  /** `dir` is made when it is needed. */
  constructor(dir: string, { clock = SYSTEM_CLOCK, signal }: TurnstileOptions = {}) {
    this.#dir = dir;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Runs `go` when it is its turn; settles as it does. Rejects without running it when the signal aborts. */
  pass<T>(lane: Lane, go: (passage: Passage) => Promise<T>): Promise<T> {
    const before = this.#queues.get(lane.name) ?? Promise.resolve();
    const turn = before.then(() => this.#enter(lane, go));
    // What becomes of a request is its caller's business, not that of the next in the queue.
    this.#queues.set(
      lane.name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async #enter<T>(lane: Lane, go: (passage: Passage) => Promise<T>): Promise<T> {
    await mkdir(this.#dir, { recursive: true });
    const lock = await takeFileLock(join(this.#dir, `${lane.name}.lock`), { signal: this.#signal });
    let pauseMs = lane.intervalMs;
    try {
      await this.#waitForTurn(lane);
      return await go({
        holdOff: (ms) => {
          pauseMs = Math.max(pauseMs, ms);
        },
      }).finally(() => writeFile(this.#pathOf(lane), String(this.#clock.nowMs() + pauseMs)));
    } finally {
      await lock.release();
    }
  }

  async #waitForTurn(lane: Lane): Promise<void> {
    const nextMs = Number(await readFile(this.#pathOf(lane), 'utf8').catch(() => '0'));
    const waitMs = nextMs - this.#clock.nowMs();
    if (waitMs > 0 && waitMs <= Math.max(LONGEST_WAIT_MS, lane.intervalMs)) {
      await this.#clock.sleep(waitMs, this.#signal);
    }
    this.#signal?.throwIfAborted();
  }

  #pathOf({ name }: Lane): string {
    return join(this.#dir, `${name}.next`);
  }
}
