/** Between the words of the wire and the words of the house. */
import type { Filter } from '../engine/filter.ts';
import { toFilter } from '../engine/filter-words.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import type { SearchRequest } from '../search/request.ts';
import type { NarrowingInput } from './request-schemas.ts';

type Narrowing = Omit<SearchRequest, 'query'> & { readonly filter: Filter };

export function toNarrowing(input: NarrowingInput): Narrowing {
  const { mode, limit, offset, diversity, passage, explain, ...others } = input;
  const { sort, cursor, fold, facets, facetLimit, ...filter } = others;
  return {
    ...(mode !== undefined && { mode }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
    ...(diversity !== undefined && { diversity }),
    ...(passage !== undefined && { passage }),
    ...(explain !== undefined && { explain }),
    ...(sort !== undefined && { sort }),
    ...(cursor !== undefined && { cursor }),
    ...(fold !== undefined && { fold }),
    ...(facets !== undefined && { facets }),
    ...(facetLimit !== undefined && { facetLimit }),
    filter: toFilter(filter),
  };
}

/** Named field by field: what is sent is promised, and a new field of the house must not slip out unpromised. */
export function toAnswerBody(answer: SearchAnswer) {
  const { query, mode, sort, total, hits, notes, didYouMean, next, facets, tookMs } = answer;
  return {
    query,
    mode,
    sort,
    total,
    hits: hits.map(toHitBody),
    notes: notes.map(({ code, message }) => ({ code, message })),
    ...(didYouMean && { didYouMean }),
    next,
    ...(facets && { facets }),
    tookMs,
  };
}

export function toHitBody({ rank, score, confidence, paper, match, others }: Hit) {
  const { lexicalRank, semanticRank, similarity, coverage, passage, exact, explanation } = match;
  const why = explanation && { words: explanation.words, shares: explanation.shares };
  return {
    rank,
    score,
    confidence,
    paper,
    match: {
      lexicalRank,
      semanticRank,
      similarity,
      coverage,
      passage,
      exact,
      ...(why && { explanation: why }),
    },
    others,
  };
}
