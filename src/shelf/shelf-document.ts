/**
 * A shelf as JSON: what is written to disk, and what readers export and import. The one form for both, so a file that
 * lies in the folder can be imported as well.
 */
import { z } from 'zod';
import {
  MAX_ENTRIES,
  MAX_NAME_LENGTH,
  MAX_SEARCHES,
  MAX_TAGS,
  MAX_TITLE_LENGTH,
  noteText,
  readable,
  tagText,
} from './readable.ts';
import { savedQuestion } from './saved-question.ts';
import type { Entry, SavedSearch, Shelf } from './shelf.ts';

export const FORM = 'pharos-library';
export const VERSION = 1;

const moment = z.iso.datetime();
const count = z.int().min(0);

const entryDocument = z.strictObject({
  id: readable(MAX_NAME_LENGTH),
  title: z.string().max(MAX_TITLE_LENGTH),
  saved: moment,
  read: z.boolean(),
  tags: z.array(tagText).max(MAX_TAGS),
  note: noteText,
});

const searchDocument = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  name: readable(MAX_NAME_LENGTH),
  question: savedQuestion,
  saved: moment,
  looked: moment,
  position: count.describe('Which arrivals were there; means something beside its own index alone.'),
  earlier: count.describe('The position before the last look that found something.'),
});

export const shelfDocument = z.strictObject({
  format: z.literal(FORM),
  version: z.literal(VERSION),
  revision: count,
  entries: z.array(entryDocument).max(MAX_ENTRIES),
  searches: z.array(searchDocument).max(MAX_SEARCHES),
});

export type ShelfDocument = z.infer<typeof shelfDocument>;

export function toDocument({ revision, entries, searches }: Shelf): ShelfDocument {
  return {
    format: FORM,
    version: VERSION,
    revision,
    entries: entries.map(({ id, title, savedMs, isRead, tags, note }) => ({
      id,
      title,
      saved: isoTime(savedMs),
      read: isRead,
      tags: [...tags],
      note,
    })),
    searches: searches.map(({ id, name, question, savedMs, lookedMs, position, earlier }) => ({
      id,
      name,
      question,
      saved: isoTime(savedMs),
      looked: isoTime(lookedMs),
      position,
      earlier,
    })),
  };
}

export function fromDocument({ revision, entries, searches }: ShelfDocument): Shelf {
  return { revision, entries: entries.map(toEntry), searches: searches.map(toSearch) };
}

function toEntry({ saved, read, ...entry }: ShelfDocument['entries'][number]): Entry {
  return { ...entry, savedMs: Date.parse(saved), isRead: read };
}

function toSearch({ saved, looked, ...search }: ShelfDocument['searches'][number]): SavedSearch {
  return { ...search, savedMs: Date.parse(saved), lookedMs: Date.parse(looked) };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
