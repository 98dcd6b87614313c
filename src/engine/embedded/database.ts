/** Opening papers.db: settings, tables, and whose vectors it holds. */
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { AppError } from '../../fault/app-error.ts';
import type { VectorSpace } from '../engine.ts';
import { databasePath, hasIndex } from './index-folder.ts';
import { PaperStore } from './paper-store.ts';
import { hasTables, migrate } from './schema.ts';

// What SQLite may keep of the file in memory, in KiB; the operating system caches the rest.
const CACHE_KIB = 2_048;
// A writer looks up every paper by id and title before it stores it, at random places of both indexes.
const WRITER_CACHE_KIB = 8_192;
const BUSY_TIMEOUT_MS = 5_000;

/** INDEX_MISSING where there is none, INDEX_INCOMPATIBLE when its vectors are not those of `space`. */
export function openStoreForReading(dir: string, space?: VectorSpace): PaperStore {
  if (!hasIndex(dir)) throw missing(dir);
  const db = new Database(databasePath(dir), {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  return checked(db, () => {
    db.pragma(`cache_size = -${CACHE_KIB}`);
    if (!hasTables(db, databasePath(dir))) throw missing(dir);
    const store = new PaperStore(db);
    if (space) requireSpace(dir, store.identity().space, space);
    return store;
  });
}

/** Makes the tables when there are none. The caller holds the writer's lock. */
export function openStoreForWriting(dir: string, space: VectorSpace): PaperStore {
  const db = new Database(databasePath(dir), { timeout: BUSY_TIMEOUT_MS });
  return checked(db, () => {
    // Bigger pages hold a whole abstract. Only a database without tables takes the page size.
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    // FULL syncs at each commit: what was acknowledged survives a power cut.
    db.pragma('synchronous = FULL');
    db.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
    hasTables(db, databasePath(dir));
    migrate(db);
    const identify = db.prepare<[string, string]>('INSERT OR IGNORE INTO meta VALUES (?, ?)');
    db.transaction(() => {
      identify.run('index', randomUUID());
      identify.run('space', JSON.stringify(space));
    }).immediate();
    const store = new PaperStore(db);
    requireSpace(dir, store.identity().space, space);
    return store;
  });
}

/** What the vectors of an index are. INDEX_MISSING where there is none. */
export function storedSpace(dir: string): VectorSpace {
  const store = openStoreForReading(dir);
  try {
    return store.identity().space;
  } finally {
    store.close();
  }
}

function checked(db: Database.Database, open: () => PaperStore): PaperStore {
  try {
    return open();
  } catch (error) {
    db.close();
    throw error;
  }
}

function requireSpace(dir: string, stored: VectorSpace, given: VectorSpace): void {
  if (stored.fingerprint === given.fingerprint) return;
  throw new AppError('INDEX_INCOMPATIBLE', {
    message: `${dir} was made with the model ${describe(stored)}, not with ${describe(given)}`,
    remedy:
      'Leave out --model and PHAROS_MODEL to use the model it was made with, use another folder (--index), or ' +
      'embed its papers anew: `pharos rebuild --model NAME`.',
  });
}

function describe({ name, dimensions, fingerprint }: VectorSpace): string {
  return `${name} (${dimensions} dimensions, fingerprint ${fingerprint.slice(0, 12)})`;
}

function missing(dir: string): AppError {
  return new AppError('INDEX_MISSING', { message: `There is no index in ${dir}` });
}
