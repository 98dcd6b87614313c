/**
 * Writing papers.db: one transaction a batch, so that a crash loses the batch in flight and nothing else.
 *
 * A docId stands for everything that can be searched: when a field that is indexed changes, the paper gets a new
 * docId and the old one is listed in `removed`, so that what derives from the tables only ever appends. A change
 * of anything else (upvotes, comment, licence ...) is written in place and concerns nobody.
 */
import type { Database } from 'better-sqlite3';
import { embeddedText } from '../../paper/embedded-text.ts';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { titleKey } from '../../paper/title-key.ts';
import { encodeFloat16 } from '../../vector/float16.ts';
import type { IndexedPaper } from '../engine.ts';
import { hasPart, PAPER_PARTS } from '../filter.ts';
import type { DocId } from '../ranking.ts';
import { ArrivalWriter } from './arrivals.ts';
import { NameReader, NameWriter } from './name-store.ts';
import { parseBody } from './paper-store.ts';
import { RecordReader, RecordWriter } from './record-store.ts';
import { SuggestionWriter } from './suggestion-writer.ts';
import { INSERT_TEXTS, textRow } from './text-index.ts';
import { titleHash } from './title-hash.ts';

interface StoredRow {
  readonly docId: DocId;
  readonly paper: Paper;
  readonly vector: Buffer | undefined;
}

export class PaperWriter {
  readonly #db: Database;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #suggestions: SuggestionWriter;
  readonly #records: RecordWriter;
  readonly #said: RecordReader;
  readonly #names: NameWriter;
  readonly #owners: NameReader;
  readonly #arrivals: ArrivalWriter;
  /** The generation that the transaction in flight makes. */
  #generation = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#statements = prepare(db);
    this.#suggestions = new SuggestionWriter(db);
    this.#records = new RecordWriter(db);
    this.#said = new RecordReader(db);
    this.#names = new NameWriter(db);
    this.#owners = new NameReader(db);
    this.#arrivals = new ArrivalWriter(db);
  }

  upsert(batch: readonly IndexedPaper[], gone: readonly PaperId[] = []): void {
    this.#commit(() => {
      const freed = new Map<string, Buffer>();
      for (const id of new Set(gone)) {
        const stored = this.#stored(id);
        if (stored?.vector) freed.set(embeddedText(stored.paper), stored.vector);
        this.#forget(id, stored);
      }
      this.#putRecords(batch);
      for (const entry of batch) this.#upsertOne(entry, freed);
    });
  }

  /** All ids are let go before any is given: one may pass from a paper of the batch to another. */
  #putRecords(batch: readonly IndexedPaper[]): void {
    const last = new Map(batch.map((entry) => [entry.paper.id, entry]));
    const said = [...last.values()].map(({ paper, records }) => ({
      paper,
      records: records ?? this.#said.recordsOf(paper),
    }));
    for (const { paper } of said) this.#release(paper.id);
    for (const { paper, records } of said) {
      this.#records.put(paper, records);
      this.#names.put(paper, records);
    }
  }

  #release(id: PaperId): void {
    for (const own of [id, ...this.#names.clear(id)]) this.#records.remove(own);
  }

  #forget(id: PaperId, stored: StoredRow | undefined): void {
    if (stored) this.#delete(stored);
    this.#release(id);
    this.#arrivals.remove(id);
  }

  attachVectors(batch: readonly { readonly id: PaperId; readonly vector: Float32Array }[]): void {
    this.#commit(() => {
      for (const { id, vector } of batch) {
        const stored = this.#stored(id);
        if (stored) this.#upsertOne({ paper: stored.paper, vector });
      }
    });
  }

  /** Returns how many of the papers were there. */
  remove(ids: readonly PaperId[]): number {
    let removed = 0;
    this.#commit(() => {
      for (const id of new Set(ids)) {
        const stored = this.#stored(id) ?? this.#stored(this.#owners.ownerOf(id) ?? '');
        if (!stored) continue;
        this.#forget(stored.paper.id, stored);
        removed++;
      }
    });
    return removed;
  }

  /** Empties what was kept of papers that went up to a generation, once a snapshot is without them. */
  forgetRemoved(generation: number): void {
    this.#statements.forgetRemoved.run(generation);
  }

  /** `freed` holds vectors of papers that went, by their text. */
  #upsertOne({ paper, vector, arrived }: IndexedPaper, freed?: ReadonlyMap<string, Buffer>): void {
    const stored = this.#stored(paper.id);
    if (!stored && arrived) this.#arrivals.note(paper.id, arrived);
    const kept = keptVector(stored, paper) ?? (freed?.size ? freed.get(embeddedText(paper)) : undefined);
    const blob = vector ? Buffer.from(encodeFloat16(vector)) : kept;
    if (stored && !isSearchedAlike(stored.paper, paper)) {
      this.#delete(stored);
      this.#insert(paper, blob);
    } else if (!stored) {
      this.#insert(paper, blob);
    } else if (stored.vector && blob && !stored.vector.equals(blob)) {
      // A graph cannot move a point, so another vector is another docId.
      this.#delete(stored);
      this.#insert(paper, blob);
    } else {
      this.#statements.updateBody.run(JSON.stringify(paper), paper.doi ?? null, stored.docId);
      if (blob && !stored.vector) this.#putVector(stored.docId, blob);
    }
  }

  #insert(paper: Paper, vector: Buffer | undefined): void {
    const { lastInsertRowid } = this.#statements.insertPaper.run(
      paper.id,
      paper.doi ?? null,
      titleHash(titleKey(paper.title)),
      JSON.stringify(paper),
    );
    const docId = Number(lastInsertRowid);
    this.#statements.insertTexts.run(docId, ...textRow(paper));
    this.#statements.add.run(1, 'papers');
    this.#statements.insertUnembedded.run(docId);
    this.#suggestions.add(docId, paper);
    if (vector) this.#putVector(docId, vector);
  }

  #putVector(docId: DocId, vector: Buffer): void {
    this.#statements.insertVector.run(docId, this.#generation, vector);
    this.#statements.deleteUnembedded.run(docId);
    this.#statements.add.run(1, 'embedded');
  }

  #delete({ docId, paper, vector }: StoredRow): void {
    this.#statements.deletePaper.run(docId);
    this.#statements.deleteTexts.run(docId);
    this.#suggestions.remove(docId, paper);
    this.#statements.deleteVector.run(docId);
    this.#statements.deleteUnembedded.run(docId);
    this.#statements.insertRemoved.run(docId, this.#generation, JSON.stringify(paper));
    this.#statements.add.run(-1, 'papers');
    if (vector) this.#statements.add.run(-1, 'embedded');
  }

  #stored(id: PaperId): StoredRow | undefined {
    const row = this.#statements.byId.get(id);
    return row && { docId: row.doc_id, paper: parseBody(row.body), vector: row.vector ?? undefined };
  }

  #commit(work: () => void): void {
    this.#db
      .transaction(() => {
        this.#statements.add.run(1, 'generation');
        this.#generation = this.#statements.generation.get() ?? 0;
        work();
      })
      .immediate();
  }
}

