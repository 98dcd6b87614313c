/** What of a search page its reader keeps: which of the hits, and whether the search itself. */
import type { ApiContext } from '../api/context.ts';
import type { Route } from '../api/route.ts';
import type { SearchAnswer } from '../search/answer.ts';
import { searchFor } from '../shelf/change-searches.ts';
import { type SavedQuestion, savedQuestion } from '../shelf/saved-question.ts';
import type { SearchState } from './addresses.ts';
import { type Keeping, keepingOf, readerOf } from './reader.ts';

export interface KeptOfSearch {
  readonly keeping: Keeping;
  /** What there is to save; undefined for a search that cannot be. */
  readonly question: SavedQuestion | undefined;
  readonly isSaved: boolean;
}

export interface SearchShown {
  readonly answer: SearchAnswer;
  readonly state: SearchState;
}

/** Undefined where nobody is known, who could keep something. */
export async function keptOfSearch(
  request: Parameters<Route['answer']>[0],
  context: ApiContext,
  { answer, state }: SearchShown,
): Promise<KeptOfSearch | undefined> {
  const reader = await readerOf(request, context);
  const keeping = await keepingOf(
    request,
    reader,
    answer.hits.map(({ paper }) => paper.id),
  );
  if (!reader || !keeping) return undefined;
  const question = questionOf(state);
  const shelf = await reader.shelves.read(reader.owner);
  return { keeping, question, isSaved: question !== undefined && searchFor(shelf, question) !== undefined };
}

/** What of a search is worth keeping: not how far one has read, nor how it is shown. Undefined for one that is not kept. */
export function questionOf(state: SearchState): SavedQuestion | undefined {
  const { q, mode, sort, from, to, category, author, venue, has, source } = state;
  const question = { q, mode, sort, from, to, category, author, venue, has, source };
  const said = Object.entries(question).filter(([, value]) => value !== undefined);
  return savedQuestion.safeParse(Object.fromEntries(said)).data;
}
