/** What can be done to the searches of a shelf. */
import { randomBytes } from 'node:crypto';
import { AppError } from '../fault/app-error.ts';
import { full } from './change-entries.ts';
import { MAX_NAME_LENGTH, MAX_SEARCHES } from './readable.ts';
import { isSameQuestion, type SavedQuestion } from './saved-question.ts';
import type { SavedSearch, Shelf } from './shelf.ts';

export interface SearchToSave {
  readonly question: SavedQuestion;
  /** The words of the question where none is given. */
  readonly name?: string | undefined;
  /** Under which it was kept elsewhere; taken where it is free. */
  readonly id?: string;
}

const ID_BYTES = 4;

/** The same question is kept once, under the name it is given last. INPUT_INVALID beyond the limits. */
export function putSearch(
  shelf: Shelf,
  { question, name, id }: SearchToSave,
  { nowMs, position }: { readonly nowMs: number; readonly position: number },
): Shelf {
  const known = searchFor(shelf, question);
  if (!known && shelf.searches.length >= MAX_SEARCHES) {
    throw full(`A library keeps ${MAX_SEARCHES} searches`, 'Remove searches first.');
  }
  const fresh = { id: freeId(shelf, id), savedMs: nowMs, lookedMs: nowMs };
  const begun = { ...fresh, position, earlier: position };
  const called = (name ?? known?.name ?? question.q).trim().slice(0, MAX_NAME_LENGTH);
  const search: SavedSearch = { ...(known ?? begun), question, name: called };
  return known ? withSearch(shelf, search) : { ...shelf, searches: [...shelf.searches, search] };
}

/** SEARCH_NOT_FOUND, as all that name one. */
export function renameSearch(shelf: Shelf, id: string, name: string): Shelf {
  return withSearch(shelf, { ...requireSearch(shelf, id), name: name.trim() });
}

/** Never goes back: of two windows that look, the one that has seen more counts. */
export function markLooked(
  shelf: Shelf,
  id: string,
  { nowMs, position }: { readonly nowMs: number; readonly position: number },
): Shelf {
  const search = requireSearch(shelf, id);
  const lookedMs = Math.max(search.lookedMs, nowMs);
  if (position <= search.position) return withSearch(shelf, { ...search, lookedMs });
  return withSearch(shelf, { ...search, lookedMs, position, earlier: search.position });
}

export function removeSearch(shelf: Shelf, id: string): Shelf {
  requireSearch(shelf, id);
  return { ...shelf, searches: shelf.searches.filter((search) => search.id !== id) };
}

/** Undefined where nobody saved it. */
export function searchFor({ searches }: Shelf, question: SavedQuestion): SavedSearch | undefined {
  return searches.find((search) => isSameQuestion(search.question, question));
}

export function requireSearch({ searches }: Shelf, id: string): SavedSearch {
  const search = searches.find((other) => other.id === id);
  if (search) return search;
  throw new AppError('SEARCH_NOT_FOUND', {
    message: `There is no saved search ${JSON.stringify(id.slice(0, 100))}.`,
  });
}

function freeId({ searches }: Shelf, wanted: string | undefined): string {
  const isFree = wanted !== undefined && !searches.some(({ id }) => id === wanted);
  return isFree ? wanted : randomBytes(ID_BYTES).toString('hex');
}

function withSearch(shelf: Shelf, search: SavedSearch): Shelf {
  return { ...shelf, searches: shelf.searches.map((other) => (other.id === search.id ? search : other)) };
}
