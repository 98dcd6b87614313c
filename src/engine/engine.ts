/**
 * The Engine port: what stores papers and retrieves them. `search` sees an EngineReader, `indexer` an Engine,
 * and nobody sees what is behind. Fusion, exact hits, passages and explanations are not here: they belong to
 * `search`, so that they read the same whatever the engine.
 * One contract suite (`tests/engine/contract.ts`) runs against every implementation.
 */
import type { SourceRecord } from '../paper/merge-records.ts';
import type { Paper, PaperId, PartialDate } from '../paper/paper.ts';
import type { Completions } from './completion.ts';
import type { FacetOptions, Facets } from './facets.ts';
import type { Filter } from './filter.ts';
import type { DocId, LexicalRanking, Ranking } from './ranking.ts';
import type { ByDateOptions, ResultSet } from './result-set.ts';
import type { WeightedTerm } from './weighted-term.ts';

export type { WeightedTerm } from './weighted-term.ts';

/** What the vectors of an index are; equal fingerprints mean comparable vectors. */
export interface VectorSpace {
  readonly name: string;
  readonly dimensions: number;
  readonly fingerprint: string;
  /** What finds the model again: a name, a folder, an address on the hub. Absent in indexes that never knew it. */
  readonly source?: string;
}

export interface IndexedPaper {
  readonly paper: Paper;
  /** Unit length, `dimensions` floats. Without it the paper is found by keyword only until it is embedded. */
  readonly vector?: Float32Array;
  /**
   * What sources say of it, each under its own id; those that are stored are kept when none are given. `scan` leaves
   * them out. What a source says under an id belongs to one paper.
   */
  readonly records?: readonly SourceRecord[];
  /** The day it comes into the index, `YYYY-MM-DD`. Of a paper that is there already, the day it came is kept. */
  readonly arrived?: PartialDate;
}

/** How many papers are of one day. */
export interface DayCount {
  /** `YYYY-MM-DD`. */
  readonly day: PartialDate;
  readonly count: number;
}

/** What a crowd made of a paper, as far as a source has told. */
export interface Votes {
  readonly docId: DocId;
  readonly upvotes: number;
  readonly comments: number;
}

export interface LexicalOptions {
  readonly filter: Filter;
  readonly limit: number;
  /** Papers whose lexical score is wanted even when they rank below `limit`. */
  readonly also?: readonly DocId[];
  /**
   * A day as `dayNumber` gives it: the ranking is by score times `recencyWeight` then, and holds that product. The
   * scores of `also` stay as they are.
   */
  readonly freshOn?: number;
}

export interface ListOptions {
  readonly filter: Filter;
  readonly limit: number;
}

export type SemanticOptions = ListOptions;

export type IdOrder = 'ascending' | 'descending';

export interface ListByIdOptions extends ListOptions {
  readonly order: IdOrder;
  /** Begins behind this id, whether or not there is such a paper. */
  readonly after?: PaperId;
}

/**
 * How a person may name papers exactly. `id` is that of the paper or one under which a source has it; `named` is an
 * id that one of its sources names, as its own, as a DOI or by an address. `title` is a `titleKey`, of the paper or
 * of what a source says. `doi` is that of the paper, in lower case. `author` is the name of one of the authors in any
 * way it may be written (`mayBeSamePerson`).
 */
export interface LookupKey {
  readonly kind: 'id' | 'named' | 'doi' | 'title' | 'author';
  readonly value: string;
}

/** Papers in an order that no question made. */
export interface Listing {
  readonly docIds: Uint32Array;
  /** How many there are, whatever was the limit. */
  readonly total: number;
}

export interface TermStatistics {
  /** Papers in the index. */
  readonly papers: number;
  /** For each term asked, the number of papers that hold it. */
  readonly documentFrequencies: readonly number[];
}

export interface EngineStatus {
  /** Names this index with these vectors: another one when the papers were embedded anew. */
  readonly index: string;
  readonly papers: number;
  /** Papers that have a vector. */
  readonly embedded: number;
  /** Grows with every committed change. */
  readonly generation: number;
  readonly space: VectorSpace;
  /** The first day on which a paper came, of those whose arrival was noted. */
  readonly founded?: PartialDate;
  /** Bytes on disk; 0 for an engine in memory. */
  readonly bytes: number;
}

