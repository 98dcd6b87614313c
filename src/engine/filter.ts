/**
 * A restriction on which papers may be found. Fields are joined by AND, the values of one field by OR unless it
 * says otherwise; `all` and `not` join whole filters. `matchesFilter` is its definition; engines may be cleverer but
 * must agree with it.
 */
import type { Paper, PaperId, PartialDate } from '../paper/paper.ts';
import { dateRange } from '../paper/partial-date.ts';
import { type Source, sourceOf } from '../paper/source.ts';
import { nameTokens } from '../text/names.ts';
import { holdsText, type TextTest } from './text-test.ts';

/** What a paper may have or lack. */
export const PAPER_PARTS = ['code', 'doi', 'abstract'] as const;
export type PaperPart = (typeof PAPER_PARTS)[number];

const QUOTED = /^"(.+)"$/s;

export interface Filter {
  /** `YYYY[-MM[-DD]]`, inclusive. A paper known to the year passes when any day of that year could. */
  readonly from?: string;
  readonly to?: string;
  /** Every day the paper can be of lies between these two, inclusive: one known to the year is of no month. */
  readonly within?: readonly [first: PartialDate, last: PartialDate];
  /** It came into the index on this day or later. Those that were there before arrivals were noted pass never. */
  readonly arrivedFrom?: PartialDate;
  /** `cs.CL`, or `cs` / `cs.*` for a whole archive; case does not matter. */
  readonly categories?: readonly string[];
  /**
   * A name or part of one: every word of it must be in the name of one author. In double quotes it is the whole
   * name, letter by letter.
   */
  readonly authors?: readonly string[];
  /** Every word must be in the venue's name; in double quotes it is the whole name, letter by letter. */
  readonly venues?: readonly string[];
  /** Public ids or lower-case DOIs. */
  readonly ids?: readonly PaperId[];
  /** The paper must have every one of these. */
  readonly has?: readonly PaperPart[];
  /** The paper must pass every one of these. */
  readonly texts?: readonly TextTest[];
  /** The paper must pass every one of these as well. */
  readonly all?: readonly Filter[];
  /** The paper must pass none of these. A filter without restrictions passes everything, and so leaves nothing. */
  readonly not?: readonly Filter[];
  readonly sources?: readonly Source[];
}

export const NO_FILTER: Filter = {};

export function isUnfiltered({ from, to, arrivedFrom, ...others }: Filter): boolean {
  return !(
    from ||
    to ||
    arrivedFrom ||
    Object.values(others).some((values) => values !== undefined && values.length > 0)
  );
}

/** One filter that lets through what both do. */
export function bothFilters(one: Filter, other: Filter): Filter {
  if (isUnfiltered(one)) return other;
  return isUnfiltered(other) ? one : { all: [one, other] };
}

/** Equal for filters that are written alike, in whatever order their fields stand. */
export function filterKey(filter: Filter): string {
  return isUnfiltered(filter) ? '' : JSON.stringify(filter, inOrder);
}

/** What an engine knows of a paper that the paper does not say. */
export interface PaperFacts {
  /** The day it came into the index. */
  readonly arrived?: PartialDate | undefined;
}

/** Whether a paper passes. Papers without a date fail every date filter. */
export function matchesFilter(paper: Paper, filter: Filter, facts: PaperFacts = {}): boolean {
  const { categories, authors, venues, ids, sources, has = [], texts = [], all = [], not = [] } = filter;
  return (
    matchesDates(paper.published, filter) &&
    isWithin(paper.published, filter) &&
    hasArrived(facts, filter) &&
    matchesAny(categories, (wanted) => paper.categories.some((own) => matchesCategory(own, wanted))) &&
    matchesAny(authors, (wanted) => paper.authors.some(nameMatcher(wanted))) &&
    matchesAny(venues, (wanted) => paper.venue !== undefined && nameMatcher(wanted)(paper.venue)) &&
    matchesAny(ids, (wanted) => paper.id === wanted || paper.doi?.toLowerCase() === wanted) &&
    matchesAny(sources, (wanted) => sourceOf(paper) === wanted) &&
    has.every((part) => hasPart(paper, part)) &&
    texts.every((test) => holdsText(paper, test)) &&
    all.every((other) => matchesFilter(paper, other, facts)) &&
    !not.some((other) => matchesFilter(paper, other, facts))
  );
}

/** Empty fields do not count: an abstract that is there but says nothing is none. */
export function hasPart(paper: Pick<Paper, PaperPart>, part: PaperPart): boolean {
  return Boolean(paper[part]);
}

/** `wanted` is a category, an archive (`cs`) or an archive with a star (`cs.*`). */
export function matchesCategory(category: string, wanted: string): boolean {
  const has = category.toLowerCase();
  const want = wanted.toLowerCase().replace(/\.\*$/, '');
  return has === want || has.startsWith(`${want}.`);
}

/**
 * A test for names: every word of `wanted` is a word of the name; a single letter also stands for a word it begins.
 * In double quotes `wanted` is the whole name as it is written, which is how facets name authors and venues.
 */
export function nameMatcher(wanted: string): (name: string) => boolean {
  const whole = QUOTED.exec(wanted)?.[1];
  if (whole !== undefined) return (name) => name === whole;
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

function isWithin(published: string | undefined, { within }: Filter): boolean {
  if (within === undefined) return true;
  if (published === undefined) return false;
  const [first, last] = within;
  const paper = dateRange(published);
  return paper.first >= dateRange(first).first && paper.last <= dateRange(last).last;
}

function hasArrived({ arrived }: PaperFacts, { arrivedFrom }: Filter): boolean {
  if (!arrivedFrom) return true;
  return arrived !== undefined && dateRange(arrived).first >= dateRange(arrivedFrom).first;
}

/** For JSON.stringify: the fields of every object in the order of their names. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
