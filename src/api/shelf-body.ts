/** Libraries as they are sent, named field by field; the command line prints the same. */
import { z } from 'zod';
import { savedQuestion } from '../shelf/saved-question.ts';
import type { SavedSearch } from '../shelf/shelf.ts';
import type { ListedSearch } from '../shelf/shelves.ts';
import type { ShownEntry } from '../shelf/shown-entries.ts';

const moment = z.iso.datetime();
const count = z.int().min(0);

export const entryBody = z.strictObject({
  id: z.string(),
  title: z.string(),
  saved: moment,
  read: z.boolean().describe('What is not read is to be read later.'),
  tags: z.array(z.string()),
  note: z.string(),
  gone: z.boolean().describe('Whether the index holds the paper no more.'),
});

export const savedSearchBody = z.strictObject({
  id: z.string(),
  name: z.string(),
  question: savedQuestion,
  saved: moment,
  looked: moment.describe('When somebody last looked at what is new for it.'),
});

const listedSearchBody = savedSearchBody.extend({
  new: z.strictObject({
    count: count.describe('Papers that came since then.'),
    whole: z.boolean().describe('False where so much came that there may be more.'),
    waiting: z.boolean().describe('Whether papers wait to be embedded, and are counted later.'),
  }),
});

export const libraryBody = z.strictObject({
  entries: z.array(entryBody),
  searches: z.array(listedSearchBody),
});

export function toEntryBody({ id, title, savedMs, isRead, tags, note, paper }: ShownEntry) {
  return { id, title, saved: isoTime(savedMs), read: isRead, tags, note, gone: paper === undefined };
}

export function toSavedSearchBody({ id, name, question, savedMs, lookedMs }: SavedSearch) {
  return { id, name, question, saved: isoTime(savedMs), looked: isoTime(lookedMs) };
}

export function toListedSearchBody({ news, ...search }: ListedSearch) {
  const { count: number, isWhole, isWaiting } = news;
  return { ...toSavedSearchBody(search), new: { count: number, whole: isWhole, waiting: isWaiting } };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
