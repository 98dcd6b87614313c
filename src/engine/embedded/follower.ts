/**
 * Keeps a replica up with a store that other processes write to: asks for the generation a few times a second,
 * which costs microseconds, and applies what is new in slices that leave the event loop free.
 */
import type { VectorSpace } from '../engine.ts';
import type { LiveReplica, LiveReplicaOptions } from './live-replica.ts';

export interface FollowerOptions extends Pick<LiveReplicaOptions, 'onNotice'> {
  /** Told once, when the vectors that are followed have been replaced by those of another model. */
  readonly onSuperseded?: ((by: VectorSpace) => void) | undefined;
}

const POLL_MS = 300;

export class Follower {
  readonly #live: LiveReplica;
  readonly #options: FollowerOptions;
  #isSuperseded = false;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #round: Promise<void> = Promise.resolve();

  constructor(live: LiveReplica, options: FollowerOptions = {}) {
    this.#live = live;
    this.#options = options;
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
      this.#tellIfSuperseded();
    } catch (error) {
      // The server goes on with what it has; the next round tries again.
      if (!this.#isStopped)
        this.#options.onNotice?.(`Could not take in new papers: ${(error as Error).message}`);
    }
    this.#schedule();
  }

  #tellIfSuperseded(): void {
    const by = this.#isSuperseded || this.#isStopped ? undefined : this.#live.supersededBy();
    if (!by) return;
    this.#isSuperseded = true;
    this.#options.onSuperseded?.(by);
  }
}
