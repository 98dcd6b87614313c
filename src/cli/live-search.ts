/**
 * The search of a server that runs on while another process embeds its papers anew with another model. The new model
 * is loaded beside the old one, then both the model and the index are exchanged at once: a question is embedded and
 * searched by the same one, always. Where the new model cannot be had, the old vectors go on answering.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { VectorSpace } from '../engine/engine.ts';
import type { ObserveStage } from './observe-stages.ts';
import type { Scene } from './open-model.ts';
import { type ClosableSearch, type OpenSearch, openSearch, withReader } from './opening.ts';

export interface LiveSearchOptions extends Scene {
  /** Makes requests from now on use it; those in flight end with what they began with. */
  readonly onReplaced: (search: OpenSearch) => void;
  readonly onNotice: (message: string) => void;
  /** Told how long the stages of each search take. */
  readonly observe?: ObserveStage;
}

/** Between two tries to open a model that could not be opened. */
const RETRY_MS = 30_000;
/** Beyond the longest request, so that nobody is cut off. */
const MARGIN_MS = 1_000;

export class LiveSearch {
  readonly #options: LiveSearchOptions;
  readonly #closing = new AbortController();
  readonly #retired = new Set<Promise<void>>();
  #current: ClosableSearch;
  #replacing: Promise<void> = Promise.resolve();

  private constructor(options: LiveSearchOptions, first: ClosableSearch) {
    this.#options = options;
    this.#current = first;
  }

  static async open(options: LiveSearchOptions): Promise<LiveSearch> {
    // The first can be superseded before there is anything to replace it in.
    const early: VectorSpace[] = [];
    let live: LiveSearch | undefined;
    const first = await openSearch({
      ...options,
      isFollowing: true,
      onSuperseded: (by) => (live ? live.#follow(by) : early.push(by)),
    });
    live = new LiveSearch(options, first);
    for (const by of early) live.#follow(by);
    return live;
  }

  get current(): OpenSearch {
    return this.#current;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#replacing;
    await Promise.all([this.#current.close(), ...this.#retired]);
  }

  #follow(by: VectorSpace): void {
    this.#replacing = this.#replace(by);
  }

  async #replace(by: VectorSpace): Promise<void> {
    const { onNotice, onReplaced } = this.#options;
    while (!this.#closing.signal.aborted) {
      try {
        // Asked anew each time: it may have been embedded with yet another one.
        const space = await withReader(this.#options, async (reader) => reader.space);
        const next = await this.#openNext(space);
        this.#retire(this.#current);
        this.#current = next;
        onReplaced(next);
        onNotice(`The index was embedded anew with ${next.reader.space.name}; answering from it now`);
        return;
      } catch (error) {
        onNotice(
          `The index was embedded anew with ${by.name}, which cannot be opened here: ${(error as Error).message}. ` +
            'Answering from the old vectors until it can',
        );
        await this.#pause(RETRY_MS);
      }
    }
  }

  async #openNext(space: VectorSpace): Promise<ClosableSearch> {
    const next = await openSearch({
      ...this.#options,
      isFollowing: true,
      space,
      onSuperseded: (by) => this.#follow(by),
    });
    try {
      await next.warmUp();
      return next;
    } catch (error) {
      await next.close();
      throw error;
    }
  }

  /** Closed when no request can be using it any more, or when the server closes. */
  #retire(search: ClosableSearch): void {
    const { requestTimeoutMs } = this.#options.settings;
    const closed = this.#pause(requestTimeoutMs + MARGIN_MS)
      .then(() => search.close())
      .finally(() => this.#retired.delete(closed));
    this.#retired.add(closed);
  }

  /** Ends early when the server closes. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal, ref: false }).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) throw error;
    });
  }
}
