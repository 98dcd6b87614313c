/**
 * The keys under which works are cited: family name, year and first telling word of the title, as in
 * `vaswani2017attention`. Lower-case ASCII letters and digits, since BibTeX knows no case and old programs no accents.
 */
import { hash } from 'node:crypto';
import { fold } from '../text/fold.ts';
import type { CitedWork } from './cited-work.ts';
import type { PersonName } from './person-name.ts';

const NOT_KEY = /[^a-z0-9]+/g;
const WORD = /[\p{L}\p{N}]+/gu;
const SHORT_WORDS = new Set(
  'a an and are as at by can do does for from how in into is it its of on or that the their there this to towards via we what when where which who why will with'.split(
    ' ',
  ),
);
const MAX_PART = 24;
/** Texts are looked at no further: a key needs no more. */
const LOOKED_AT = 500;
const SHORTEST_SUFFIX = 4;

/**
 * One key a work, in their order. Works whose keys would be alike all get the beginning of a hash of their id, so
 * that a key does not depend on the order; without others like it a work has the same key in every file. Ids must differ.
 */
export function citationKeys(works: readonly CitedWork[]): string[] {
  const stems = works.map(stemOf);
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  // A key with its suffix must not be what another work is called without one.
  const taken = new Set(stems.filter((stem) => counts.get(stem) === 1));
  const keys = new Map<string, string>();
  const inOrder = works.map(({ id }, at) => ({ id, stem: stems[at] ?? '' }));
  for (const { id, stem } of inOrder.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    keys.set(id, counts.get(stem) === 1 ? stem : suffixed(stem, id, taken));
  }
  return works.map(({ id }) => keys.get(id) ?? '');
}

function suffixed(stem: string, id: string, taken: Set<string>): string {
  const digest = hash('sha256', id, 'hex');
  let length = SHORTEST_SUFFIX;
  while (taken.has(`${stem}x${digest.slice(0, length)}`) && length < digest.length) length += 1;
  const key = `${stem}x${digest.slice(0, length)}`;
  taken.add(key);
  return key;
}

function stemOf({ authors: [first], year = '', title, id }: CitedWork): string {
  const stem = `${keyPart(familyOf(first))}${year}${firstTellingWord(title)}`;
  // A key that began with a digit would be an invalid name to some programs.
  if (/^[a-z]/.test(stem)) return stem;
  return `ref${stem}${stem === year ? keyPart(id) : ''}`;
}

function familyOf(name: PersonName | undefined): string {
  if (name === undefined) return '';
  return 'whole' in name ? (name.whole.replace(/^the /i, '').split(' ')[0] ?? '') : name.family;
}

function firstTellingWord(title: string): string {
  const words = title.slice(0, LOOKED_AT).match(WORD) ?? [];
  const parts = words.map(keyPart).filter((part) => part !== '');
  return parts.find((part) => !SHORT_WORDS.has(part)) ?? parts[0] ?? '';
}

function keyPart(text: string): string {
  return fold(text.slice(0, LOOKED_AT)).replace(NOT_KEY, '').slice(0, MAX_PART);
}
