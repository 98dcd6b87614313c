/** Between the words of the wire and the words of the house: `category` is repeatable, so it reads as singular. */
import type { Filter } from '../engine/filter.ts';
import type { SearchAnswer } from '../search/answer.ts';
import type { Mode, PassageChoice } from '../search/request.ts';
import type { NarrowingInput } from './request-schemas.ts';

interface Narrowing {
  readonly mode?: Mode;
  readonly limit?: number;
  readonly offset?: number;
  readonly diversity?: number;
  readonly passage?: PassageChoice;
  readonly explain?: boolean;
  readonly filter: Filter;
}

export function toNarrowing(input: NarrowingInput): Narrowing {
  const { mode, limit, offset, diversity, passage, explain, ...filter } = input;
  return {
    ...(mode !== undefined && { mode }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
    ...(diversity !== undefined && { diversity }),
    ...(passage !== undefined && { passage }),
    ...(explain !== undefined && { explain }),
    filter: toFilter(filter),
  };
}

function toFilter(input: Omit<NarrowingInput, keyof Narrowing>): Filter {
  const { from, to, category, author, venue, has } = input;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(category !== undefined && { categories: category }),
    ...(author !== undefined && { authors: author }),
    ...(venue !== undefined && { venues: venue }),
    ...(has !== undefined && { has }),
  };
}

/** Named field by field: what is sent is promised, and a new field of the house must not slip out unpromised. */
export function toAnswerBody({ query, mode, total, hits, notes, didYouMean, tookMs }: SearchAnswer) {
  return {
    query,
    mode,
    total,
    hits: hits.map(({ rank, score, paper, match }) => {
      const { lexicalRank, semanticRank, similarity, passage, exact, explanation } = match;
      const why = explanation && { words: explanation.words, shares: explanation.shares };
      return {
        rank,
        score,
        paper,
        match: { lexicalRank, semanticRank, similarity, passage, exact, ...(why && { explanation: why }) },
      };
    }),
    notes: notes.map(({ code, message }) => ({ code, message })),
    ...(didYouMean && { didYouMean }),
    tookMs,
  };
}
