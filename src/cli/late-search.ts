/**
 * The search of a program that must answer before the index is open. It opens beside; where that fails, whoever asks
 * is told why, and the next who asks has it tried again: there may be an index by then.
 */
import { LiveSearch, type LiveSearchOptions } from './live-search.ts';
import type { OpenSearch } from './opening.ts';

export class LateSearch {
  readonly #options: Omit<LiveSearchOptions, 'onReplaced'>;
  #opening: Promise<LiveSearch> | undefined;

  constructor(options: Omit<LiveSearchOptions, 'onReplaced'>) {
    this.#options = options;
    // Told to whoever asks first.
    this.#open().catch(() => undefined);
  }

  /** Rejects with whatever keeps the index or its model from being opened. */
  async opened(): Promise<OpenSearch> {
    const live = await (this.#opening ?? this.#open());
    return live.current;
  }

  async close(): Promise<void> {
    const live = await this.#opening?.catch(() => undefined);
    await live?.close();
  }

  #open(): Promise<LiveSearch> {
    const opening = LiveSearch.open({ ...this.#options, onReplaced: () => undefined });
    this.#opening = opening;
    opening.catch(() => {
      this.#opening = undefined;
    });
    return opening;
  }
}
