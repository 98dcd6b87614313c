/** A list of papers that no question made, and what its order says. */
import type { Paper, PartialDate } from '../paper/paper.ts';

/**
 * `votes`: by upvotes and comments; `activity`: by how many others of the same time are on the same subject, for want
 * of votes; `date`: newest first, for want of both.
 */
export type ListBasis = 'votes' | 'activity' | 'date';

export interface ListedPaper {
  /** From 1. */
  readonly rank: number;
  /** Null where the list is by date; comparable within one list. */
  readonly score: number | null;
  readonly paper: Paper;
}

export interface PaperList {
  /** Days, inclusive; null where no paper is known to the day. */
  readonly from: PartialDate | null;
  readonly to: PartialDate | null;
  /** Papers of that time that pass the filter. */
  readonly total: number;
  readonly basis: ListBasis;
  readonly hits: readonly ListedPaper[];
}
