/**
 * Decides what a paper that comes in means for the one that is stored under the same id. A newer version replaces
 * the older; of the same version the two are joined, so that a sparse row never erases what a fuller one said.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Paper, PartialDate } from './paper.ts';
import { dateRange } from './partial-date.ts';

export interface Reconciled {
  /** `older`: the stored version is newer, and the incoming one is not applied. */
  readonly outcome: 'added' | 'updated' | 'unchanged' | 'older';
  /** What should be stored; the stored paper itself unless `added` or `updated`. */
  readonly paper: Paper;
}

/**
 * Both must have the same id. The version decides which is newer, then the date of the update; where either is
 * missing on one side, or two dates overlap, the versions count as the same. Then the incoming fields win, except
 *
 * - absent or empty ones, which are kept from the stored paper;
 * - a date that only says less of the same day (`2017` for `2017-06-12`);
 * - an abstract by somebody else, where the stored one is the authors'.
 */
export function reconcile(stored: Paper | undefined, incoming: Paper): Reconciled {
  if (stored === undefined) return { outcome: 'added', paper: incoming };
  const order = compareVersions(incoming, stored);
  if (order < 0) return { outcome: 'older', paper: stored };
  const paper = order > 0 ? incoming : join(stored, incoming);
  return isDeepStrictEqual(paper, stored)
    ? { outcome: 'unchanged', paper: stored }
    : { outcome: 'updated', paper };
}

/** Positive when `a` is newer. */
function compareVersions(a: Paper, b: Paper): number {
  const byVersion = a.version !== undefined && b.version !== undefined ? a.version - b.version : 0;
  return byVersion !== 0 ? byVersion : compareDates(a.updated, b.updated);
}

function compareDates(a: PartialDate | undefined, b: PartialDate | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const [one, other] = [dateRange(a), dateRange(b)];
  if (one.first > other.last) return 1;
  return one.last < other.first ? -1 : 0;
}

function join(stored: Paper, incoming: Paper): Paper {
  const { abstractBy: _, authorCount: __, ...rest } = { ...stored, ...incoming };
  const authors = incoming.authors.length > 0 ? incoming.authors : stored.authors;
  return {
    ...rest,
    ...joinAbstracts(stored, incoming),
    ...joinCounts(stored, incoming, authors),
    authors,
    categories: incoming.categories.length > 0 ? incoming.categories : stored.categories,
    ...joinDates('published', stored, incoming),
    ...joinDates('updated', stored, incoming),
  };
}

function joinAbstracts(stored: Paper, incoming: Paper): Pick<Paper, 'abstract' | 'abstractBy'> {
  const isBySomebodyElse = incoming.abstractBy !== undefined && stored.abstractBy === undefined;
  const isKept = incoming.abstract === '' || (isBySomebodyElse && stored.abstract !== '');
  const { abstract, abstractBy } = isKept ? stored : incoming;
  return abstractBy === undefined ? { abstract } : { abstract, abstractBy };
}

function joinCounts(stored: Paper, incoming: Paper, authors: readonly string[]): Pick<Paper, 'authorCount'> {
  const authorCount = incoming.authorCount ?? stored.authorCount;
  return authorCount === undefined || authorCount <= authors.length ? {} : { authorCount };
}

function joinDates(field: 'published' | 'updated', stored: Paper, incoming: Paper): Partial<Paper> {
  const before = stored[field];
  const after = incoming[field];
  return before !== undefined && after !== undefined && before.startsWith(after) ? { [field]: before } : {};
}
