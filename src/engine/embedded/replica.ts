/**
 * What is searched: posting lists, columns, codes and the graph, all in memory and all derived from papers.db.
 * A replica starts from a snapshot or from nothing and catches up with the store; catching up is the only way in
 * which it changes, so a start, an import and a running server all go the same way.
 */
import type { Paper } from '../../paper/paper.ts';
import type {
  LexicalOptions,
  Listing,
  ListOptions,
  SemanticOptions,
  VectorSpace,
  WeightedTerm,
} from '../engine.ts';
import type { FacetOptions, Facets } from '../facets.ts';
import type { Filter } from '../filter.ts';
import { indexedText } from '../indexed-text.ts';
import { type DocId, EMPTY_RANKING, type LexicalRanking, type Ranking } from '../ranking.ts';
import { recencyWeight } from '../recency.ts';
import type { ByDateOptions, ResultSet } from '../result-set.ts';
import { type AllowedPapers, AllowedPapersCache, type FilterSource } from './allowed-papers.ts';
import { Columns } from './columns.ts';
import { FacetCounter } from './facet-counter.ts';
import { GraphLinks } from './graph-links.ts';
import { GraphWalk } from './graph-walk.ts';
import { LexicalIndex } from './lexical-index.ts';
import type { PaperStore } from './paper-store.ts';
import type { ProgressListener } from './progress.ts';
import { MOST_RESCORED, rescored } from './rescored.ts';
import { membersOf, rankByDate } from './result-members.ts';
import { Slices } from './slices.ts';
import { TopK } from './top-k.ts';
import { Traits } from './traits.ts';
import { VectorCodes } from './vector-codes.ts';
import { type PaperReader, Works } from './works.ts';

export interface ReplicaParts {
  readonly columns: Columns;
  readonly lexical: LexicalIndex;
  readonly codes: VectorCodes;
  readonly links: GraphLinks;
  readonly traits: Traits;
  readonly works: Works;
  readonly generation: number;
}

/** What of papers.db is needed to answer: what some filters ask, and vectors as they are stored. */
export type ReplicaSource = FilterSource & Pick<PaperStore, 'vectors'>;

interface WithSource {
  readonly source: ReplicaSource;
}

export interface CatchUpOptions {
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Least beam of a walk: recall@10 of .996 on 100,000 papers. */
export const LEAST_BEAM = 200;
/**
 * How many papers can be scanned in the time that widening a walk's beam by one costs, measured at 100,000 papers.
 * See docs/decisions/vector-search.md.
 */
const SCANNED_PER_BEAM_STEP = 60;
export class Replica {
  readonly columns: Columns;
  readonly lexical: LexicalIndex;
  readonly codes: VectorCodes;
  readonly traits: Traits;
  readonly works: Works;
  readonly #facetCounter: FacetCounter;
  readonly #allowed: AllowedPapersCache;
  #walk: GraphWalk;
  /** Papers with a vector that the graph does not hold, because they came after it was built. */
  #unlinked: DocId[] = [];
  #generation: number;

  constructor(parts: ReplicaParts) {
    this.columns = parts.columns;
    this.lexical = parts.lexical;
    this.codes = parts.codes;
    this.traits = parts.traits;
    this.works = parts.works;
    this.#generation = parts.generation;
    this.#allowed = new AllowedPapersCache(this);
    this.#facetCounter = new FacetCounter(parts.columns, parts.traits);
    this.#walk = new GraphWalk(parts.links, parts.codes);
    this.#unlinked = this.#withoutLinks();
  }

  static empty({ dimensions }: VectorSpace): Replica {
    return new Replica({
      columns: new Columns(),
      lexical: new LexicalIndex(),
      codes: new VectorCodes(dimensions),
      links: GraphLinks.NONE,
      traits: new Traits(),
      works: new Works(),
      generation: 0,
    });
  }

  /** Everything the store had committed up to this generation is in here. */
  get generation(): number {
    return this.#generation;
  }

