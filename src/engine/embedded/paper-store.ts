/**
 * Reading papers.db. Rows become papers here; writing is `paper-writer.ts`'s.
 */
import type { Database } from 'better-sqlite3';
import type { Paper, PaperId, PartialDate } from '../../paper/paper.ts';
import { mayBeSamePerson, personKey } from '../../text/names.ts';
import { decodeFloat16 } from '../../vector/float16.ts';
import type { IdOrder, IndexedPaper, LookupKey, VectorSpace, Votes } from '../engine.ts';
import type { DocId } from '../ranking.ts';
import { holdsText, type TextTest } from '../text-test.ts';
import { ArrivalReader } from './arrivals.ts';
import { PaperLookup } from './paper-lookup.ts';
import { openTextIndex, type TextIndex } from './text-index.ts';
import { votesReader } from './votes.ts';

export interface StoredPaper {
  readonly docId: DocId;
  readonly paper: Paper;
}

export interface StoredVector {
  readonly docId: DocId;
  readonly vector: Float32Array;
}

export interface RemovedPaper {
  readonly docId: DocId;
  readonly paper: Paper | undefined;
}

export interface StoreCounts {
  readonly generation: number;
  readonly papers: number;
  readonly embedded: number;
}

export interface StoreIdentity {
  readonly index: string;
  readonly space: VectorSpace;
}

/** Vectors that are being made beside those that serve, and what they will be. */
export interface NextVectors {
  readonly table: string;
  readonly identity: StoreIdentity;
}

const PAGE_ROWS = 256;

/**
 * A store is opened on the vectors of one model and never hands out those of another: when another process has put
 * the vectors of a new model in their place, there are none here any more.
 */
export class PaperStore {
  readonly db: Database;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #texts: TextIndex | undefined;
  readonly #names: PaperLookup;
  readonly #arrivals: ArrivalReader;
  #readVotes: (() => Votes[]) | undefined;
  /** Which index this was when it was opened. */
  readonly #opened: string;
  readonly #identity: StoreIdentity;
  /** Runs many small reads as one: each on its own would take and give back SQLite's lock, five times the cost. */
  readonly #atOnce: <T>(read: () => T) => T;

  constructor(db: Database, next?: NextVectors) {
    this.db = db;
    this.#statements = prepare(db, next?.table ?? 'vectors');
    this.#texts = openTextIndex(db);
    const transaction = db.transaction((read: () => unknown) => read());
    this.#atOnce = <T>(read: () => T) => transaction(read) as T;
    this.#names = new PaperLookup(db);
    this.#arrivals = new ArrivalReader(db);
    const stored = this.#storedIdentity();
    this.#opened = stored.index;
    this.#identity = next?.identity ?? stored;
  }

  /** False for a store that an older Pharos wrote and no newer one has written to since. */
  get hasTexts(): boolean {
    return this.#texts !== undefined;
  }

