/**
 * A result set in a few hundred bytes: what makes a paper belong to it, never the ids of the tens of thousands of
 * papers that do. Engines evaluate it where the papers are.
 */
import type { Filter } from './filter.ts';
import type { DocId } from './ranking.ts';
import type { WeightedTerm } from './weighted-term.ts';

/** The papers that pass the filter and hold a term or are in `also`, less those in `excluded`. */
export interface ResultSet {
  readonly filter: Filter;
  /** Asked with the very array that was last given to `lexical`, an engine need not read its postings again. */
  readonly terms: readonly WeightedTerm[];
  /** The nearest, and those that the question names. */
  readonly also: readonly DocId[];
  readonly excluded: readonly DocId[];
  /** Everything that passes the filter belongs, whatever its words: where a question only restricts. */
  readonly holdsAll?: boolean;
}

export const DATE_ORDERS = ['newest', 'oldest'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Above every `dayNumber`: where papers without a date stand when the oldest come first. */
export const AFTER_ALL_DAYS = 2 ** 21;

export interface ByDateOptions {
  readonly order: DateOrder;
  readonly limit: number;
}
