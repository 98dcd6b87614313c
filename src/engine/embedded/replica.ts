/**
 * What is searched: posting lists, columns, codes and the graph, all in memory and all derived from papers.db.
 * A replica starts from a snapshot or from nothing and catches up with the store; catching up is the only way in
 * which it changes, so a start, an import and a running server all go the same way.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Paper } from '../../paper/paper.ts';
import { dot } from '../../vector/dot.ts';
import type {
  LexicalOptions,
  Listing,
  ListOptions,
  SemanticOptions,
  VectorSpace,
  WeightedTerm,
} from '../engine.ts';
import { indexedText } from '../indexed-text.ts';
import { type DocId, EMPTY_RANKING, type LexicalRanking, type Ranking } from '../ranking.ts';
import { type AllowedPapers, AllowedPapersCache, type FilterSource } from './allowed-papers.ts';
import { Columns } from './columns.ts';
import { HNSW_MIN_EF, HnswGraph } from './hnsw-graph.ts';
import { LexicalIndex } from './lexical-index.ts';
import type { PaperStore } from './paper-store.ts';
import type { ProgressListener } from './progress.ts';
import { TopK } from './top-k.ts';
import { VectorCodes } from './vector-codes.ts';

export interface ReplicaParts {
  readonly columns: Columns;
  readonly lexical: LexicalIndex;
  readonly codes: VectorCodes;
  readonly graph: HnswGraph;
  readonly generation: number;
  readonly withGraph?: boolean;
}

/** What of papers.db is needed to answer: what some filters ask, and vectors as they are stored. */
export type ReplicaSource = FilterSource & Pick<PaperStore, 'vector'>;

interface WithSource {
  readonly source: ReplicaSource;
}

export interface CatchUpOptions {
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A slice of catching up must leave the event loop free again well within 20 ms. */
const SLICE_MS = 8;
/**
 * How many papers can be scanned in the time that widening the graph's beam by one costs: 5.5 us against 40 ns a
 * paper, measured at 100,000 papers. See docs/decisions/vector-search.md.
 */
const SCANNED_PER_BEAM_STEP = 137;
/** Growing the graph takes tens of milliseconds, so a follower has room for a tenth more from the start. */
const ROOM_TO_FOLLOW = 1.1;
/** Of the papers nearest by codes, how many are compared exactly: a read from SQLite each, some microseconds. */
const RESCORED = 24;

export class Replica {
  readonly columns: Columns;
  readonly lexical: LexicalIndex;
  readonly codes: VectorCodes;
  readonly graph: HnswGraph;
  readonly #withGraph: boolean;
  readonly #allowed: AllowedPapersCache;
  #generation: number;

  constructor(parts: ReplicaParts) {
    this.columns = parts.columns;
    this.lexical = parts.lexical;
    this.codes = parts.codes;
    this.graph = parts.graph;
    this.#generation = parts.generation;
    this.#withGraph = parts.withGraph ?? true;
    this.#allowed = new AllowedPapersCache(this.columns, this.lexical);
  }

  /** `withGraph: false` leaves the graph empty for good, for comparing the rest in a fraction of the time. */
  static empty({ dimensions }: VectorSpace, { withGraph = true }: { withGraph?: boolean } = {}): Replica {
    return new Replica({
      columns: new Columns(),
      lexical: new LexicalIndex(),
      codes: new VectorCodes(dimensions),
      graph: HnswGraph.empty(dimensions),
      generation: 0,
      withGraph,
    });
  }

  /** Everything the store had committed up to this generation is in here. */
  get generation(): number {
    return this.#generation;
  }