  lexicalSearch(
    terms: readonly WeightedTerm[],
    { filter, limit, also = [], freshOn, source }: LexicalOptions & WithSource,
  ): LexicalRanking {
    const weightOf =
      freshOn === undefined ? undefined : (docId: DocId) => recencyWeight(this.columns.day(docId), freshOn);
    return this.lexical.search(terms, this.#allowed.for(filter, source).mask, { limit, also, weightOf });
  }

  facets(set: ResultSet, { source, ...options }: FacetOptions & WithSource): Facets {
    return this.#facetCounter.count(this.#members(set, source), options);
  }

  byDate(set: ResultSet, { source, ...options }: ByDateOptions & WithSource): Ranking {
    return rankByDate(this.columns, this.#members(set, source), options);
  }

  /** The other live papers of the same work. */
  othersOf(docId: DocId): DocId[] {
    return this.works.othersOf(docId, (other) => this.columns.isLive(other));
  }

  newest({ filter, limit, source }: ListOptions & WithSource): Listing {
    const { count, docIds } = this.#allowed.for(filter, source);
    return { docIds: this.columns.newest(docIds(), limit), total: count };
  }

  allowedBy(filter: Filter, source: ReplicaSource): AllowedPapers {
    return this.#allowed.for(filter, source);
  }

  semanticSearch(vector: Float32Array, { filter, limit, source }: SemanticOptions & WithSource): Ranking {
    const allowed = this.#allowed.for(filter, source);
    if (allowed.count === 0) return EMPTY_RANKING;
    const found = this.#isScanCheaper(allowed, limit)
      ? this.codes.nearest(vector, allowed.docIds(), Math.max(limit, MOST_RESCORED))
      : this.#walkAndScan(vector, allowed, Math.max(limit, LEAST_BEAM));
    return rescored(vector, found, { limit, source });
  }

  get links(): GraphLinks {
    return this.#walk.links;
  }

  /** How many papers are compared one by one because the graph is older than they are. */
  get unlinked(): number {
    return this.#unlinked.length;
  }

  /** Walks a newer graph of the same store from now on. */
  adopt(links: GraphLinks): void {
    this.#walk = new GraphWalk(links, this.codes);
    this.#unlinked = this.#withoutLinks();
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
    this.#forgetPapers();
    this.#generation = target;
  }

  /** Before following: what would hold the event loop when the first papers come is done at the start. */
  prepareToGrow(): void {
    this.columns.prepareToGrow();
    this.works.prepareToGrow();
    this.#facetCounter.prepareToGrow();
  }

  async #addPapers(store: PaperStore, { slices, onProgress }: CatchUpStep): Promise<void> {
    const after = this.columns.length - 1;
    const total = onProgress ? store.countPapersAfter(after) : 0;
    let done = 0;
    for (const page of store.papersAfter(after)) {
      for (const { docId, paper } of page) {
        this.#addPaper(docId, paper, (other) =>
          this.columns.isLive(other) ? store.byDocId(other) : undefined,
        );
        if (slices.isSpent()) await this.#turn(slices);
      }
      done += page.length;
      onProgress?.({ stage: 'words', done, total });
    }
  }

  async #addVectors(store: PaperStore, { slices, onProgress }: CatchUpStep): Promise<void> {
    const total = store.countVectorsSince(this.#generation);
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
    // Questions asked between slices must see masks and totals that fit the columns.
    this.#forgetPapers();
    await slices.next();
  }

  #forgetPapers(): void {
    this.#allowed.clear();
    this.#facetCounter.forgetTotals();
  }

  #members(set: ResultSet, source: ReplicaSource): Uint32Array {
    return membersOf(this.lexical, this.#allowed.for(set.filter, source), set);
  }

  #addPaper(docId: DocId, paper: Paper, read: PaperReader): void {
    this.lexical.add(docId, indexedText(paper));
    this.traits.set(docId, paper);
    this.works.add(docId, paper, read);
    this.columns.add(docId, paper);
  }

  #addVector(docId: DocId, vector: Float32Array): void {
    if (this.codes.has(docId) || !this.columns.isLive(docId)) return;
    this.codes.set(docId, vector);
    if (!this.links.has(docId)) this.#unlinked.push(docId);
  }

  #remove(docId: DocId, paper: Paper | undefined): void {
    if (!this.columns.isLive(docId)) return;
    this.columns.remove(docId);
    // Its code stays: walks go through it until the graph is built anew.
    this.lexical.remove(docId, paper && indexedText(paper));
  }

  /** The papers of the graph by walking it, and those that came after it one by one. */
  #walkAndScan(vector: Float32Array, { mask }: AllowedPapers, beam: number): Ranking {
    const walked = this.#walk.nearest(vector, { beam, allowed: mask });
    const others = Uint32Array.from(this.#unlinked.filter((docId) => mask[docId] === 1));
    if (others.length === 0) return walked;
    const scanned = this.codes.nearest(vector, others, beam);
    const best = new TopK(Math.min(beam, walked.docIds.length + others.length));
    for (const { docIds, scores } of [walked, scanned]) {
      docIds.forEach((docId, at) => {
        best.offer(docId, scores[at] ?? 0);
      });
    }
    return best.take();
  }

  #withoutLinks(): DocId[] {
    const docIds: DocId[] = [];
    for (let docId = 0; docId < this.columns.length; docId++) {
      if (this.codes.has(docId) && !this.links.has(docId) && this.columns.isLive(docId)) docIds.push(docId);
    }
    return docIds;
  }

  /**
   * A filter that lets one paper in s through makes the graph walk s times as far, while a scan reads just the
   * papers that pass; so the scan wins below sqrt(60 * beam * papers) papers.
   */
  #isScanCheaper({ count }: AllowedPapers, limit: number): boolean {
    if (count <= limit || this.links.size === 0) return true;
    const beam = Math.max(limit, LEAST_BEAM);
    return count * count < SCANNED_PER_BEAM_STEP * beam * this.columns.liveCount;
  }
}

interface CatchUpStep {
  readonly slices: Slices;
  readonly onProgress: ProgressListener | undefined;
}
