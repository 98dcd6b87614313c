/**
 * What can be done to the papers of a shelf. Every change is made to the shelf as it is at that moment and names only
 * what it changes, so two windows that tag one paper both have their tag.
 */
import { AppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import { joinTags, MAX_ENTRIES, MAX_NOTE_LENGTH, MAX_TAGS, withoutTags } from './readable.ts';
import type { Entry, Shelf } from './shelf.ts';

/** What is left out stays as it is. */
export interface EntryChange {
  readonly isRead?: boolean;
  readonly note?: string;
  /** In place of those there are. */
  readonly tags?: readonly string[];
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

/** A paper, and every id under which it may have been saved. */
export interface NamedPaper {
  readonly id: PaperId;
  readonly title: string;
  readonly names: ReadonlySet<PaperId>;
}

/** Saves the paper unless it is there, and changes its entry. INPUT_INVALID beyond the limits. */
export function putEntry(
  shelf: Shelf,
  { id, title, names }: NamedPaper,
  { change, nowMs }: { readonly change: EntryChange; readonly nowMs: number },
): Shelf {
  const old = shelf.entries.filter((entry) => names.has(entry.id));
  const known = old.length === 0 ? undefined : old.reduce(joinEntries);
  if (!known && shelf.entries.length >= MAX_ENTRIES) {
    throw full(`A library keeps ${MAX_ENTRIES} papers`, 'Remove papers first.');
  }
  const base = known ?? { savedMs: nowMs, isRead: false, tags: [], note: '' };
  const entry = changed({ ...base, id, title }, change);
  if (!known) return { ...shelf, entries: [...shelf.entries, entry] };
  const at = shelf.entries.findIndex(({ id: other }) => names.has(other));
  const entries = shelf.entries.flatMap((other, place) => {
    if (place === at) return [entry];
    return names.has(other.id) ? [] : [other];
  });
  return { ...shelf, entries };
}

/** PAPER_NOT_FOUND where it is not on the shelf. */
export function removeEntry(shelf: Shelf, names: ReadonlySet<PaperId>): Shelf {
  const entries = shelf.entries.filter(({ id }) => !names.has(id));
  if (entries.length < shelf.entries.length) return { ...shelf, entries };
  const [name = ''] = names;
  throw new AppError('PAPER_NOT_FOUND', {
    message: `${JSON.stringify(name.slice(0, 100))} is not in this library.`,
    remedy: 'The library lists the papers that it keeps.',
  });
}

/** Two entries of one paper as one; the id and the title are those of the first. Twice is once. */
export function joinEntries(one: Entry, other: Entry): Entry {
  return {
    ...one,
    savedMs: Math.min(one.savedMs, other.savedMs),
    isRead: one.isRead || other.isRead,
    tags: joinTags(one.tags, other.tags).slice(0, MAX_TAGS),
    note: joinNotes(one.note, other.note),
  };
}

function joinNotes(one: string, other: string): string {
  if (one.includes(other)) return one;
  if (other.includes(one)) return other;
  return `${one}\n\n${other}`.slice(0, MAX_NOTE_LENGTH);
}

function changed(entry: Entry, change: EntryChange): Entry {
  const { isRead = entry.isRead, note = entry.note, addTags = [], removeTags = [] } = change;
  const tags = joinTags(withoutTags(change.tags ?? entry.tags, removeTags), addTags);
  if (tags.length > MAX_TAGS) throw full(`A paper has at most ${MAX_TAGS} tags`, 'Remove some first.');
  return { ...entry, isRead, note, tags };
}

export function full(message: string, remedy: string): AppError {
  return new AppError('INPUT_INVALID', { message: `${message}.`, remedy });
}
