/**
 * Under which names a paper is known besides those that its own row shows: the ids under which other sources have
 * it, what they name by DOI and address, their titles. Nearly every paper has one source and no row here.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { SourceRecord } from '../../paper/merge-records.ts';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { namedIds } from '../../paper/paper-names.ts';
import { titleKey } from '../../paper/title-key.ts';
import { titleHash } from './title-hash.ts';

/** A name is its kind, a colon and a value: of `own` and `id` an id, of `title` the hash of its key. */
export const NAME_TABLE = `
  CREATE TABLE names (
    paper TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (paper, name)
  ) WITHOUT ROWID;
  CREATE INDEX names_name ON names (name);
`;

const OWN = 'own:';

/** Reads names; finds none in a store that an older Pharos wrote and no newer one has opened since. */
export class NameReader {
  readonly #db: Database;
  #statements: ReturnType<typeof prepareReading> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The paper of which a source speaks under this id, other than its own. */
  ownerOf(id: PaperId): PaperId | undefined {
    return this.#prepared()?.papers.get(OWN + id);
  }

  /** Papers of which a source names this id, as far as their rows do not show it. */
  naming(id: PaperId): PaperId[] {
    return this.#prepared()?.naming.all(`id:${id}`, OWN + id) ?? [];
  }

  titled(hash: number): PaperId[] {
    return this.#prepared()?.papers.all(`title:${hash}`) ?? [];
  }

  /** The other ids under which sources have a paper. */
  otherIds(paper: PaperId): PaperId[] {
    const names = this.#prepared()?.ownNames.all(paper) ?? [];
    return names.map((name) => name.slice(OWN.length));
  }

  #prepared() {
    // Asked again as long as there is none: a writer may make the table while this reader is open.
    this.#statements ??= hasTable(this.#db) ? prepareReading(this.#db) : undefined;
    return this.#statements;
  }
}

export class NameWriter {
  readonly #insert: Statement<[PaperId, string]>;
  readonly #clear: Statement<[PaperId], string>;

  constructor(db: Database) {
    this.#insert = db.prepare('INSERT OR IGNORE INTO names VALUES (?, ?)');
    this.#clear = db.prepare<[PaperId], string>('DELETE FROM names WHERE paper = ? RETURNING name').pluck();
  }

  put(paper: Paper, records: readonly SourceRecord[]): void {
    for (const name of hiddenNames(paper, records)) this.#insert.run(paper.id, name);
  }

  /** Returns the other ids that the paper had. */
  clear(paper: PaperId): PaperId[] {
    const names = this.#clear.all(paper);
    return names.flatMap((name) => (name.startsWith(OWN) ? [name.slice(OWN.length)] : []));
  }
}

/** Names that the columns of the paper's row do not answer to. */
function hiddenNames(paper: Paper, records: readonly SourceRecord[]): Set<string> {
  const hidden = new Set<string>();
  for (const said of new Set([paper, ...records.map((record) => record.paper)])) {
    if (said.id !== paper.id) hidden.add(OWN + said.id);
    for (const id of namedIds(said)) if (id !== paper.id && id !== paper.doi) hidden.add(`id:${id}`);
    if (said.title !== paper.title) hidden.add(`title:${titleHash(titleKey(said.title))}`);
  }
  return hidden;
}

function hasTable(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'names'`).get() !== undefined;
}

function prepareReading(db: Database) {
  return {
    papers: db.prepare<[string], PaperId>('SELECT paper FROM names WHERE name = ?').pluck(),
    naming: db.prepare<[string, string], PaperId>('SELECT paper FROM names WHERE name IN (?, ?)').pluck(),
    ownNames: db
      .prepare<[PaperId], string>(`SELECT name FROM names WHERE paper = ? AND name GLOB '${OWN}*'`)
      .pluck(),
  };
}