  counts(): StoreCounts {
    const meta = new Map(this.#statements.meta.all().map(({ key, value }) => [key, value]));
    const count = (key: string) => Number(meta.get(key) ?? 0);
    return { generation: count('generation'), papers: count('papers'), embedded: count('embedded') };
  }

  /** What ties manifests to this store, and the model its vectors come from. */
  identity(): StoreIdentity {
    return this.#identity;
  }

  /** What the vectors are by now, when they are not those that this was opened on any more. */
  supersededBy(): VectorSpace | undefined {
    if (this.#statements.index.get() === this.#opened) return undefined;
    return this.#storedIdentity().space;
  }

  #storedIdentity(): StoreIdentity {
    const meta = new Map(this.#statements.meta.all().map(({ key, value }) => [key, value]));
    return { index: String(meta.get('index')), space: JSON.parse(String(meta.get('space'))) as VectorSpace };
  }

  generation(): number {
    return this.#statements.generation.get() ?? 0;
  }

  byDocId(docId: DocId): Paper | undefined {
    const body = this.#statements.bodyByDocId.get(docId);
    return body === undefined ? undefined : parseBody(body);
  }

  byDocIds(docIds: readonly DocId[]): (Paper | undefined)[] {
    return this.#atOnce(() => docIds.map((docId) => this.byDocId(docId)));
  }

  /** By the id of the paper or one under which a source has it. */
  byId(id: PaperId): StoredPaper | undefined {
    const row = this.#statements.byId.get(id) ?? this.#statements.byId.get(this.#names.ownerOf(id) ?? '');
    return row && { docId: row.doc_id, paper: parseBody(row.body) };
  }

  vector(docId: DocId): Float32Array | undefined {
    const blob = this.#statements.vectorByDocId.get(docId, this.#opened);
    return blob && decodeFloat16(blob);
  }

  vectors(docIds: readonly DocId[]): (Float32Array | undefined)[] {
    return this.#atOnce(() => docIds.map((docId) => this.vector(docId)));
  }

  /** For each key at most `limit`, lowest first. */
  lookup(keys: readonly LookupKey[], limit = Number.MAX_SAFE_INTEGER): DocId[][] {
    return keys.length === 0 ? [] : this.#atOnce(() => keys.map((key) => this.#lookup(key, limit)));
  }

  #lookup({ kind, value }: LookupKey, limit: number): DocId[] {
    if (kind === 'id') return this.#names.identified(value).slice(0, limit);
    if (kind === 'doi') return this.#names.withDoi(value, limit);
    if (kind === 'named') return this.#names.naming(value, limit);
    if (kind === 'author') return this.#authoredBy(value).slice(0, limit);
    return this.#names.titled(value, limit, (docId) => this.byDocId(docId));
  }

  /** All papers by their ids, from behind an id on; to be read to its end, or left, before anything else is asked. */
  docIdsById(order: IdOrder, after?: PaperId): IterableIterator<DocId> {
    const statement = this.#statements.docIdsById[order];
    return after === undefined ? statement.all.iterate() : statement.behind.iterate(after);
  }

  /** Papers that pass a test of their text, in no order. */
  holders(test: TextTest): readonly DocId[] {
    return this.#texts?.holders(test) ?? this.#where((paper) => holdsText(paper, test));
  }

  arrivedSince(day: PartialDate): DocId[] {
    return this.#arrivals.since(day);
  }

  firstArrival(): PartialDate | undefined {
    return this.#arrivals.first();
  }

  votes(): Votes[] {
    this.#readVotes ??= votesReader(this.db);
    return this.#readVotes();
  }

  #authoredBy(name: string): DocId[] {
    const key = personKey(name);
    if (key === undefined) return [];
    const isAuthor = ({ authors }: Paper) => authors.some((author) => mayBeSamePerson(author, name));
    if (this.#texts === undefined) return this.#where(isAuthor);
    return this.#texts.authoredBy(key).filter((docId) => {
      const paper = this.byDocId(docId);
      return paper !== undefined && isAuthor(paper);
    });
  }

  /** For a store that no writer has opened since there is a text index: right, and slow. */
  #where(accepts: (paper: Paper) => boolean): DocId[] {
    const found: DocId[] = [];
    for (const page of this.papersAfter(0))
      for (const { docId, paper } of page) if (accepts(paper)) found.push(docId);
    return found;
  }

  unembedded(limit: number): Paper[] {
    return this.#statements.unembedded.all(limit).map(parseBody);
  }

  /** Papers with a docId above `after`, ascending, in pages. */
  *papersAfter(after: DocId): Generator<StoredPaper[]> {
    let last = after;
    for (;;) {
      const rows = this.#statements.papersAfter.all(last);
      if (rows.length > 0) yield rows.map((row) => ({ docId: row.doc_id, paper: parseBody(row.body) }));
      if (rows.length < PAGE_ROWS) return;
      last = rows.at(-1)?.doc_id ?? last;
    }
  }

  /** Vectors that came after a generation, in the order they came, in pages. */
  *vectorsSince(generation: number): Generator<StoredVector[]> {
    let after: [generation: number, docId: DocId] = [generation, Number.MAX_SAFE_INTEGER];
    for (;;) {
      const rows = this.#statements.vectorsSince.all(...after, this.#opened);
      if (rows.length > 0)
        yield rows.map((row) => ({ docId: row.doc_id, vector: decodeFloat16(row.vector) }));
      const last = rows.at(-1);
      if (rows.length < PAGE_ROWS || !last) return;
      after = [last.generation, last.doc_id];
    }
  }

  countVectorsSince(generation: number): number {
    return this.#statements.countVectorsSince.get(generation) ?? 0;
  }

  countPapersAfter(after: DocId): number {
    return this.#statements.countPapersAfter.get(after) ?? 0;
  }

  countRemovedSince(generation: number): number {
    return this.#statements.countRemovedSince.get(generation) ?? 0;
  }

  /** Papers that went after a generation; `paper` is undefined when that is so long ago that it is forgotten. */
  *removedSince(generation: number): Generator<RemovedPaper> {
    for (const { doc_id, body } of this.#statements.removedSince.all(generation)) {
      yield { docId: doc_id, paper: body === null ? undefined : parseBody(body) };
    }
  }

  *scan(): Generator<IndexedPaper> {
    for (const page of this.papersAfter(0)) {
      for (const { docId, paper } of page) {
        const vector = this.vector(docId);
        yield vector ? { paper, vector } : { paper };
      }
    }
  }

  close(): void {
    this.db.close();
  }
}

