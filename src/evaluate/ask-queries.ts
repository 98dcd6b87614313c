/** Asks a searcher every query of a collection, as a person would, and keeps the whole rankings: a run. */
import { isAppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import type { Hit, Match, SearchAnswer } from '../search/answer.ts';
import { MAX_LIMIT, MAX_QUERY_LENGTH, type Mode } from '../search/request.ts';
import type { Searcher } from '../search/searcher.ts';
import type { EmbeddingMemo } from './embedding-memo.ts';
import type { JudgedQuery } from './read-queries.ts';

/** How many ranks of a run are kept, trec_eval's own default. Average precision is over as many. */
export const RUN_DEPTH = 1_000;
/** What a person is shown at first, and so what is timed. */
const FIRST_PAGE = 10;

/** What is kept of a hit: a run holds hundreds of thousands, and their papers would not fit. */
export interface RankedHit extends Pick<Match, 'similarity' | 'coverage'>, Pick<Hit, 'confidence'> {
  readonly id: PaperId;
}

export interface RankedQuery {
  readonly query: JudgedQuery;
  /** Best first, at most as deep as asked, without the query's own paper. */
  readonly hits: readonly RankedHit[];
  /** Of the first ten hits, the embedding of the query included. */
  readonly tookMs: number;
}

export interface AskOptions {
  readonly searcher: Searcher;
  /** The embedder of the searcher. */
  readonly memo: EmbeddingMemo;
  readonly mode: Mode;
  readonly depth?: number;
  /** Asks for related work by the id of the paper instead of by its text. */
  readonly isRelatedById?: boolean;
  readonly onQuery?: (done: number) => void;
}

export async function askQueries(
  queries: readonly JudgedQuery[],
  { depth = RUN_DEPTH, onQuery, ...options }: AskOptions,
): Promise<RankedQuery[]> {
  const run: RankedQuery[] = [];
  for (const query of queries) {
    const ask = asker(query, options);
    options.memo.takeSavedMs();
    const { tookMs } = await ask(0, FIRST_PAGE);
    const firstMs = tookMs + options.memo.takeSavedMs();
    run.push({ query, hits: await wholeRanking(query, depth, ask), tookMs: firstMs });
    onQuery?.(run.length);
  }
  return run;
}

type Ask = (offset: number, limit: number) => Promise<Pick<SearchAnswer, 'hits' | 'total' | 'tookMs'>>;

/** A text too long for a question is looked up as pasted text, as the command line tells people to. */
function asker(
  { text, doc }: JudgedQuery,
  { searcher, mode, isRelatedById = false }: Pick<AskOptions, 'searcher' | 'mode' | 'isRelatedById'>,
): Ask {
  // Papers that are nearly the same are judged each for itself.
  const asked = { mode, fold: false };
  if (doc !== undefined && isRelatedById) {
    return (offset, limit) => searcher.related({ positive: [doc], ...asked, offset, limit });
  }
  if (doc !== undefined || text.length > MAX_QUERY_LENGTH) {
    return (offset, limit) => searcher.related({ positiveTexts: [text], ...asked, offset, limit });
  }
  return (offset, limit) =>
    searcher.search({ query: text, ...asked, offset, limit }).catch(nothingForNoWords);
}

/** A query without a word is answered by an error; it found nothing, and the others still count. */
function nothingForNoWords(error: unknown): Pick<SearchAnswer, 'hits' | 'total' | 'tookMs'> {
  if (isAppError(error, 'QUERY_EMPTY')) return { hits: [], total: 0, tookMs: 0 };
  throw error;
}

async function wholeRanking({ doc }: JudgedQuery, depth: number, ask: Ask): Promise<RankedHit[]> {
  const hits: RankedHit[] = [];
  for (let offset = 0; hits.length < depth; offset += MAX_LIMIT) {
    const page = await ask(offset, MAX_LIMIT);
    hits.push(...page.hits.filter(({ paper }) => paper.id !== doc).map(asRanked));
    if (offset + MAX_LIMIT >= page.total) break;
  }
  return hits.slice(0, depth);
}

function asRanked({ paper, confidence, match: { similarity, coverage } }: Hit): RankedHit {
  return { id: paper.id, confidence, similarity, coverage };
}
