/** Makes everything that derives from papers.db anew, whatever state it is in. */

import { openStoreForWriting, storedSpace } from './database.ts';
import { fillTexts } from './fill-texts.ts';
import { grownGraph } from './grow-graph.ts';
import type { LiveReplicaOptions } from './live-replica.ts';
import { newManifest, writeManifest } from './manifest.ts';
import { dropNextVectors } from './next-vectors.ts';
import type { PaperStore } from './paper-store.ts';
import { Replica } from './replica.ts';
import { saveSnapshot, sweepSnapshots } from './snapshot.ts';
import { storageError } from './storage-error.ts';
import { refillSuggestions } from './suggestion-writer.ts';
import { takeWriterLock } from './writer-lock.ts';

export interface RebuildOptions extends LiveReplicaOptions {
  readonly dir: string;
  readonly waitMs?: number;
  readonly pharos?: string;
  /** Throws away what an interrupted change of the model has embedded so far. */
  readonly givesUpReembedding?: boolean;
}

/** The old snapshot serves until the new one is complete. INDEX_MISSING, INDEX_LOCKED, DISK_FULL. */
export async function rebuildIndex(options: RebuildOptions): Promise<void> {
  const { dir } = options;
  try {
    const space = storedSpace(dir);
    const lock = await takeWriterLock(dir, options);
    try {
      const store = openStoreForWriting(dir, space);
      await rederive(store, options).finally(() => store.close());
    } finally {
      lock.release();
    }
  } catch (error) {
    throw storageError(error, dir);
  }
}

async function rederive(store: PaperStore, options: RebuildOptions): Promise<void> {
  const { dir, pharos = 'unknown' } = options;
  if (options.givesUpReembedding) dropNextVectors(store.db);
  recount(store);
  const identity = store.identity();
  const replica = Replica.empty(identity.space);
  await replica.catchUp(store, options);
  const { columns } = replica;
  const graph = await grownGraph({ ...options, store, columns });
  const snapshot = saveSnapshot(dir, replica, graph);
  writeManifest(dir, { ...newManifest(identity, pharos), snapshot });
  sweepSnapshots(dir, snapshot.folder);
}

/** Brings the tables that repeat what others say back in line with them. */
function recount({ db }: PaperStore): void {
  db.transaction(() => {
    db.exec(`
      DELETE FROM vectors WHERE doc_id NOT IN (SELECT doc_id FROM papers);
      DELETE FROM unembedded;
      INSERT INTO unembedded SELECT doc_id FROM papers WHERE doc_id NOT IN (SELECT doc_id FROM vectors);
      UPDATE meta SET value = (SELECT count(*) FROM papers) WHERE key = 'papers';
      UPDATE meta SET value = (SELECT count(*) FROM vectors) WHERE key = 'embedded';
      UPDATE meta SET value = value + 1 WHERE key = 'generation';
    `);
    fillTexts(db);
    refillSuggestions(db);
  }).immediate();
}
