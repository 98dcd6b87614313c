/**
 * Names of authors, from the lists and the single strings in which sources give them. Names are kept as they are
 * written; first and last names are not told apart.
 */

import { printLetters } from './latex-letters.ts';
import { oneLine } from './normalize-text.ts';

/** Longer ones are affiliations or whole paragraphs, and are dropped. */
export const MAX_NAME_LENGTH = 300;

const STRONG_SEPARATOR = /\s*[;|]\s*/;
const AND = /\s+and\s+|\s*&\s*/i;
const COMMA_OR_AND = /\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*/i;
const SINGLE_WORD = /^\s*[^\s,]+\s*,/;
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * From an array of names, of `{ name }` or of `[last, first, suffix]`, or from one string. Anything that is not
 * a name is dropped.
 */
export function authorNames(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(nameOf) : typeof value === 'string' ? splitNames(value) : [];
  return names.map(cleanName).filter((name) => name !== '' && name.length <= MAX_NAME_LENGTH);
}

function cleanName(name: string): string {
  const line = oneLine(name);
  return line.includes('\\') ? oneLine(printLetters(line)) : line;
}

function nameOf(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  if (Array.isArray(entry)) return fromParts(entry);
  if (typeof entry !== 'object' || entry === null) return '';
  const { name } = entry as { readonly name?: unknown };
  return typeof name === 'string' ? name : '';
}

/** arXiv's `authors_parsed`: last, first, suffix. */
function fromParts([last, first, suffix]: readonly unknown[]): string {
  return [first, last, suffix].filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
}

/**
 * One string of names: `A; B`, `A | B`, BibTeX's `Last, First and Last, First`, or `A, B and C`. A single comma
 * after a single word is one name turned round: `Turing, Alan`.
 */
function splitNames(text: string): string[] {
  const strong = text.split(STRONG_SEPARATOR);
  if (strong.length > 1) return strong;
  const people = text.trim().split(AND);
  const areTurnedRound = people.every((name) => name.split(',').length === 2);
  if (areTurnedRound && (people.length > 1 || SINGLE_WORD.test(text))) return people;
  return joinSuffixes(text.trim().split(COMMA_OR_AND));
}

function joinSuffixes(names: readonly string[]): string[] {
  const joined: string[] = [];
  for (const name of names) {
    const last = joined.at(-1);
    if (last !== undefined && SUFFIX.test(name)) joined[joined.length - 1] = `${last} ${name}`;
    else joined.push(name);
  }
  return joined;
}
