/** Requests as they come, checked and completed with the defaults of request.ts. All problems are said at once. */
import { FACET_FIELDS, type FacetField } from '../engine/facets.ts';
import type { Filter } from '../engine/filter.ts';
import { NO_FILTER } from '../engine/filter.ts';
import { AppError, type FaultIssue } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import { isPartialDate } from '../paper/partial-date.ts';
import {
  DEFAULT_FACET_LIMIT,
  DEFAULT_LIMIT,
  MAX_DEPTH,
  MAX_FACET_LIMIT,
  MAX_LIMIT,
  MAX_QUERY_LENGTH,
  MAX_TEXT_LENGTH,
  MODES,
  type Mode,
  PASSAGES,
  type PassageChoice,
  type RelatedRequest,
  type SearchRequest,
  SORTS,
  type Sort,
} from './request.ts';

/** Most papers, and most texts, on either side of a request for related work. */
const MAX_EXAMPLES = 100;

/** The part that all requests share, complete. */
export interface Paging {
  readonly mode: Mode;
  readonly limit: number;
  readonly offset: number;
  readonly filter: Filter;
  readonly diversity: number;
  readonly passage: PassageChoice;
  readonly explain: boolean;
  readonly sort: Sort;
  readonly cursor: string | undefined;
  readonly fold: boolean;
  readonly facets: readonly FacetField[];
  readonly facetLimit: number;
}

export interface CompleteRelated extends Paging {
  readonly positive: readonly PaperId[];
  readonly negative: readonly PaperId[];
  readonly positiveTexts: readonly string[];
  readonly negativeTexts: readonly string[];
}

/** INPUT_INVALID with one issue a problem. */
export function completeSearch({ query, ...paging }: SearchRequest): Paging & { readonly query: string } {
  const issues = query.length > MAX_QUERY_LENGTH ? [tooLong('query', MAX_QUERY_LENGTH)] : [];
  return { query, ...completePaging(paging, issues) };
}

/** INPUT_INVALID with one issue a problem. Texts without anything in them are dropped. */
export function completeRelated(request: RelatedRequest): CompleteRelated {
  const { positive = [], negative = [], positiveTexts = [], negativeTexts = [], ...paging } = request;
  const issues: FaultIssue[] = [];
  for (const [pointer, { length }] of Object.entries({ positive, negative, positiveTexts, negativeTexts })) {
    if (length > MAX_EXAMPLES)
      issues.push({ pointer, message: `has ${length} values; ${MAX_EXAMPLES} are allowed` });
  }
  for (const [name, texts] of Object.entries({ positiveTexts, negativeTexts })) {
    texts.forEach((text, at) => {
      if (text.length > MAX_TEXT_LENGTH) issues.push(tooLong(`${name}/${at}`, MAX_TEXT_LENGTH));
    });
  }
  return {
    positive: [...new Set(positive)],
    negative: [...new Set(negative)],
    positiveTexts: positiveTexts.filter((text) => text.trim() !== ''),
    negativeTexts: negativeTexts.filter((text) => text.trim() !== ''),
    ...completePaging(paging, issues),
  };
}

function completePaging(request: Partial<Paging>, before: readonly FaultIssue[]): Paging {
  const { mode = 'hybrid', limit = DEFAULT_LIMIT, offset = 0, filter = NO_FILTER } = request;
  const { sort = 'relevance', cursor, fold = true, facets = [], facetLimit = DEFAULT_FACET_LIMIT } = request;
  const { diversity = 0, passage = 'words', explain = false } = request;
  const paging = {
    ...{ mode, limit, offset, filter, sort, cursor, fold, facetLimit, diversity, passage, explain },
    facets: [...new Set(facets)],
  };
  const issues = [
    ...before,
    ...pagingIssues(paging),
    ...listIssues(paging),
    ...presentationIssues(paging),
    ...filterIssues(filter),
  ];
  if (issues.length === 0) return paging;
  const message = issues.map((issue) => `${issue.pointer} ${issue.message}`).join('; ');
  throw new AppError('INPUT_INVALID', { message, issues });
}

function presentationIssues({ diversity, passage }: Pick<Paging, 'diversity' | 'passage'>): FaultIssue[] {
  const issues: FaultIssue[] = [];
  if (!(diversity >= 0 && diversity <= 1)) {
    issues.push({ pointer: 'diversity', message: 'must be a number from 0 to 1' });
  }
  if (!PASSAGES.includes(passage)) {
    issues.push({ pointer: 'passage', message: `must be one of ${PASSAGES.join(', ')}` });
  }
  return issues;
}

function listIssues({ offset, sort, cursor, facets, facetLimit }: Paging): FaultIssue[] {
  const issues: FaultIssue[] = [];
  const oneOf = (names: readonly string[]) => `must be one of ${names.join(', ')}`;
  if (!SORTS.includes(sort)) issues.push({ pointer: 'sort', message: oneOf(SORTS) });
  if (cursor !== undefined && offset > 0) {
    issues.push({ pointer: 'offset', message: 'cannot stand beside a cursor, which knows where it is' });
  }
  if (!facets.every((field) => FACET_FIELDS.includes(field))) {
    issues.push({ pointer: 'facets', message: oneOf(FACET_FIELDS) });
  }
  if (!Number.isInteger(facetLimit) || facetLimit < 1 || facetLimit > MAX_FACET_LIMIT) {
    issues.push({
      pointer: 'facetLimit',
      message: `must be a whole number from 1 to ${MAX_FACET_LIMIT}`,
    });
  }
  return issues;
}

function pagingIssues({ mode, limit, offset }: Pick<Paging, 'mode' | 'limit' | 'offset'>): FaultIssue[] {
  const issues: FaultIssue[] = [];
  if (!MODES.includes(mode)) issues.push({ pointer: 'mode', message: `must be one of ${MODES.join(', ')}` });
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    issues.push({ pointer: 'limit', message: `must be a whole number from 1 to ${MAX_LIMIT}` });
  }
  if (!Number.isInteger(offset) || offset < 0) {
    issues.push({ pointer: 'offset', message: 'must be a whole number, 0 or more' });
  } else if (offset + limit > MAX_DEPTH) {
    issues.push({ pointer: 'offset', message: `is too deep: with limit it reaches at most ${MAX_DEPTH}` });
  }
  return issues;
}

function filterIssues({ from, to }: Filter): FaultIssue[] {
  return Object.entries({ from, to }).flatMap(([name, date]) =>
    date === undefined || date === '' || isPartialDate(date)
      ? []
      : [{ pointer: `filter/${name}`, message: 'must be a date that exists: YYYY, YYYY-MM or YYYY-MM-DD' }],
  );
}

function tooLong(pointer: string, most: number): FaultIssue {
  return { pointer, message: `is longer than ${most} characters` };
}