export interface EngineReader {
  readonly space: VectorSpace;
  /** By the id of the paper or one under which a source has it. */
  get(ids: readonly PaperId[]): Promise<(Paper | undefined)[]>;
  /** For each id, as for `get`, what its sources say, by their names and ids; empty where nothing is known. */
  records(ids: readonly PaperId[]): Promise<SourceRecord[][]>;
  /** The papers behind hits, in the order asked; undefined where one was removed since. */
  papers(docIds: readonly DocId[]): Promise<(Paper | undefined)[]>;
  /** For each key the docIds it names, lowest first, at most `limit` of them; empty where none. */
  lookup(keys: readonly LookupKey[], limit?: number): Promise<DocId[][]>;
  /** Papers that hold at least one of the terms, by BM25. */
  lexical(terms: readonly WeightedTerm[], options: LexicalOptions): Promise<LexicalRanking>;
  /** The nearest papers by cosine similarity, at most `limit`. */
  semantic(vector: Float32Array, options: SemanticOptions): Promise<Ranking>;
  /** The newest papers that pass, by `recency`, and how many pass at all. */
  newest(options: ListOptions): Promise<Listing>;
  /** The days that papers which pass are of, ascending; papers known to the month or year are of none. */
  calendar(filter: Filter): Promise<DayCount[]>;
  /** Of the papers that pass, those whose upvotes or comments a source has counted, if only as 0; by docId. */
  votes(filter: Filter): Promise<Votes[]>;
  /** The papers that pass by their ids, compared as UTF-8, and how many pass at all, those up to `after` included. */
  listById(options: ListByIdOptions): Promise<Listing>;
  /** Counts over the whole result set, exactly. */
  facets(set: ResultSet, options: FacetOptions): Promise<Facets>;
  /**
   * The head of a result set by date, papers without a date last in either order, ties by lower docId. A paper known
   * to the year or month stands where its first day does. Scores rise towards the head and mean nothing else.
   */
  byDate(set: ResultSet, options: ByDateOptions): Promise<Ranking>;
  /**
   * For each paper the others that are the same work (`paper/same-work.ts`), directly or through one another,
   * ascending; filters do not matter. Empty for most.
   */
  sameWorks(docIds: readonly DocId[]): Promise<DocId[][]>;
  /** The first day each paper can be of, as `dayNumber` gives it; 0 where there is no date. */
  days(docIds: Iterable<DocId>): Promise<Uint32Array>;
  /** Papers that are added from now on have higher docIds; 0 where none ever was. */
  lastDocId(): Promise<DocId>;
  /**
   * The cosine of every pair of the papers, as a square matrix row by row; 0 where one of the two has no vector,
   * and so 0 on the diagonal too. Off by at most what the engine's rounding of vectors explains.
   */
  similarities(docIds: readonly DocId[]): Promise<Float32Array>;
  statistics(terms: readonly string[]): Promise<TermStatistics>;
  vectors(ids: readonly PaperId[]): Promise<(Float32Array | undefined)[]>;
  /** The vectors of the papers behind hits; undefined where there is none, or the paper was removed since. */
  vectorsOf(docIds: readonly DocId[]): Promise<(Float32Array | undefined)[]>;
  /**
   * At most `limit` titles, authors and categories that go on from what is typed, by `completion.ts`. `typed` is
   * one word of `nameTokens` at least.
   */
  complete(typed: readonly string[], limit: number): Promise<Completions>;
  /** Every paper with its vector, ordered by docId. */
  scan(): AsyncIterable<IndexedPaper>;
  status(): Promise<EngineStatus>;
  /** Resolves when everything that was committed before the call, by whomever, is found. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface Engine extends EngineReader {
  /**
   * Adds papers, or replaces those with the same id. Durable when it resolves; doing it twice is doing it once.
   * A stored vector is kept when none is given and the embedded text is the same.
   * The papers `gone` are taken out in the same step, because others of the batch are now what they were; a vector of
   * theirs is kept for a paper with their text.
   */
  upsert(batch: readonly IndexedPaper[], gone?: readonly PaperId[]): Promise<void>;
  /** Gives stored papers their vectors; ids that are not stored are passed over. */
  attachVectors(batch: readonly { readonly id: PaperId; readonly vector: Float32Array }[]): Promise<void>;
  /** Up to `limit` stored papers that have no vector yet, oldest first. */
  unembedded(limit: number): Promise<Paper[]>;
  /** Ids as for `get`. Resolves to the number of papers that were there. */
  remove(ids: readonly PaperId[]): Promise<number>;
  /** Makes what a later start loads as fresh as the store. Without it nothing is lost, only slower to open. */
  checkpoint(onProgress?: (done: number, total: number) => void): Promise<void>;
}
