/** An exported shelf put into another one. Nothing is lost, and doing it twice is doing it once. */
import { full, joinEntries } from './change-entries.ts';
import { putSearch, searchFor } from './change-searches.ts';
import { MAX_ENTRIES } from './readable.ts';
import type { Entry, Shelf } from './shelf.ts';

/** Where what is imported begins: what is in the index by now is not new to whoever imports. */
export interface MergeTime {
  readonly nowMs: number;
  readonly position: number;
}

/** Of a paper on both, tags and notes are joined, and read on either is read. INPUT_INVALID beyond the limits. */
export function mergeShelves(shelf: Shelf, given: Shelf, time: MergeTime): Shelf {
  const entries = new Map(shelf.entries.map((entry) => [entry.id, entry]));
  for (const entry of given.entries) entries.set(entry.id, joined(entries.get(entry.id), entry));
  if (entries.size > MAX_ENTRIES) {
    throw full(
      `Together these would be more than the ${MAX_ENTRIES} papers a library keeps`,
      'Import fewer.',
    );
  }
  const merged = given.searches.reduce((before, { question, name, id }) => {
    // Its own name stays.
    return searchFor(before, question) ? before : putSearch(before, { question, name, id }, time);
  }, shelf);
  return { ...merged, entries: [...entries.values()] };
}

function joined(known: Entry | undefined, given: Entry): Entry {
  return known ? joinEntries(known, given) : given;
}