  lexicalSearch(
    terms: readonly WeightedTerm[],
    { filter, limit, also = [], source }: LexicalOptions & WithSource,
  ): LexicalRanking {
    return this.lexical.search(terms, this.#allowed.for(filter, source).mask, { limit, also });
  }

  newest({ filter, limit, source }: ListOptions & WithSource): Listing {
    const { count, docIds } = this.#allowed.for(filter, source);
    return { docIds: this.columns.newest(docIds(), limit), total: count };
  }

  semanticSearch(vector: Float32Array, { filter, limit, source }: SemanticOptions & WithSource): Ranking {
    const allowed = this.#allowed.for(filter, source);
    if (allowed.count === 0) return EMPTY_RANKING;
    if (this.#isScanCheaper(allowed, limit)) return this.#scan(vector, allowed.docIds(), { limit, source });
    const { mask } = allowed;
    const accepts = allowed.isFiltered ? (docId: DocId) => mask[docId] === 1 : undefined;
    return this.graph.nearest(vector, limit, { accepts });
  }

  /**
   * Applies what the store has committed since, in slices between which the event loop turns. Idempotent: what is
   * read twice changes nothing. Must not run twice at the same time.
   */
  async catchUp(store: PaperStore, { onProgress, signal }: CatchUpOptions = {}): Promise<void> {
    const target = store.generation();
    if (target === this.#generation) return;
    const slices = new Slices(signal);
    for (const { docId, paper } of store.removedSince(this.#generation)) this.#remove(docId, paper);
    await this.#addPapers(store, { slices, onProgress });
    await this.#addVectors(store, { slices, onProgress });
    this.#allowed.clear();
    this.#generation = target;
  }

  /** By codes, then the head once more by the stored vectors: rounding must not decide who is tenth. */
  #scan(
    vector: Float32Array,
    docIds: Uint32Array,
    { limit, source }: { readonly limit: number } & WithSource,
  ): Ranking {
    const found = this.codes.nearest(vector, docIds, Math.max(limit, RESCORED));
    const best = new TopK(Math.min(limit, found.docIds.length));
    for (const [at, docId] of found.docIds.entries()) {
      const stored = at < RESCORED ? source.vector(docId) : undefined;
      best.offer(docId, stored ? dot(vector, stored) : (found.scores[at] ?? 0));
    }
    return best.take();
  }

  /** Before following: what would hold the event loop when the first papers come is done at the start. */
  prepareToGrow(): void {
    this.columns.prepareToGrow();
    this.graph.reserve(Math.ceil((this.graph.size + this.graph.deleted) * ROOM_TO_FOLLOW));
  }

  async #addPapers(store: PaperStore, { slices, onProgress }: CatchUpStep): Promise<void> {
    const after = this.columns.length - 1;
    const total = onProgress ? store.countPapersAfter(after) : 0;
    let done = 0;
    for (const page of store.papersAfter(after)) {
      for (const { docId, paper } of page) {
        this.#addPaper(docId, paper);
        if (slices.isSpent()) await this.#turn(slices);
      }
      done += page.length;
      onProgress?.({ stage: 'words', done, total });
    }
  }

  async #addVectors(store: PaperStore, { slices, onProgress }: CatchUpStep): Promise<void> {
    const total = store.countVectorsSince(this.#generation);
    if (this.#withGraph) this.graph.reserve(this.graph.size + this.graph.deleted + total);
    let done = 0;
    for (const page of store.vectorsSince(this.#generation)) {
      for (const { docId, vector } of page) {
        this.#addVector(docId, vector);
        done++;
        if (slices.isSpent()) await this.#turn(slices);
      }
      onProgress?.({ stage: 'vectors', done, total });
    }
  }

  async #turn(slices: Slices): Promise<void> {
    // Questions asked between slices must see masks that fit the columns.
    this.#allowed.clear();
    await slices.next();
  }

  #addPaper(docId: DocId, paper: Paper): void {
    this.lexical.add(docId, indexedText(paper));
    this.columns.add(docId, paper);
  }

  #addVector(docId: DocId, vector: Float32Array): void {
    if (this.codes.has(docId) || !this.columns.isLive(docId)) return;
    this.codes.set(docId, vector);
    if (this.#withGraph) this.graph.add(docId, vector);
  }

  #remove(docId: DocId, paper: Paper | undefined): void {
    if (!this.columns.isLive(docId)) return;
    this.columns.remove(docId);
    this.lexical.remove(docId, paper && indexedText(paper));
    if (!this.codes.has(docId)) return;
    this.codes.clear(docId);
    this.graph.delete(docId);
  }

  /**
   * A filter that lets one paper in s through makes the graph walk s times as far, while a scan reads just the
   * papers that pass; so the scan wins below sqrt(137 * beam * papers) papers.
   */
  #isScanCheaper({ count, isFiltered }: AllowedPapers, limit: number): boolean {
    if (count <= limit) return true;
    const beam = Math.max(limit, HNSW_MIN_EF);
    return isFiltered && count * count < SCANNED_PER_BEAM_STEP * beam * this.columns.liveCount;
  }
}

interface CatchUpStep {
  readonly slices: Slices;
  readonly onProgress: ProgressListener | undefined;
}

/** Cuts long work into pieces of a few milliseconds. */
class Slices {
  readonly #signal: AbortSignal | undefined;
  #end = performance.now() + SLICE_MS;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  isSpent(): boolean {
    return performance.now() >= this.#end;
  }

  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await nextTurn();
    this.#end = performance.now() + SLICE_MS;
  }
}
