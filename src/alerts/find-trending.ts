/**
 * What newly stands on the list of what is read now. The head of the list is looked at, as long as one message, and what
 * was announced from it is left out: going further down for want of news would announce what nobody reads.
 */
import type { Filter } from '../engine/filter.ts';
import type { Paper } from '../paper/paper.ts';
import type { Hit, Match } from '../search/answer.ts';
import type { Alert } from './alert.ts';

export interface TrendingSource {
  readonly trending: (request: {
    readonly window: 'day' | 'week';
    readonly filter: Filter;
    readonly limit: number;
  }) => Promise<{ readonly hits: readonly { readonly rank: number; readonly paper: Paper }[] }>;
}

/** Nothing was asked, so nothing was measured. */
const UNASKED: Match = {
  lexicalRank: null,
  semanticRank: null,
  similarity: null,
  exact: null,
  coverage: 0,
  passage: null,
};

/** In the order of the list: of the last week for an alert of every week, else of the newest day. */
export async function findTrending(
  lists: TrendingSource,
  { every, filter, limit }: Pick<Alert, 'every' | 'filter' | 'limit'>,
): Promise<Hit[]> {
  const window = every === 'week' ? 'week' : 'day';
  const { hits } = await lists.trending({ window, filter, limit });
  return hits.map((hit) => ({ ...hit, score: 0, confidence: 1, match: UNASKED, others: [] }));
}
