/**
 * The vectors of another model, made beside those that serve: a table of their own in papers.db, so that what was
 * embedded survives a crash, and that a single transaction puts all of them in place. The table is there only while
 * such a change is under way.
 */
import type { Database } from 'better-sqlite3';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { encodeFloat16 } from '../../vector/float16.ts';
import type { VectorSpace } from '../engine.ts';
import { parseBody, type StoreIdentity } from './paper-store.ts';

export const NEXT_TABLE = 'next_vectors';
const NEXT_SPACE = 'nextSpace';
/** An index keeps its name when its table is renamed, so the names take turns. */
const INDEX_NAMES = ['vectors_generation', 'vectors_generation_2'] as const;

/** Begins, or goes on with what an interrupted run for the same model has made. The other model, if it was another. */
export function prepareNextVectors(db: Database, space: VectorSpace): VectorSpace | undefined {
  return db
    .transaction(() => {
      const begun = begunSpace(db);
      const isOther = begun !== undefined && begun.fingerprint !== space.fingerprint;
      if (isOther) dropNextVectors(db);
      if (begun === undefined || isOther) {
        db.exec(
          `CREATE TABLE ${NEXT_TABLE} (doc_id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, vector BLOB NOT NULL);
           CREATE INDEX ${freeIndexName(db)} ON ${NEXT_TABLE} (generation);`,
        );
      }
      db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(NEXT_SPACE, JSON.stringify(space));
      // A paper that changed since has another docId.
      db.exec(`DELETE FROM ${NEXT_TABLE} WHERE doc_id NOT IN (SELECT doc_id FROM papers)`);
      return isOther ? begun : undefined;
    })
    .immediate();
}

export function dropNextVectors(db: Database): void {
  db.exec(`DROP TABLE IF EXISTS ${NEXT_TABLE}; DELETE FROM meta WHERE key = '${NEXT_SPACE}'`);
}

export class NextVectorWriter {
  readonly #db: Database;
  readonly #statements: ReturnType<typeof prepare>;
  /** All papers below this one have their vector. */
  #doneBelow = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  count(): number {
    return this.#statements.count.get() ?? 0;
  }

  /** In the order of their docIds. To be called again when those of the last call have been attached. */
  unembedded(limit: number): Paper[] {
    const rows = this.#statements.unembedded.all(this.#doneBelow, limit);
    this.#doneBelow = rows[0]?.doc_id ?? this.#doneBelow;
    return rows.map(({ body }) => parseBody(body));
  }

  /** Durable when it returns. Ids that are not stored are passed over. */
  attach(batch: readonly { readonly id: PaperId; readonly vector: Float32Array }[]): void {
    this.#db
      .transaction(() => {
        for (const { id, vector } of batch)
          this.#statements.attach.run(Buffer.from(encodeFloat16(vector)), id);
      })
      .immediate();
  }

  /** Makes a generation of its own, so that the snapshot of the new vectors is not named as the one that serves. */
  startGeneration(): void {
    this.#statements.nextGeneration.run();
  }

  /** Puts the vectors in the place of the old ones: before it nothing has changed for anybody, after it all. */
  install({ index, space }: StoreIdentity): void {
    const put = this.#db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
    this.#db
      .transaction(() => {
        this.#db.exec(`
          DROP TABLE vectors;
          ALTER TABLE ${NEXT_TABLE} RENAME TO vectors;
          DELETE FROM meta WHERE key = '${NEXT_SPACE}';
          DELETE FROM unembedded;
          INSERT INTO unembedded SELECT doc_id FROM papers WHERE doc_id NOT IN (SELECT doc_id FROM vectors);
          UPDATE meta SET value = (SELECT count(*) FROM vectors) WHERE key = 'embedded';
          UPDATE meta SET value = value + 1 WHERE key = 'generation';
        `);
        put.run('index', index);
        put.run('space', JSON.stringify(space));
      })
      .immediate();
  }
}

function begunSpace(db: Database): VectorSpace | undefined {
  const text = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(NEXT_SPACE);
  return text === undefined ? undefined : (JSON.parse(text) as VectorSpace);
}

function freeIndexName(db: Database): string {
  const taken = db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'index'`).pluck().all();
  return INDEX_NAMES.find((name) => !taken.includes(name)) ?? INDEX_NAMES[0];
}

function prepare(db: Database) {
  return {
    count: db.prepare<[], number>(`SELECT count(*) FROM ${NEXT_TABLE}`).pluck(),
    unembedded: db.prepare<[number, number], { doc_id: number; body: string }>(
      `SELECT doc_id, body FROM papers
       WHERE doc_id >= ? AND doc_id NOT IN (SELECT doc_id FROM ${NEXT_TABLE}) ORDER BY doc_id LIMIT ?`,
    ),
    attach: db.prepare<[Buffer, PaperId]>(
      `INSERT OR REPLACE INTO ${NEXT_TABLE}
       SELECT doc_id, (SELECT value FROM meta WHERE key = 'generation'), ? FROM papers WHERE id = ?`,
    ),
    nextGeneration: db.prepare(`UPDATE meta SET value = value + 1 WHERE key = 'generation'`),
  };
}