/** Whether two states of a paper are the same to every index that derives from them. */
function isSearchedAlike(before: Paper, after: Paper): boolean {
  return searchedFields(before) === searchedFields(after);
}

function searchedFields(paper: Paper): string {
  const { title, abstract, authors, venue, categories, published, doi, url, code } = paper;
  const parts = PAPER_PARTS.map((part) => hasPart(paper, part));
  return JSON.stringify([title, abstract, authors, venue, categories, published, doi, url, code, parts]);
}

function keptVector(stored: StoredRow | undefined, paper: Paper): Buffer | undefined {
  return stored && embeddedText(stored.paper) === embeddedText(paper) ? stored.vector : undefined;
}

function prepare(db: Database) {
  return {
    generation: db.prepare<[], number>(`SELECT value FROM meta WHERE key = 'generation'`).pluck(),
    add: db.prepare<[number, string]>('UPDATE meta SET value = value + ? WHERE key = ?'),
    byId: db.prepare<[PaperId], { doc_id: number; body: string; vector: Buffer | null }>(
      'SELECT doc_id, body, vector FROM papers LEFT JOIN vectors USING (doc_id) WHERE id = ?',
    ),
    insertPaper: db.prepare<[PaperId, string | null, number, string]>(
      'INSERT INTO papers (id, doi, title_key, body) VALUES (?, ?, ?, ?)',
    ),
    updateBody: db.prepare<[string, string | null, DocId]>(
      'UPDATE papers SET body = ?, doi = ? WHERE doc_id = ?',
    ),
    deletePaper: db.prepare<[DocId]>('DELETE FROM papers WHERE doc_id = ?'),
    insertTexts: db.prepare<[DocId, string, string, string, string]>(INSERT_TEXTS),
    deleteTexts: db.prepare<[DocId]>('DELETE FROM texts WHERE rowid = ?'),
    insertUnembedded: db.prepare<[DocId]>('INSERT INTO unembedded VALUES (?)'),
    deleteUnembedded: db.prepare<[DocId]>('DELETE FROM unembedded WHERE doc_id = ?'),
    insertVector: db.prepare<[DocId, number, Buffer]>('INSERT INTO vectors VALUES (?, ?, ?)'),
    deleteVector: db.prepare<[DocId]>('DELETE FROM vectors WHERE doc_id = ?'),
    insertRemoved: db.prepare<[DocId, number, string]>('INSERT INTO removed VALUES (?, ?, ?)'),
    forgetRemoved: db.prepare<[number]>(
      'UPDATE removed SET body = NULL WHERE generation <= ? AND body IS NOT NULL',
    ),
  };
}
