/**
 * When each paper came into the index, which no paper says of itself: a paper of 1975 may be new here. Known by its
 * public id, because a docId changes whenever a searched field does.
 */
import type { Database } from 'better-sqlite3';
import type { PaperId, PartialDate } from '../../paper/paper.ts';
import type { DocId } from '../ranking.ts';

export const ARRIVAL_TABLE = `
  CREATE TABLE arrivals (id TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX arrivals_day ON arrivals (day);
`;

/** Knows of no arrivals in a store that an older Pharos wrote and no newer one has opened since. */
export class ArrivalReader {
  readonly #db: Database;
  #statements: ReturnType<typeof prepareReading> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Ascending by nothing in particular. */
  since(day: PartialDate): DocId[] {
    return this.#prepared()?.since.all(day) ?? [];
  }

  first(): PartialDate | undefined {
    return this.#prepared()?.first.get() ?? undefined;
  }

  #prepared() {
    // Asked again as long as there is none: a writer may make the table while this reader is open.
    this.#statements ??= hasTable(this.#db) ? prepareReading(this.#db) : undefined;
    return this.#statements;
  }
}

export class ArrivalWriter {
  readonly #insert;
  readonly #delete;

  constructor(db: Database) {
    this.#insert = db.prepare<[PaperId, PartialDate]>(
      'INSERT OR IGNORE INTO arrivals (id, day) VALUES (?, ?)',
    );
    this.#delete = db.prepare<[PaperId]>('DELETE FROM arrivals WHERE id = ?');
  }

  note(id: PaperId, day: PartialDate): void {
    this.#insert.run(id, day);
  }

  remove(id: PaperId): void {
    this.#delete.run(id);
  }
}

function hasTable(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'arrivals'`).get() !== undefined;
}

function prepareReading(db: Database) {
  return {
    since: db
      .prepare<[PartialDate], DocId>('SELECT doc_id FROM arrivals JOIN papers USING (id) WHERE day >= ?')
      .pluck(),
    first: db.prepare<[], PartialDate | null>('SELECT min(day) FROM arrivals').pluck(),
  };
}
