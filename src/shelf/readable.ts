/** The texts that a shelf takes, and how much of everything. */
import { z } from 'zod';

export const MAX_ENTRIES = 10_000;
/** Each is asked when somebody wants to know what is new. */
export const MAX_SEARCHES = 100;
export const MAX_TAGS = 30;
/** Lengths in UTF-16 units. */
export const MAX_TAG_LENGTH = 60;
export const MAX_NOTE_LENGTH = 20_000;
/** Of a saved search, a category, an author, an id. */
export const MAX_NAME_LENGTH = 500;
/** Of a title as it is remembered; a longer one is cut. */
export const MAX_TITLE_LENGTH = 1_000;

const UNREADABLE = /[\0\p{Surrogate}]/u;
const NOT_READABLE = 'must not hold NUL characters or halves of characters';

/** Something that says something, of at most so many UTF-16 units. */
export function readable(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .regex(/\S/u, 'is empty')
    .refine((text) => !UNREADABLE.test(text), NOT_READABLE);
}

export const noteText = z
  .string()
  .max(MAX_NOTE_LENGTH)
  .refine((text) => !UNREADABLE.test(text), NOT_READABLE);

/** One word or several, without commas, because forms and command lines part tags by them. */
export const tagText = readable(MAX_TAG_LENGTH).refine(
  (text) => !/[,\p{Cc}]/u.test(text),
  'must not hold commas or control characters',
);

/** With single spaces, and none around. */
export function tidyTag(tag: string): string {
  return tag.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

/** Tags that differ by case alone are one; the first spelling stays. */
export function joinTags(tags: readonly string[], more: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of [...tags, ...more].map(tidyTag)) {
    if (!byKey.has(tagKey(tag))) byKey.set(tagKey(tag), tag);
  }
  return [...byKey.values()];
}

export function withoutTags(tags: readonly string[], gone: readonly string[]): string[] {
  const keys = new Set(gone.map((tag) => tagKey(tidyTag(tag))));
  return tags.filter((tag) => !keys.has(tagKey(tag)));
}

export function tagKey(tag: string): string {
  return tag.toLowerCase();
}
