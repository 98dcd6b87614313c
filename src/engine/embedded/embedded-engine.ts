/**
 * The embedded engine for writing. Everything goes to SQLite first; the replica is only loaded when something is
 * asked of it, so that adding a few papers to a large index does not read the index.
 */
import type { Paper, PaperId } from '../../paper/paper.ts';
import type { Engine, IndexedPaper } from '../engine.ts';
import { requireVector } from '../require-vector.ts';
import { EmbeddedReader } from './embedded-reader.ts';
import { grownGraph } from './grow-graph.ts';
import type { LiveReplica } from './live-replica.ts';
import { newManifest, readManifest, type SnapshotEntry, writeManifest } from './manifest.ts';
import type { PaperStore } from './paper-store.ts';
import { PaperWriter } from './paper-writer.ts';
import { hasWorks, isIntact, saveSnapshot, sweepSnapshots } from './snapshot.ts';
import { storageError } from './storage-error.ts';
import type { WriterLock } from './writer-lock.ts';

/** Commits that a start can catch up with in a fraction of a second need no new snapshot. */
const CHEAP_TO_CATCH_UP = 200;

export interface EmbeddedEngineParts {
  readonly dir: string;
  readonly store: PaperStore;
  readonly live: LiveReplica;
  readonly lock: WriterLock;
  /** Ends the making of a snapshot. */
  readonly signal?: AbortSignal | undefined;
  /** The version of Pharos, for the manifest. */
  readonly pharos: string;
}

export class EmbeddedEngine extends EmbeddedReader implements Engine {
  readonly #writer: PaperWriter;
  readonly #live: LiveReplica;
  readonly #pharos: string;
  readonly #signal: AbortSignal | undefined;

  constructor({ dir, store, live, lock, pharos, signal }: EmbeddedEngineParts) {
    super({
      dir,
      store,
      space: store.identity().space,
      replica: () => live.current(),
      refresh: () => live.current(),
      onClose: async () => {
        store.db.pragma('wal_checkpoint(TRUNCATE)');
        lock.release();
      },
    });
    this.#writer = new PaperWriter(store.db);
    this.#live = live;
    this.#pharos = pharos;
    this.#signal = signal;
  }

  async upsert(batch: readonly IndexedPaper[], gone: readonly PaperId[] = []): Promise<void> {
    for (const { vector } of batch) if (vector) requireVector(vector, this.space);
    this.#write(() => this.#writer.upsert(batch, gone));
  }

  async attachVectors(
    batch: readonly { readonly id: PaperId; readonly vector: Float32Array }[],
  ): Promise<void> {
    for (const { vector } of batch) requireVector(vector, this.space);
    this.#write(() => this.#writer.attachVectors(batch));
  }

  async unembedded(limit: number): Promise<Paper[]> {
    return this.store.unembedded(limit);
  }

  async remove(ids: readonly PaperId[]): Promise<number> {
    return this.#write(() => this.#writer.remove(ids));
  }

  /** Also leaves out for good what was removed. Skipped when a start would hardly notice the difference. */
  async checkpoint(onProgress?: (done: number, total: number) => void): Promise<void> {
    const manifest = readManifest(this.dir);
    if (manifest?.snapshot && this.#isFreshEnough(manifest.snapshot)) return;
    const replica = await this.#live.current();
    const graph = await grownGraph({
      dir: this.dir,
      store: this.store,
      columns: replica.columns,
      snapshot: manifest?.snapshot,
      onProgress: onProgress && (({ done, total }) => onProgress(done, total)),
      signal: this.#signal,
    });
    this.#write(() => {
      const snapshot = saveSnapshot(this.dir, replica, graph);
      writeManifest(this.dir, { ...newManifest(this.store.identity(), this.#pharos), ...manifest, snapshot });
      sweepSnapshots(this.dir, snapshot.folder);
      this.#writer.forgetRemoved(snapshot.generation);
    });
  }

  #isFreshEnough(snapshot: SnapshotEntry): boolean {
    const { generation } = snapshot;
    const changes = this.store.countVectorsSince(generation) + this.store.countRemovedSince(generation);
    return changes <= CHEAP_TO_CATCH_UP && hasWorks(snapshot) && isIntact(this.dir, snapshot);
  }

  #write<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageError(error, this.dir);
    }
  }
}
