/**
 * The tables of papers.db and their named migrations. SQLite is the truth: whatever else lies in an index folder
 * can be made again from these tables.
 */
import type { Database } from 'better-sqlite3';
import { AppError } from '../../fault/app-error.ts';
import { ARRIVAL_TABLE } from './arrivals.ts';
import { fillNames } from './fill-names.ts';
import { fillTexts } from './fill-texts.ts';
import { NAME_TABLE } from './name-store.ts';
import { RECORD_TABLE } from './record-store.ts';
import { refillSuggestions, SUGGESTION_TABLES } from './suggestion-writer.ts';
import { TEXT_TABLE } from './text-index.ts';
import { VOTES_INDEX } from './votes.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** Runs after the SQL, in the same transaction. */
  readonly fill?: (db: Database) => void;
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: '001-papers-and-vectors',
    sql: `
      -- doc_id is never given twice (AUTOINCREMENT): posting lists and the graph rely on it.
      CREATE TABLE papers (
        doc_id INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        doi TEXT,
        title_key INTEGER NOT NULL,
        body TEXT NOT NULL
      );
      CREATE INDEX papers_doi ON papers (doi) WHERE doi IS NOT NULL;
      CREATE INDEX papers_title_key ON papers (title_key);
      -- float16, little-endian; generation says when it came.
      CREATE TABLE vectors (doc_id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, vector BLOB NOT NULL);
      CREATE INDEX vectors_generation ON vectors (generation);
      -- Stored papers that have no vector yet.
      CREATE TABLE unembedded (doc_id INTEGER PRIMARY KEY);
      -- What those who follow must forget. The body says which words to stop counting; a snapshot empties it.
      CREATE TABLE removed (doc_id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, body TEXT);
      CREATE INDEX removed_generation ON removed (generation);
      CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
      -- space: the model's identity as JSON; index: what ties a manifest to this store.
      INSERT INTO meta VALUES ('generation', 0), ('papers', 0), ('embedded', 0);
    `,
  },
  { name: '002-texts', sql: TEXT_TABLE, fill: fillTexts },
  { name: '003-suggestions', sql: SUGGESTION_TABLES, fill: refillSuggestions },
  { name: '004-records', sql: RECORD_TABLE },
  { name: '005-names', sql: NAME_TABLE, fill: fillNames },
  { name: '006-arrivals-and-votes', sql: ARRIVAL_TABLE + VOTES_INDEX },
];

/** How many migrations there are; a store with more was made by a newer Pharos. */
const SCHEMA_VERSION = MIGRATIONS.length;

/** Applies the migrations that are missing, each in its own transaction. */
export function migrate(db: Database): void {
  const applied = schemaVersion(db);
  for (const [at, migration] of MIGRATIONS.entries()) {
    if (at < applied) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      migration.fill?.(db);
      db.pragma(`user_version = ${at + 1}`);
    }).immediate();
  }
}

/** INDEX_INCOMPATIBLE when the tables are newer than this Pharos; false when there are none yet. */
export function hasTables(db: Database, path: string): boolean {
  const version = schemaVersion(db);
  if (version > SCHEMA_VERSION) {
    throw new AppError('INDEX_INCOMPATIBLE', {
      message: `${path} has table version ${version}; this Pharos knows ${SCHEMA_VERSION}`,
      remedy: 'Use the Pharos that wrote it.',
    });
  }
  return version > 0;
}

function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}
