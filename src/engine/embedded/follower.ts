/**
 * Keeps a replica up with a store that other processes write to: asks for the generation a few times a second,
 * which costs microseconds, and applies what is new in slices that leave the event loop free.
 */
import type { LiveReplica, LiveReplicaOptions } from './live-replica.ts';

const POLL_MS = 300;

export class Follower {
  readonly #live: LiveReplica;
  readonly #onNotice: LiveReplicaOptions['onNotice'];
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #round: Promise<void> = Promise.resolve();

  constructor(live: LiveReplica, { onNotice }: LiveReplicaOptions = {}) {
    this.#live = live;
    this.#onNotice = onNotice;
    this.#schedule();
  }

  /** Resolves when nothing touches the store any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#catchUp();
    }, POLL_MS);
    this.#timer.unref();
  }

  async #catchUp(): Promise<void> {
    try {
      await this.#live.current();
      await this.#live.refreshLinks();
    } catch (error) {
      // The server goes on with what it has; the next round tries again.
      if (!this.#isStopped) this.#onNotice?.(`Could not take in new papers: ${(error as Error).message}`);
    }
    this.#schedule();
  }
}
