/** What a person who has typed so much of a title, a name or a category may be about to type. */
import type { Completions } from '../engine/completion.ts';
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import { nameTokens } from '../text/names.ts';
import { MAX_QUERY_LENGTH } from './request.ts';

export type Suggestion =
  | { readonly kind: 'title'; readonly text: string; readonly id: PaperId }
  | { readonly kind: 'author' | 'category'; readonly text: string; readonly papers: number };

export interface SuggestAnswer {
  readonly query: string;
  readonly suggestions: readonly Suggestion[];
  readonly tookMs: number;
}

export const MAX_SUGGESTIONS = 10;
/** How many of each kind there are at most while another kind could fill the place; the rest is titles. */
const CATEGORIES = 2;
const AUTHORS = 3;
/** Nobody types a longer beginning; more words only cost time. */
const MOST_WORDS = 20;

export interface SuggestOptions {
  readonly limit?: number;
  readonly clock?: () => number;
}

/**
 * At most ten: categories and authors, those with most papers first, then titles, those that begin so first. Empty
 * for a text without words. INPUT_INVALID for a text or a limit out of range.
 */
export async function suggest(
  engine: Pick<EngineReader, 'complete' | 'papers'>,
  query: string,
  { limit = MAX_SUGGESTIONS, clock = () => performance.now() }: SuggestOptions = {},
): Promise<SuggestAnswer> {
  const startedAt = clock();
  requireRange(query, limit);
  const typed = nameTokens(query);
  const isAsked = typed.length > 0 && typed.length <= MOST_WORDS;
  const found = isAsked ? await suggestions(engine, typed, limit) : [];
  return { query, suggestions: found, tookMs: clock() - startedAt };
}

async function suggestions(
  engine: Pick<EngineReader, 'complete' | 'papers'>,
  typed: readonly string[],
  limit: number,
): Promise<Suggestion[]> {
  const { titles, authors, categories } = await engine.complete(typed, limit);
  const rooms = roomsFor({ titles, authors, categories }, limit);
  const papers = await engine.papers(titles.slice(0, rooms.titles));
  return [
    ...categories.slice(0, rooms.categories).map(asSuggestion('category')),
    ...authors.slice(0, rooms.authors).map(asSuggestion('author')),
    ...papers.flatMap((paper): Suggestion[] =>
      paper ? [{ kind: 'title', text: paper.title, id: paper.id }] : [],
    ),
  ];
}

/** Every kind gets what it may have; what titles leave free goes to authors, then to categories. */
function roomsFor({ titles, authors, categories }: Completions, limit: number) {
  const least = {
    categories: Math.min(CATEGORIES, categories.length),
    authors: Math.min(AUTHORS, authors.length),
  };
  const forTitles = Math.min(titles.length, Math.max(0, limit - least.categories - least.authors));
  const forAuthors = Math.min(authors.length, limit - forTitles - least.categories);
  return {
    titles: forTitles,
    authors: forAuthors,
    categories: Math.min(categories.length, limit - forTitles - forAuthors),
  };
}

function asSuggestion(kind: 'author' | 'category') {
  return ({ name, papers }: Completions['authors'][number]): Suggestion => ({ kind, text: name, papers });
}

function requireRange(query: string, limit: number): void {
  const issues = [];
  if (query.length > MAX_QUERY_LENGTH) {
    issues.push({ pointer: 'query', message: `is longer than ${MAX_QUERY_LENGTH} characters` });
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_SUGGESTIONS) {
    issues.push({ pointer: 'limit', message: `must be a whole number from 1 to ${MAX_SUGGESTIONS}` });
  }
  if (issues.length === 0) return;
  const message = issues.map((issue) => `${issue.pointer} ${issue.message}`).join('; ');
  throw new AppError('INPUT_INVALID', { message, issues });
}
