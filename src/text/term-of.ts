/**
 * The index form of one word: folded, Greek symbols spelled out, English endings taken off, cut to a length.
 * Which words there are is the affair of `analyze` and `compound`, which also remember what was made here.
 */
import { stem } from 'porter2';
import { fold } from './fold.ts';
import { GREEK_NAMES } from './greek.ts';

/** Longest term, in UTF-16 units. Longer words are accidents: DNA strings, keys, lost spaces. */
export const MAX_TERM_LENGTH = 64;

const ENGLISH = /^[a-z]+$/;
const NOT_IN_TERMS = /[^\p{L}\p{N}\p{M}.]+/gu;
const GREEK = /[α-ω]/g;
const GREEK_WORD = /^[\p{Script=Greek}\p{M}]{2,}$/u;

/**
 * `Networks` -> `network`, `Poincaré` -> `poincar`, `κB` -> `kappab`, `3.5` -> `3.5`. A word of nothing but
 * marks becomes the empty string. Words written in Greek stay Greek; only symbols among other letters are named.
 */
export function termOf(word: string): string {
  const spelled = spell(word);
  return cut(ENGLISH.test(spelled) ? stem(spelled) : spelled);
}

/** The word before its ending is taken off: `Networks` -> `networks`. Two words spelled alike have one term. */
export function spell(word: string): string {
  const folded = fold(word);
  if (ENGLISH.test(folded)) return folded;
  const named = GREEK_WORD.test(folded)
    ? folded
    : folded.replace(GREEK, (letter) => GREEK_NAMES[letter] ?? letter);
  return named.replace(NOT_IN_TERMS, '');
}

function cut(term: string): string {
  if (term.length <= MAX_TERM_LENGTH) return term;
  const last = term.charCodeAt(MAX_TERM_LENGTH - 1);
  // Half a surrogate pair would not survive being stored as UTF-8.
  const isHighSurrogate = last >= 0xd800 && last < 0xdc00;
  return term.slice(0, isHighSurrogate ? MAX_TERM_LENGTH - 1 : MAX_TERM_LENGTH);
}