export function parseBody(body: string): Paper {
  return JSON.parse(body) as Paper;
}

function prepare(db: Database, vectors: string) {
  const plucked = <P extends unknown[], R>(sql: string) => db.prepare<P, R>(sql).pluck();
  const paper = 'SELECT doc_id, body FROM papers';
  // In the same statement, so that nobody can put other vectors in place between the question and the answer.
  const isOpened = `(SELECT value FROM meta WHERE key = 'index') = ?`;
  return {
    meta: db.prepare<[], { key: string; value: number | string }>('SELECT key, value FROM meta'),
    index: plucked<[], string>(`SELECT value FROM meta WHERE key = 'index'`),
    generation: plucked<[], number>(`SELECT value FROM meta WHERE key = 'generation'`),
    bodyByDocId: plucked<[DocId], string>('SELECT body FROM papers WHERE doc_id = ?'),
    byId: db.prepare<[string], { doc_id: number; body: string }>(`${paper} WHERE id = ?`),
    docIdsById: {
      ascending: {
        all: plucked<[], DocId>('SELECT doc_id FROM papers ORDER BY id'),
        behind: plucked<[string], DocId>('SELECT doc_id FROM papers WHERE id > ? ORDER BY id'),
      },
      descending: {
        all: plucked<[], DocId>('SELECT doc_id FROM papers ORDER BY id DESC'),
        behind: plucked<[string], DocId>('SELECT doc_id FROM papers WHERE id < ? ORDER BY id DESC'),
      },
    },
    vectorByDocId: plucked<[DocId, string], Buffer>(
      `SELECT vector FROM ${vectors} WHERE doc_id = ? AND ${isOpened}`,
    ),
    unembedded: plucked<[number], string>(
      'SELECT body FROM unembedded JOIN papers USING (doc_id) ORDER BY doc_id LIMIT ?',
    ),
    papersAfter: db.prepare<[DocId], { doc_id: number; body: string }>(
      `${paper} WHERE doc_id > ? ORDER BY doc_id LIMIT ${PAGE_ROWS}`,
    ),
    countPapersAfter: plucked<[DocId], number>('SELECT count(*) FROM papers WHERE doc_id > ?'),
    vectorsSince: db.prepare<[number, DocId, string], { doc_id: number; generation: number; vector: Buffer }>(
      `SELECT doc_id, generation, vector FROM ${vectors}
       WHERE (generation, doc_id) > (?, ?) AND ${isOpened} ORDER BY generation, doc_id LIMIT ${PAGE_ROWS}`,
    ),
    countVectorsSince: plucked<[number], number>(`SELECT count(*) FROM ${vectors} WHERE generation > ?`),
    countRemovedSince: plucked<[number], number>('SELECT count(*) FROM removed WHERE generation > ?'),
    removedSince: db.prepare<[number], { doc_id: number; body: string | null }>(
      'SELECT doc_id, body FROM removed WHERE generation > ?',
    ),
  };
}
