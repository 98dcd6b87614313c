/** Cuts long work into pieces of a few milliseconds, between which the event loop turns. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The event loop must be free again well within 20 ms. */
const SLICE_MS = 8;

export class Slices {
  readonly #signal: AbortSignal | undefined;
  #end = performance.now() + SLICE_MS;

  constructor(signal?: AbortSignal | undefined) {
    this.#signal = signal;
  }

  isSpent(): boolean {
    return performance.now() >= this.#end;
  }

  /** Rejects with the reason of an abort. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await nextTurn();
    this.#end = performance.now() + SLICE_MS;
  }
}
