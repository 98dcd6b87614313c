/** Between the words of the wire and the words of the house: `category` is repeatable, so it reads as singular. */
import type { Filter } from '../engine/filter.ts';
import type { SearchAnswer } from '../search/answer.ts';
import type { SearchRequest } from '../search/request.ts';
import type { NarrowingInput } from './request-schemas.ts';

type Narrowing = Omit<SearchRequest, 'query'> & { readonly filter: Filter };

export function toNarrowing(input: NarrowingInput): Narrowing {
  const { mode, limit, offset, sort, cursor, fold, facets, facetLimit, ...filter } = input;
  return {
    ...(mode !== undefined && { mode }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
    ...(sort !== undefined && { sort }),
    ...(cursor !== undefined && { cursor }),
    ...(fold !== undefined && { fold: String(fold) === 'true' }),
    ...(facets !== undefined && { facets }),
    ...(facetLimit !== undefined && { facetLimit }),
    filter: toFilter(filter),
  };
}

function toFilter({ from, to, category, author, venue, has, source }: NarrowingInput): Filter {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(category !== undefined && { categories: category }),
    ...(author !== undefined && { authors: author }),
    ...(venue !== undefined && { venues: venue }),
    ...(has !== undefined && { has }),
    ...(source !== undefined && { sources: source }),
  };
}

/** Named field by field: what is sent is promised, and a new field of the house must not slip out unpromised. */
export function toAnswerBody(answer: SearchAnswer) {
  const { query, mode, sort, total, hits, notes, next, facets, tookMs } = answer;
  return {
    query,
    mode,
    sort,
    total,
    hits: hits.map(({ rank, score, paper, match, others }) => {
      const { lexicalRank, semanticRank, similarity, passage, exact } = match;
      return { rank, score, paper, match: { lexicalRank, semanticRank, similarity, passage, exact }, others };
    }),
    notes: notes.map(({ code, message }) => ({ code, message })),
    next,
    ...(facets && { facets }),
    tookMs,
  };
}
