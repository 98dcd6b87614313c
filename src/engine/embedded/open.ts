/** Opening an index folder, for writing or for reading. */
import { mkdirSync } from 'node:fs';
import type { Engine, EngineReader, VectorSpace } from '../engine.ts';
import { openStoreForReading, openStoreForWriting } from './database.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { EmbeddedReader } from './embedded-reader.ts';
import { Follower } from './follower.ts';
import { LiveReplica, type LiveReplicaOptions } from './live-replica.ts';
import { newManifest, readableManifest, writeManifest } from './manifest.ts';
import type { PaperStore } from './paper-store.ts';
import { sweepSnapshots } from './snapshot.ts';
import { storageError } from './storage-error.ts';
import { takeWriterLock } from './writer-lock.ts';

export interface OpenOptions extends LiveReplicaOptions {
  readonly dir: string;
}

export interface OpenEngineOptions extends OpenOptions {
  readonly space: VectorSpace;
  /** How long to wait for another writer; 0 fails at once with INDEX_LOCKED. */
  readonly waitMs?: number;
  /** The version of Pharos, for the manifest. */
  readonly pharos?: string;
}

export interface OpenReaderOptions extends OpenOptions {
  /** What the questions are embedded with; left out by those who ask no questions. */
  readonly space?: VectorSpace;
  /** Goes on taking in what other processes commit, within a second, until closed. */
  readonly follow?: boolean;
  /** Waits before each answer for what was committed before it was asked, instead of catching up a moment later. */
  readonly isAlwaysCurrent?: boolean;
  /**
   * Told once by a reader that follows, when another process has embedded the papers anew with another model. The
   * reader goes on with the vectors that it has in memory, and takes in no others.
   */
  readonly onSuperseded?: (by: VectorSpace) => void;
}

/** Makes the index when there is none. INDEX_LOCKED, INDEX_INCOMPATIBLE, DISK_FULL. */
export async function openEmbeddedEngine(options: OpenEngineOptions): Promise<Engine> {
  const { dir, space, waitMs = 0, signal, pharos = 'unknown' } = options;
  try {
    mkdirSync(dir, { recursive: true });
    const lock = await takeWriterLock(dir, { waitMs, signal });
    try {
      const store = openStoreForWriting(dir, space);
      adoptManifest(dir, store, pharos);
      const live = new LiveReplica(dir, store, options);
      return new EmbeddedEngine({ dir, store, lock, pharos, live, signal });
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw storageError(error, dir);
  }
}

/**
 * Given a space, everything is loaded and caught up when this resolves; without one it is loaded when something is
 * ranked. INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_DAMAGED.
 */
export async function openEmbeddedReader(options: OpenReaderOptions): Promise<EngineReader> {
  const { dir, space, signal, follow = false, isAlwaysCurrent = false } = options;
  const closing = new AbortController();
  const signals = signal ? [signal, closing.signal] : [closing.signal];
  let store: PaperStore | undefined;
  try {
    store = openStoreForReading(dir, space);
    const live = new LiveReplica(dir, store, { ...options, signal: AbortSignal.any(signals) });
    // Who asks no questions waits for no snapshot, but a later format is refused all the same.
    if (space) await live.current();
    else readableManifest(dir);
    if (follow) (await live.current()).prepareToGrow();
    const follower = follow ? new Follower(live, options) : undefined;
    return new EmbeddedReader({
      dir,
      store,
      space: store.identity().space,
      // Once caught up, what is loaded answers, however much comes in meanwhile.
      replica: async () => (space && !isAlwaysCurrent && live.loaded) || live.current(),
      refresh: () => live.current(),
      onClose: async () => {
        closing.abort();
        await follower?.stop();
      },
    });
  } catch (error) {
    store?.close();
    throw storageError(error, dir);
  }
}

/** Writes a manifest where there is none that fits the store, and removes what no manifest names. */
function adoptManifest(dir: string, store: PaperStore, pharos: string): void {
  const identity = store.identity();
  let manifest = readableManifest(dir);
  if (manifest?.index !== identity.index) {
    manifest = newManifest(identity, pharos);
    writeManifest(dir, manifest);
  }
  sweepSnapshots(dir, manifest.snapshot?.folder);
}
