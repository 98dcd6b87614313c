/**
 * A restriction on which papers may be found. Fields are joined by AND, the values of one field by OR.
 * `matchesFilter` is its definition; engines may be cleverer but must agree with it.
 */
import type { Paper } from '../paper/paper.ts';
import { dateRange } from '../paper/partial-date.ts';
import { nameTokens } from '../text/names.ts';

export interface Filter {
  /** `YYYY[-MM[-DD]]`, inclusive. A paper known to the year passes when any day of that year could. */
  readonly from?: string;
  readonly to?: string;
  /** `cs.CL`, or `cs` / `cs.*` for a whole archive; case does not matter. */
  readonly categories?: readonly string[];
  /** A name or part of one: every word of it must be in the name of one author. */
  readonly authors?: readonly string[];
  /** Every word must be in the venue's name. */
  readonly venues?: readonly string[];
}

export const NO_FILTER: Filter = {};

export function isUnfiltered(filter: Filter): boolean {
  const { from, to, categories, authors, venues } = filter;
  return !(from || to || categories?.length || authors?.length || venues?.length);
}

/** Whether a paper passes. Papers without a date fail every date filter. */
export function matchesFilter(paper: Paper, filter: Filter): boolean {
  return (
    matchesDates(paper.published, filter) &&
    matchesAny(filter.categories, (wanted) => paper.categories.some((has) => matchesCategory(has, wanted))) &&
    matchesAny(filter.authors, (wanted) => paper.authors.some(nameMatcher(wanted))) &&
    matchesAny(filter.venues, (wanted) => paper.venue !== undefined && nameMatcher(wanted)(paper.venue))
  );
}

/** `wanted` is a category, an archive (`cs`) or an archive with a star (`cs.*`). */
export function matchesCategory(category: string, wanted: string): boolean {
  const has = category.toLowerCase();
  const want = wanted.toLowerCase().replace(/\.\*$/, '');
  return has === want || has.startsWith(`${want}.`);
}

/** A test for names: every word of `wanted` is a word of the name; a single letter also stands for a word it begins. */
export function nameMatcher(wanted: string): (name: string) => boolean {
  const wantedWords = nameTokens(wanted);
  return (name) => {
    const words = nameTokens(name);
    return wantedWords.length > 0 && wantedWords.every((want) => words.some((word) => isWordFor(want, word)));
  };
}

function isWordFor(want: string, word: string): boolean {
  return word === want || (want.length === 1 && word.startsWith(want));
}

function matchesAny(wanted: readonly string[] | undefined, test: (value: string) => boolean): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some(test);
}

function matchesDates(published: string | undefined, { from, to }: Filter): boolean {
  if (!(from || to)) return true;
  if (published === undefined) return false;
  const paper = dateRange(published);
  return (!from || paper.last >= dateRange(from).first) && (!to || paper.first <= dateRange(to).last);
}
