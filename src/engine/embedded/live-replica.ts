/**
 * A replica that is loaded once and kept up with its store. One catching-up at a time: whoever asks while it runs
 * waits for it and then looks again.
 */
import { AppError, isAppError } from '../../fault/app-error.ts';
import type { VectorSpace } from '../engine.ts';
import { deriveWorks } from './derive-works.ts';
import { readLinksGently } from './links-file.ts';
import { type Manifest, readableManifest, readManifest } from './manifest.ts';
import type { PaperStore } from './paper-store.ts';
import type { ProgressListener } from './progress.ts';
import { Replica } from './replica.ts';
import { loadSnapshot } from './snapshot.ts';

/** Scanning one takes some 40 nanoseconds. */
const MANY_UNLINKED = 8_192;

export interface LiveReplicaOptions {
  readonly onProgress?: ProgressListener | undefined;
  /** Told in one sentence what is not as it should be and what is done about it. */
  readonly onNotice?: ((message: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const WORKS_NOTICE =
  'The snapshot is of an earlier Pharos; reading from the stored papers which of them are one work. ' +
  '`pharos rebuild`, or adding papers, makes this the last time';

export class LiveReplica {
  readonly #dir: string;
  readonly #store: PaperStore;
  readonly #options: LiveReplicaOptions;
  #replica: Replica | undefined;
  #running: Promise<void> | undefined;

  constructor(dir: string, store: PaperStore, options: LiveReplicaOptions = {}) {
    this.#dir = dir;
    this.#store = store;
    this.#options = options;
  }

  /** The replica as it is now, however far behind; undefined before the first `current`. */
  get loaded(): Replica | undefined {
    return this.#replica;
  }

  /** The replica with everything that was committed before the call. */
  async current(): Promise<Replica> {
    const target = this.#store.generation();
    for (;;) {
      await this.#running;
      const replica = this.#replica;
      if (replica && replica.generation >= target) return replica;
      // Another caller may have begun in the meantime.
      this.#running ??= this.#advance().finally(() => {
        this.#running = undefined;
      });
    }
  }

  /**
   * Takes over the graph of a newer snapshot once so many papers came after the old one that comparing them one by
   * one takes as long as the walk.
   */
  async refreshLinks({ atLeast = MANY_UNLINKED } = {}): Promise<void> {
    const replica = this.#replica;
    if (!replica || replica.unlinked < atLeast) return;
    const { index, snapshot } = readableManifest(this.#dir) ?? {};
    // That of another model would lead from paper to paper by what is near to that one.
    if (index !== this.#store.identity().index) return;
    // One that knows papers this replica does not is for the next round.
    if (!snapshot || snapshot.generation > replica.generation || snapshot.points <= replica.links.size)
      return;
    const links = await readLinksGently(this.#dir, snapshot, this.#options.signal);
    if (links && links.length <= replica.columns.length) replica.adopt(links);
  }

  /** What the vectors of the store are by now, when another process has replaced those that are loaded here. */
  supersededBy(): VectorSpace | undefined {
    return this.#store.supersededBy();
  }

  async #advance(): Promise<void> {
    if (!this.#replica) requireCurrent(this.#dir, this.#store);
    this.#replica ??= this.#fromSnapshot() ?? Replica.empty(this.#store.identity().space);
    await this.#replica.catchUp(this.#store, this.#options);
  }

  /** Undefined when there is none that can be used: the store holds everything, so building anew is always right. */
  #fromSnapshot(): Replica | undefined {
    try {
      return this.#load(readManifest(this.#dir));
    } catch (error) {
      if (!isAppError(error, 'INDEX_DAMAGED')) throw error;
      // The writer may have put a newer snapshot in place while this one was being read.
      const retried = this.#reread();
      if (retried) return retried;
      this.#options.onNotice?.(`${error.message}; building it anew from the stored papers`);
      return undefined;
    }
  }

  #reread(): Replica | undefined {
    try {
      return this.#load(readManifest(this.#dir));
    } catch (error) {
      if (!isAppError(error, 'INDEX_DAMAGED')) throw error;
      return undefined;
    }
  }

  #load(manifest: Manifest | undefined): Replica | undefined {
    const { index, space } = this.#store.identity();
    if (!manifest?.snapshot) return undefined;
    if (manifest.index !== index || manifest.snapshot.generation > this.#store.generation()) {
      this.#options.onNotice?.(`The snapshot in ${this.#dir} belongs to another index; building it anew`);
      return undefined;
    }
    const { dimensions } = space;
    const replica = loadSnapshot(this.#dir, manifest.snapshot, {
      dimensions,
      deriveWorks: (columns) => {
        this.#options.onNotice?.(WORKS_NOTICE);
        return deriveWorks(this.#store, columns, this.#options.onProgress);
      },
    });
    if (!replica.columns.knowsParts) this.#completeParts(replica);
    return replica;
  }

  /** A second at 100,000 papers, at each start until there is a newer snapshot. */
  #completeParts({ columns }: Replica): void {
    for (const page of this.#store.papersAfter(0)) {
      for (const { docId, paper } of page) if (columns.isLive(docId)) columns.setParts(docId, paper);
    }
  }
}

function requireCurrent(dir: string, store: PaperStore): void {
  const by = store.supersededBy();
  if (!by) return;
  throw new AppError('INDEX_INCOMPATIBLE', {
    message: `${dir} was just embedded anew with the model ${by.name}`,
    remedy: 'Run the same command again.',
  });
}
