/**
 * The embedded engine for reading: SQLite for the papers, a replica for everything that is ranked.
 */
import type { SourceRecord } from '../../paper/merge-records.ts';
import type { Paper, PaperId } from '../../paper/paper.ts';
import type { Completions } from '../completion.ts';
import { byDay } from '../day-counts.ts';
import type {
  DayCount,
  EngineReader,
  EngineStatus,
  IndexedPaper,
  LexicalOptions,
  ListByIdOptions,
  Listing,
  ListOptions,
  LookupKey,
  SemanticOptions,
  TermStatistics,
  VectorSpace,
  Votes,
  WeightedTerm,
} from '../engine.ts';
import type { FacetOptions, Facets } from '../facets.ts';
import type { Filter } from '../filter.ts';
import type { DocId, LexicalRanking, Ranking } from '../ranking.ts';
import { requireVector } from '../require-vector.ts';
import type { ByDateOptions, ResultSet } from '../result-set.ts';
import { bytesOnDisk } from './index-folder.ts';
import { listById } from './list-by-id.ts';
import type { PaperStore } from './paper-store.ts';
import { RecordReader } from './record-store.ts';
import type { Replica } from './replica.ts';
import { SuggestionReader } from './suggestion-reader.ts';

/** A docId that no paper has. */
const NOBODY = 0xffff_ffff;

export class EmbeddedReader implements EngineReader {
  readonly space: VectorSpace;
  protected readonly dir: string;
  protected readonly store: PaperStore;
  readonly #replica: () => Promise<Replica>;
  readonly #refresh: () => Promise<unknown>;
  readonly #onClose: () => Promise<void>;
  #suggestions: SuggestionReader | undefined;
  #records: RecordReader | undefined;

  /** `replica` gives the replica as fresh as this reader promises, `refresh` makes it as fresh as the store; `onClose` runs before the store closes. */
  constructor(options: {
    readonly dir: string;
    readonly space: VectorSpace;
    readonly store: PaperStore;
    readonly replica: () => Promise<Replica>;
    readonly refresh: () => Promise<unknown>;
    readonly onClose: () => Promise<void>;
  }) {
    this.dir = options.dir;
    this.space = options.space;
    this.store = options.store;
    this.#replica = options.replica;
    this.#refresh = options.refresh;
    this.#onClose = options.onClose;
  }

  async get(ids: readonly PaperId[]): Promise<(Paper | undefined)[]> {
    return ids.map((id) => this.store.byId(id)?.paper);
  }

  async records(ids: readonly PaperId[]): Promise<SourceRecord[][]> {
    this.#records ??= new RecordReader(this.store.db);
    const records = this.#records;
    return ids.map((id) => {
      const stored = this.store.byId(id);
      return stored ? records.recordsOf(stored.paper) : [];
    });
  }

  async papers(docIds: readonly DocId[]): Promise<(Paper | undefined)[]> {
    return this.store.byDocIds(docIds);
  }

  async lookup(keys: readonly LookupKey[], limit?: number): Promise<DocId[][]> {
    return this.store.lookup(keys, limit);
  }

  async lexical(terms: readonly WeightedTerm[], options: LexicalOptions): Promise<LexicalRanking> {
    return (await this.#replica()).lexicalSearch(terms, { ...options, source: this.store });
  }

  async semantic(vector: Float32Array, options: SemanticOptions): Promise<Ranking> {
    requireVector(vector, this.space);
    return (await this.#replica()).semanticSearch(vector, { ...options, source: this.store });
  }

  async newest(options: ListOptions): Promise<Listing> {
    return (await this.#replica()).newest({ ...options, source: this.store });
  }

  async listById(options: ListByIdOptions): Promise<Listing> {
    const replica = await this.#replica();
    return listById(replica.allowedBy(options.filter, this.store), options, this.store);
  }

  async calendar(filter: Filter): Promise<DayCount[]> {
    const replica = await this.#replica();
    return byDay(replica.columns.countDays(replica.allowedBy(filter, this.store).docIds()));
  }

  async votes(filter: Filter): Promise<Votes[]> {
    const { mask } = (await this.#replica()).allowedBy(filter, this.store);
    return this.store.votes().filter(({ docId }) => mask[docId] === 1);
  }

  async facets(set: ResultSet, options: FacetOptions): Promise<Facets> {
    return (await this.#replica()).facets(set, { ...options, source: this.store });
  }

  async byDate(set: ResultSet, options: ByDateOptions): Promise<Ranking> {
    return (await this.#replica()).byDate(set, { ...options, source: this.store });
  }

  async sameWorks(docIds: readonly DocId[]): Promise<DocId[][]> {
    const replica = await this.#replica();
    return docIds.map((docId) => replica.othersOf(docId));
  }

  async days(docIds: Iterable<DocId>): Promise<Uint32Array> {
    const { columns } = await this.#replica();
    return Uint32Array.from(docIds, (docId) => columns.day(docId));
  }

  async lastDocId(): Promise<DocId> {
    const { columns } = await this.#replica();
    return Math.max(0, columns.length - 1);
  }

  async similarities(docIds: readonly DocId[]): Promise<Float32Array> {
    const { codes, columns } = await this.#replica();
    // The codes of a paper that was removed stay until they are overwritten.
    return codes.similarities(docIds.map((docId) => (columns.isLive(docId) ? docId : NOBODY)));
  }

  async statistics(terms: readonly string[]): Promise<TermStatistics> {
    const { columns, lexical } = await this.#replica();
    return {
      papers: columns.liveCount,
      documentFrequencies: terms.map((term) => lexical.documentFrequency(term)),
    };
  }

  async vectors(ids: readonly PaperId[]): Promise<(Float32Array | undefined)[]> {
    return ids.map((id) => {
      const stored = this.store.byId(id);
      return stored && this.store.vector(stored.docId);
    });
  }

  async vectorsOf(docIds: readonly DocId[]): Promise<(Float32Array | undefined)[]> {
    return this.store.vectors(docIds);
  }

  async complete(typed: readonly string[], limit: number): Promise<Completions> {
    this.#suggestions ??= new SuggestionReader(this.store.db);
    return this.#suggestions.complete(typed, limit, this.store.generation());
  }

  async *scan(): AsyncIterable<IndexedPaper> {
    yield* this.store.scan();
  }

  async status(): Promise<EngineStatus> {
    const founded = this.store.firstArrival();
    const bytes = bytesOnDisk(this.dir);
    const { index } = this.store.identity();
    return { index, ...this.store.counts(), space: this.space, ...(founded && { founded }), bytes };
  }

  async refresh(): Promise<void> {
    await this.#refresh();
  }

  async close(): Promise<void> {
    if (!this.store.db.open) return;
    await this.#onClose();
    this.store.close();
  }
}
