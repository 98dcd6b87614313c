/** What may be asked for without a question, and what is answered. */
import type { Filter } from '../engine/filter.ts';
import { AppError } from '../fault/app-error.ts';
import type { Paper, PaperId, PartialDate } from '../paper/paper.ts';

/** Most papers and texts of a library: beyond, comparing each new paper with all of them takes seconds. */
export const MAX_LIBRARY = 5_000;
/** Most papers and texts to keep away from. */
export const MAX_NEGATIVES = 500;
export const DEFAULT_LISTED = 10;
export const MAX_LISTED = 100;

/** Something to be near to is needed. None of the papers named is ever in the answer. */
export interface RecommendRequest {
  /** Papers of the index. */
  readonly positive?: readonly PaperId[];
  readonly negative?: readonly PaperId[];
  /** Papers as a person's file has them, in the index or not. */
  readonly papers?: readonly Paper[];
  readonly negativePapers?: readonly Paper[];
  readonly positiveTexts?: readonly string[];
  readonly negativeTexts?: readonly string[];
  /** Only what was published then or later, or came into the index then: a date, or `7d`, `2w`, `3m`, `1y`. */
  readonly since?: string;
  /** The name of a saved library, which is added to what is given. */
  readonly profile?: string;
  readonly filter?: Filter;
  readonly limit?: number;
}

/** A paper or text of the library that speaks for a recommendation. */
export interface Reason {
  /** Null for a text. */
  readonly id: PaperId | null;
  /** Of a text its beginning. */
  readonly title: string;
  /** Cosine of the two, in [-1, 1]. */
  readonly similarity: number;
}

export interface ThemeSummary {
  /** What its papers say and the rest of the library and the corpus do not, the most telling first; at most 6. */
  readonly words: readonly string[];
  /** How many papers and texts of the library belong to it. */
  readonly papers: number;
  /** Those nearest to its middle, at most three. */
  readonly examples: readonly Omit<Reason, 'similarity'>[];
}

export interface Recommendation {
  /** From 1. */
  readonly rank: number;
  /** See `nearness.ts`; comparable within one answer. */
  readonly score: number;
  /** Number of the nearest theme, from 1. */
  readonly theme: number;
  readonly paper: Paper;
  /** The nearest papers of the library, at most three, the nearest first. */
  readonly because: readonly Reason[];
}

export interface RecommendNote {
  readonly code: 'NOTHING_NEW' | 'NOT_EMBEDDED';
  readonly message: string;
}

export interface RecommendAnswer {
  readonly since: PartialDate | null;
  readonly library: {
    readonly papers: number;
    /** Those that the index holds. */
    readonly known: number;
    readonly negatives: number;
  };
  /** The largest first. */
  readonly themes: readonly ThemeSummary[];
  /** Papers that pass the filter and are new enough, those of the library included. */
  readonly total: number;
  readonly hits: readonly Recommendation[];
  readonly notes: readonly RecommendNote[];
  readonly tookMs: number;
}

/** INPUT_INVALID for a limit out of range. */
export function requireLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LISTED) return limit;
  throw new AppError('INPUT_INVALID', {
    message: `the limit must be a whole number from 1 to ${MAX_LISTED}, not ${limit}`,
  });
}
