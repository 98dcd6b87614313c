/** The completions of a text, straight from their definitions. */
import type { Paper } from '../../paper/paper.ts';
import { nameTokens } from '../../text/names.ts';
import { byPopularity, type Completions, isNameFor, type NamedCount, placeOf } from '../completion.ts';
import type { DocId } from '../ranking.ts';

export function completionsOf(
  entries: readonly { readonly docId: DocId; readonly paper: Paper }[],
  typed: readonly string[],
  limit: number,
): Completions {
  const places = entries.map(({ docId, paper }) => ({ docId, place: placeOf(typed, paper.title) }));
  const titles = [...places.filter(({ place }) => place === 0), ...places.filter(({ place }) => place > 0)];
  const authors = counted(entries.map(({ paper }) => paper.authors));
  const categories = counted(entries.map(({ paper }) => paper.categories));
  return {
    titles: titles.slice(0, limit).map(({ docId }) => docId),
    authors: authors.filter(({ name }) => isNameFor(typed, nameTokens(name))).slice(0, limit),
    categories: categories.filter(({ name }) => placeOf(typed, name) >= 0).slice(0, limit),
  };
}

function counted(lists: readonly (readonly string[])[]): NamedCount[] {
  const counts = new Map<string, number>();
  for (const names of lists) {
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Array.from(counts, ([name, papers]) => ({ name, papers })).sort(byPopularity);
}
