/**
 * Opening alerts.db, which lies beside papers.db in the index folder. A file of its own because it has its own
 * writers: the server and the command line note what they have announced while an import holds the other one.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../fault/app-error.ts';

const BUSY_TIMEOUT_MS = 10_000;

const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
  -- Every paper that was ever seen in the index, in the order in which it was: a changed paper is not seen anew.
  CREATE TABLE arrivals (number INTEGER PRIMARY KEY AUTOINCREMENT, paper_id TEXT NOT NULL UNIQUE);
  CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    definition TEXT NOT NULL,
    is_paused INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    last_run_ms INTEGER,
    next_run_ms INTEGER NOT NULL,
    position INTEGER NOT NULL,
    backfill INTEGER NOT NULL,
    error TEXT
  );
  CREATE TABLE announced (
    alert_id TEXT NOT NULL REFERENCES alerts ON DELETE CASCADE,
    paper_id TEXT NOT NULL,
    PRIMARY KEY (alert_id, paper_id)
  ) WITHOUT ROWID;
  -- state: waiting, sent or dead. The digest is dropped once it is sent.
  CREATE TABLE messages (
    key TEXT PRIMARY KEY,
    alert_id TEXT NOT NULL REFERENCES alerts ON DELETE CASCADE,
    target TEXT NOT NULL,
    papers INTEGER NOT NULL,
    digest TEXT,
    state TEXT NOT NULL DEFAULT 'waiting',
    tries INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    next_try_ms INTEGER NOT NULL,
    done_ms INTEGER,
    error TEXT
  );
  CREATE INDEX messages_due ON messages (state, next_try_ms);
  CREATE INDEX messages_of ON messages (alert_id, created_ms);
  `,
  `
  -- Messages that were delivered and are forgotten.
  ALTER TABLE alerts ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0;
  -- Who was asked to confirm lately, and who is not to be asked: keyed hashes, out of which no address can be read.
  CREATE TABLE asked (mailbox TEXT NOT NULL, caller TEXT NOT NULL, asked_ms INTEGER NOT NULL);
  CREATE TABLE refusals (mailbox TEXT PRIMARY KEY, refused_ms INTEGER NOT NULL) WITHOUT ROWID;
  `,
];

export function alertsPath(dir: string): string {
  return join(dir, 'alerts.db');
}

/** False where nobody has made an alert yet. */
export function hasAlerts(dir: string): boolean {
  return existsSync(alertsPath(dir));
}

/** INDEX_MISSING where the folder is no index, INDEX_INCOMPATIBLE where a newer Pharos wrote the file, INDEX_DAMAGED. */
export function openAlertDatabase(dir: string): Database.Database {
  if (!existsSync(join(dir, 'papers.db'))) {
    throw new AppError('INDEX_MISSING', { message: `There is no index in ${dir}` });
  }
  const path = alertsPath(dir);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    // It holds addresses of people and the key that unsubscribing is signed with.
    chmodSync(path, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db, path);
    return db;
  } catch (error) {
    db?.close();
    throw alertStorageError(error, path);
  }
}

/** What SQLite throws, in words that somebody can act on; anything else comes back as it is. */
export function alertStorageError(cause: unknown, path: string): unknown {
  const code = String((cause as { code?: unknown } | null)?.code);
  const message = `${path}: ${(cause as Error).message}`;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    const remedy = 'Move the file away, and make the alerts anew; the papers are in another file.';
    return new AppError('INDEX_DAMAGED', { message, remedy }, { cause });
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'EPERM') {
    const remedy = 'Check that you may write to the folder of the index.';
    return new AppError('SOURCE_UNREADABLE', { message, remedy }, { cause });
  }
  return cause;
}

function migrate(db: Database.Database, path: string): void {
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > MIGRATIONS.length) {
      const message = `${path} has table version ${version}; this Pharos knows ${MIGRATIONS.length}`;
      throw new AppError('INDEX_INCOMPATIBLE', { message, remedy: 'Use the Pharos that wrote it.' });
    }
    for (const sql of MIGRATIONS.slice(version)) db.exec(sql);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
    const addMeta = db.prepare<[string, string | number]>('INSERT OR IGNORE INTO meta VALUES (?, ?)');
    addMeta.run('signing-key', randomBytes(32).toString('hex'));
    addMeta.run('seen-doc-id', 0);
  }).immediate();
}
