/** Rankings as engines return them: parallel arrays, best first, ties by lower docId. */

/** The dense integer of a paper inside one index: SQLite rowid, HNSW label and posting-list id. */
export type DocId = number;

export interface Ranking {
  readonly docIds: Uint32Array;
  /** Higher is better: a BM25 score, or a cosine similarity in [-1, 1]. */
  readonly scores: Float32Array;
}

export interface LexicalRanking extends Ranking {
  /** How many papers hold at least one of the terms and pass the filter. */
  readonly total: number;
  /** Scores of the papers asked for by `also`, in that order; 0 where no term occurs or the filter refuses. */
  readonly alsoScores: Float32Array;
}

export const EMPTY_RANKING: Ranking = { docIds: new Uint32Array(0), scores: new Float32Array(0) };
