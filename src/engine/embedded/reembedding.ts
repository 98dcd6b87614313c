/**
 * Another model for an index: all papers get vectors beside those that serve, then the search structures of these
 * are written, and one transaction makes them the index. A server that follows goes on with what it has in memory
 * until it has the new model. Whatever dies in between, the old index is whole and what was embedded is kept.
 */
import { randomUUID } from 'node:crypto';
import type { Paper, PaperId } from '../../paper/paper.ts';
import type { VectorSpace } from '../engine.ts';
import { requireVector } from '../require-vector.ts';
import { openStoreForWriting, storedSpace } from './database.ts';
import { grownGraph } from './grow-graph.ts';
import type { LiveReplicaOptions } from './live-replica.ts';
import { newManifest, writeManifest } from './manifest.ts';
import { NEXT_TABLE, NextVectorWriter, prepareNextVectors } from './next-vectors.ts';
import { PaperStore } from './paper-store.ts';
import { Replica } from './replica.ts';
import { saveSnapshot, sweepSnapshots } from './snapshot.ts';
import { storageError } from './storage-error.ts';
import { takeWriterLock, type WriterLock } from './writer-lock.ts';

export interface ReembeddingOptions extends LiveReplicaOptions {
  readonly dir: string;
  /** What the new vectors are. */
  readonly space: VectorSpace;
  readonly waitMs?: number;
  /** The version of Pharos, for the manifest. */
  readonly pharos?: string;
}

/** Holds the writer's lock until it is closed. INDEX_MISSING, INDEX_LOCKED, DISK_FULL. */
export async function openReembedding(options: ReembeddingOptions): Promise<Reembedding> {
  const { dir, space } = options;
  try {
    const stored = storedSpace(dir);
    const lock = await takeWriterLock(dir, options);
    try {
      const store = openStoreForWriting(dir, stored);
      const other = prepareNextVectors(store.db, space);
      if (other) options.onNotice?.(`What was embedded for the model ${other.name} is given up`);
      return new Reembedding(store, lock, options);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw storageError(error, dir);
  }
}

/** Takes vectors as an engine does, and keeps them apart. */
export class Reembedding {
  readonly #store: PaperStore;
  readonly #lock: WriterLock;
  readonly #options: ReembeddingOptions;
  readonly #next: NextVectorWriter;

  constructor(store: PaperStore, lock: WriterLock, options: ReembeddingOptions) {
    this.#store = store;
    this.#lock = lock;
    this.#options = options;
    this.#next = new NextVectorWriter(store.db);
  }

  /** `embedded` counts the vectors of the new model. */
  async status(): Promise<{ readonly papers: number; readonly embedded: number }> {
    return { papers: this.#store.counts().papers, embedded: this.#next.count() };
  }

  async unembedded(limit: number): Promise<Paper[]> {
    return this.#next.unembedded(limit);
  }

  /** Durable when it resolves. */
  async attachVectors(
    batch: readonly { readonly id: PaperId; readonly vector: Float32Array }[],
  ): Promise<void> {
    for (const { vector } of batch) requireVector(vector, this.#options.space);
    this.#write(() => this.#next.attach(batch));
  }

  async checkpoint(): Promise<void> {
    // There is nothing to load from these vectors before they are all there.
  }

  /** Makes the new vectors the index. Papers that have none yet are found by their words until they are embedded. */
  async switchOver(): Promise<void> {
    const { dir, space, pharos = 'unknown' } = this.#options;
    const identity = { index: randomUUID(), space };
    this.#write(() => this.#next.startGeneration());
    const store = new PaperStore(this.#store.db, { table: NEXT_TABLE, identity });
    const replica = Replica.empty(space);
    await replica.catchUp(store, this.#options);
    const graph = await grownGraph({ ...this.#options, store, columns: replica.columns });
    this.#write(() => {
      // The snapshot first, so that whoever sees the new vectors finds it; until then it is litter to everybody.
      const snapshot = saveSnapshot(dir, replica, graph);
      this.#next.install(identity);
      writeManifest(dir, { ...newManifest(identity, pharos), snapshot });
      sweepSnapshots(dir, snapshot.folder);
    });
  }

  async close(): Promise<void> {
    if (!this.#store.db.open) return;
    this.#store.db.pragma('wal_checkpoint(TRUNCATE)');
    this.#store.close();
    this.#lock.release();
  }

  #write<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageError(error, this.#options.dir);
    }
  }
}
