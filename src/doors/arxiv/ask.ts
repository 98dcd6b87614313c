/** One slice of an arXiv answer: the papers a query finds, or those of a list of ids. */
import type { EngineReader } from '../../engine/engine.ts';
import { bothFilters, type Filter, NO_FILTER } from '../../engine/filter.ts';
import { AppError } from '../../fault/app-error.ts';
import { parseIdentifier } from '../../paper/identifier.ts';
import type { Paper } from '../../paper/paper.ts';
import type { SearchAnswer } from '../../search/answer.ts';
import {
  type AskOptions,
  MAX_DEPTH,
  MAX_LIMIT,
  type SearchRequest,
  type Sort,
} from '../../search/request.ts';
import { readArxivQuestion } from './read-question.ts';

export const ARXIV_SORTS = ['relevance', 'lastUpdatedDate', 'submittedDate'] as const;
export const ARXIV_ORDERS = ['ascending', 'descending'] as const;

/** The form of an id of arXiv, whether or not there could be such a paper. */
const ARXIV_FORM = /^(?:[a-z-]+(?:\.[a-z-]+)?\/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?$/i;

export interface ArxivRequest {
  /** `search_query`; empty where the ids are all that is asked for. */
  readonly question: string;
  /** As they were given, with or without versions. */
  readonly ids: readonly string[];
  readonly start: number;
  readonly count: number;
  readonly sortBy: (typeof ARXIV_SORTS)[number];
  readonly order: (typeof ARXIV_ORDERS)[number];
}

export interface ArxivSlice {
  /** How many there are to be fetched: whoever pages until there finds no page empty. */
  readonly total: number;
  readonly papers: readonly Paper[];
}

export interface ArxivParts {
  readonly searcher: { search(request: SearchRequest, options: AskOptions): Promise<SearchAnswer> };
  readonly engine: Pick<EngineReader, 'get' | 'lookup' | 'papers'>;
}

/** QUERY_EMPTY for neither question nor ids, INPUT_INVALID for what cannot be read. */
export async function askArxiv(
  parts: ArxivParts,
  request: ArxivRequest,
  options: AskOptions,
): Promise<ArxivSlice> {
  const { question, ids, sortBy } = request;
  if (question === '' && ids.length === 0) {
    throw new AppError('QUERY_EMPTY', { message: 'There is neither search_query nor id_list.' });
  }
  const listed = ids.length === 0 ? [] : await papersNamed(parts.engine, ids);
  if (question === '' && sortBy === 'relevance') return sliceOf(listed, request);
  if (ids.length > 0 && listed.length === 0) return { total: 0, papers: [] };
  const { query, filter } = question === '' ? { query: '', filter: NO_FILTER } : readArxivQuestion(question);
  const named: Filter = listed.length === 0 ? NO_FILTER : { ids: listed.map(({ id }) => id) };
  const asked = { query, filter: bothFilters(filter, named), sort: sortOf(request), fold: false };
  return slice((paging) => parts.searcher.search({ ...asked, ...paging }, options), request);
}

/** In the order asked; papers that are not here are left out, as arXiv leaves them out. */
async function papersNamed(engine: ArxivParts['engine'], ids: readonly string[]): Promise<Paper[]> {
  const names = ids.map((given) => given.trim().replace(/^urn:pharos:paper:/, ''));
  const parsed = names.map((name) => parseIdentifier(name));
  const found = await engine.get(names.map((name, at) => parsed[at]?.id ?? name));
  const byDoi = await engine.lookup(
    parsed.map((named) => ({ kind: 'doi' as const, value: named?.kind === 'doi' ? named.id : '' })),
  );
  const published = await engine.papers(byDoi.map(([docId = 0]) => docId));
  const papers = names.flatMap((name, at) => {
    const paper = found[at] ?? published[at];
    if (paper === undefined && parsed[at] === undefined && !ARXIV_FORM.test(name)) throw idFault(name);
    return paper ?? [];
  });
  return [...new Map(papers.map((paper) => [paper.id, paper])).values()];
}

/** In arXiv's own words. */
function idFault(id: string): AppError {
  const message = `incorrect id format for ${id.slice(0, 100)}`;
  return new AppError('INPUT_INVALID', { message, issues: [{ message, pointer: 'id_list' }] });
}

function sliceOf(papers: readonly Paper[], { start, count, order }: ArxivRequest): ArxivSlice {
  const ordered = order === 'ascending' ? papers.toReversed() : papers;
  return { total: papers.length, papers: ordered.slice(start, start + count) };
}

/** Papers are ordered by when they were published, whichever of the two dates is asked for. */
function sortOf({ sortBy, order }: ArxivRequest): Sort {
  if (sortBy === 'relevance') return 'relevance';
  return order === 'ascending' ? 'oldest' : 'date';
}

type Search = (paging: { readonly offset: number; readonly limit: number }) => Promise<SearchAnswer>;

async function slice(search: Search, { start, count, sortBy, order }: ArxivRequest): Promise<ArxivSlice> {
  if (!(sortBy === 'relevance' && order === 'ascending')) return gather(search, start, count);
  // The least relevant first: the same list from its end.
  const { total } = await gather(search, 0, 0);
  const end = Math.max(total - start, 0);
  const first = Math.max(end - count, 0);
  const { papers } = await gather(search, first, end - first);
  return { total, papers: papers.toReversed() };
}

/** A slice may be longer than what the search gives at once. */
async function gather(search: Search, start: number, count: number): Promise<ArxivSlice> {
  const papers: Paper[] = [];
  const end = Math.min(start + count, MAX_DEPTH);
  const at = Math.min(start, MAX_DEPTH - 1);
  let answer = await search({ offset: at, limit: Math.min(Math.max(end - at, 1), MAX_LIMIT) });
  const total = Math.min(answer.total, MAX_DEPTH);
  while (count > 0 && at === start && answer.hits.length > 0) {
    papers.push(...answer.hits.map(({ paper }) => paper));
    const next = start + papers.length;
    if (next >= Math.min(end, total)) break;
    answer = await search({ offset: next, limit: Math.min(end - next, MAX_LIMIT) });
  }
  return { total, papers };
}
