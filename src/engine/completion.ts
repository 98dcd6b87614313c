/**
 * What it means that a title, an author or a category completes what somebody has begun to type. These functions
 * are the definition; engines may be cleverer but must agree with it. Words are those of `nameTokens`.
 */
import { nameTokens } from '../text/names.ts';
import type { DocId } from './ranking.ts';

/** A name and how many papers bear it. */
export interface NamedCount {
  readonly name: string;
  readonly papers: number;
}

export interface Completions {
  /** Papers whose title begins so, then those in which it begins at a later word; either by lower docId. */
  readonly titles: readonly DocId[];
  /** Most papers first, then by name. */
  readonly authors: readonly NamedCount[];
  readonly categories: readonly NamedCount[];
}

/**
 * At which word of the name the typed words begin to stand, one after the other, the last of them perhaps
 * unfinished; the first such place, or -1.
 */
export function placeOf(typed: readonly string[], name: string): number {
  const words = nameTokens(name);
  const last = typed.length - 1;
  return words.findIndex((_, from) =>
    typed.every((word, at) => {
      const other = words[from + at];
      return at === last ? other?.startsWith(word) : other === word;
    }),
  );
}

/** Whether the words of a person's name hold the typed ones, in any order, the last of them perhaps unfinished. */
export function isNameFor(typed: readonly string[], words: readonly string[]): boolean {
  const last = typed.length - 1;
  return typed.every((word, at) =>
    words.some((other) => (at === last ? other.startsWith(word) : other === word)),
  );
}

/** Most papers first, then by name in the order of code points, which is that of its UTF-8 bytes. */
export function byPopularity(a: NamedCount, b: NamedCount): number {
  return b.papers - a.papers || Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}
