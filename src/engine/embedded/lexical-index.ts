/**
 * Ranked retrieval by words: BM25 over posting lists in memory, every posting scored, nothing pruned.
 * A question of common words matches two papers in three; adding all of them up takes half a millisecond at
 * 100,000 papers, gives the exact total, and leaves any paper's score to be looked up afterwards.
 */
import { inverseDocumentFrequency, lengthNorm } from '../bm25.ts';
import type { WeightedTerm } from '../engine.ts';
import type { IndexedText } from '../indexed-text.ts';
import type { DocId, LexicalRanking } from '../ranking.ts';
import { grown } from './grow.ts';
import { decodeRun, PostingLists, type PostingSections } from './posting-lists.ts';
import { ScoreBoard } from './score-board.ts';
import { StringTable, type StringTableSections } from './string-table.ts';

export interface LexicalSections extends PostingSections {
  readonly terms: StringTableSections;
  /** Indexed length by docId. */
  readonly lengths: Uint16Array;
}

/** One byte a docId: 1 where the paper may be found, 0 elsewhere and beyond the end. */
export type Allowed = Uint8Array;

export interface LexicalSearchOptions {
  readonly limit: number;
  readonly also?: readonly DocId[];
  /** A factor of at most 1 on the score of each paper, for the order of the ranking. */
  readonly weightOf?: ((docId: DocId) => number) | undefined;
}

export class LexicalIndex {
  readonly #terms: StringTable;
  readonly #postings: PostingLists;
  #lengths: Uint16Array;
  #papers = 0;
  #totalLength = 0;
  /** By term, how many postings are of papers that were removed. */
  readonly #gone = new Map<number, number>();
  readonly #board = new ScoreBoard();
  #length = 0;
  #longest = 0;
  /** The average length and the number of docIds for which the board has norms. */
  #normsFor = -1;
  #normsLength = -1;
  /** The terms whose sums are on the board, as long as they hold: those who ask again hand in the same array. */
  #scored: readonly WeightedTerm[] | undefined;

  /** `isLive` is asked once for every docId of the sections. */
  constructor(sections?: LexicalSections, isLive: (docId: DocId) => boolean = () => true) {
    this.#terms = new StringTable(sections?.terms);
    this.#postings = new PostingLists(sections);
    this.#lengths = sections?.lengths ?? new Uint16Array(0);
    this.#length = this.#lengths.length;
    for (let docId = 0; docId < this.#lengths.length; docId++) {
      if (isLive(docId)) this.#count(docId, 1);
    }
  }

  /** `docId` must be above all before it. */
  add(docId: DocId, text: IndexedText): void {
    this.#lengths = grown(this.#lengths, docId + 1);
    this.#lengths[docId] = text.length;
    this.#length = docId + 1;
    this.#count(docId, 1);
    for (const [term, frequency] of text.frequencies) {
      this.#postings.append(this.#terms.intern(term), docId, frequency);
    }
  }

  /**
   * Takes a paper out of the counts; its postings stay until the next compaction and are masked until then.
   * Without its text the document frequencies of its words stay one too high until then.
   */
  remove(docId: DocId, text: IndexedText | undefined): void {
    this.#count(docId, -1);
    for (const term of text?.frequencies.keys() ?? []) {
      const ordinal = this.#terms.ordinal(term);
      if (ordinal !== undefined) this.#gone.set(ordinal, (this.#gone.get(ordinal) ?? 0) + 1);
    }
  }

  documentFrequency(term: string): number {
    const ordinal = this.#terms.ordinal(term);
    return ordinal === undefined ? 0 : this.#holders(ordinal);
  }

  /** Sets `into[docId]` to 1 for every paper that holds the term, removed ones included. */
  markHolders(term: string, into: Uint8Array): void {
    const ordinal = this.#terms.ordinal(term);
    if (ordinal === undefined) return;
    this.#postings.visitRuns(ordinal, (bytes, start, end) => {
      decodeRun(bytes, start, end, (docId) => {
        into[docId] = 1;
      });
    });
  }

  /** The best `limit` of the allowed papers, how many hold a term at all, and the scores of `also`. */
  search(
    terms: readonly WeightedTerm[],
    allowed: Allowed,
    { limit, also = [], weightOf }: LexicalSearchOptions,
  ): LexicalRanking {
    this.#scoreAll(terms);
    return { ...this.#board.best(allowed, limit, weightOf), alsoScores: this.#board.scores(also, allowed) };
  }

  /** Every allowed paper that holds one of the terms, ascending. */
  members(terms: readonly WeightedTerm[], allowed: Allowed): Uint32Array {
    this.#scoreAll(terms);
    return this.#board.members(allowed);
  }

  /** The state as a snapshot holds it, without the papers that are not live. */
  compacted(isLive: (docId: DocId) => boolean, length: number): LexicalSections {
    return {
      ...this.#postings.compacted(this.#terms.size, isLive),
      terms: this.#terms.sections(),
      lengths: grown(this.#lengths, length).subarray(0, length),
    };
  }

  /** Live papers that hold a term. */
  #holders(ordinal: number): number {
    return this.#postings.documentFrequency(ordinal) - (this.#gone.get(ordinal) ?? 0);
  }

  #count(docId: DocId, papers: 1 | -1): void {
    const length = this.#lengths[docId] ?? 0;
    this.#papers += papers;
    this.#totalLength += papers * length;
    this.#longest = Math.max(this.#longest, length);
    this.#scored = undefined;
  }

  /** Leaves on the board, by docId, the BM25 sum over all terms. */
  #scoreAll(terms: readonly WeightedTerm[]): void {
    if (terms === this.#scored) return;
    this.#refreshNorms();
    this.#board.clear();
    this.#scored = terms;
    for (const { term, weight } of terms) {
      const ordinal = this.#terms.ordinal(term);
      if (ordinal === undefined) continue;
      const frequency = this.#holders(ordinal);
      const factor = weight * inverseDocumentFrequency(frequency, Math.max(this.#papers, frequency));
      this.#postings.visitRuns(ordinal, (bytes, start, end) =>
        this.#board.add(bytes.subarray(start, end), factor),
      );
    }
  }

  /** Length norms hang on the average length, which moves whenever papers come or go. */
  #refreshNorms(): void {
    const average = this.#papers > 0 ? this.#totalLength / this.#papers : 1;
    if (average === this.#normsFor && this.#normsLength === this.#length) return;
    const byLength = Float32Array.from({ length: this.#longest + 1 }, (_, length) =>
      lengthNorm(length, average),
    );
    this.#board.setNorms(this.#lengths.subarray(0, this.#length), byLength);
    this.#normsFor = average;
    this.#normsLength = this.#length;
  }
}
