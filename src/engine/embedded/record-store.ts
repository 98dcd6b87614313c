/**
 * What each source says of a paper, under the id that the source has for it; `name-store.ts` knows which ids are one
 * paper. Most papers have one source, and then the paper is what it says: its record has no body of its own, so that
 * knowing the source costs some bytes and not a second copy.
 */
import type { Database } from 'better-sqlite3';
import { compareRecords, type SourceRecord } from '../../paper/merge-records.ts';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { NameReader } from './name-store.ts';
import { parseBody } from './paper-store.ts';

export const RECORD_TABLE = `
  -- body is NULL where it is that of the paper itself.
  CREATE TABLE records (
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    taken TEXT,
    body TEXT,
    PRIMARY KEY (id, source)
  );
`;

/** Ordered by the names of the sources and the ids they have; none in a store that an older Pharos wrote and no newer one has opened since. */
export class RecordReader {
  readonly #db: Database;
  readonly #names: NameReader;
  #byId: ReturnType<typeof prepareReading> | undefined;

  constructor(db: Database) {
    this.#db = db;
    this.#names = new NameReader(db);
  }

  recordsOf(paper: Paper): SourceRecord[] {
    // Asked again as long as there is none: a writer may make the table while this reader is open.
    this.#byId ??= hasTable(this.#db) ? prepareReading(this.#db) : undefined;
    const ids = [paper.id, ...this.#names.otherIds(paper.id)];
    const records = ids.flatMap((id) => this.#byId?.all(id) ?? []);
    const said = records.map(({ source, taken, body }) => ({
      source,
      ...(taken !== null && { taken }),
      paper: body === null ? paper : parseBody(body),
    }));
    return ids.length === 1 ? said : said.sort(compareRecords);
  }
}

export class RecordWriter {
  readonly #insert;
  readonly #delete;

  constructor(db: Database) {
    this.#insert = db.prepare<[PaperId, string, string | null, string | null]>(
      'INSERT OR REPLACE INTO records (id, source, taken, body) VALUES (?, ?, ?, ?)',
    );
    this.#delete = db.prepare<[PaperId]>('DELETE FROM records WHERE id = ?');
  }

  put(paper: Paper, records: readonly SourceRecord[]): void {
    const whole = JSON.stringify(paper);
    for (const { source, taken, paper: said } of records) {
      const body = JSON.stringify(said);
      this.#insert.run(said.id, source, taken ?? null, body === whole ? null : body);
    }
  }

  /** What is said under an id. */
  remove(id: PaperId): void {
    this.#delete.run(id);
  }
}

function hasTable(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'records'`).get() !== undefined;
}

function prepareReading(db: Database) {
  return db.prepare<[PaperId], { source: string; taken: string | null; body: string | null }>(
    'SELECT source, taken, body FROM records WHERE id = ? ORDER BY source',
  );
}
