/**
 * The key under which a title is looked up: what is left of the title as printed once case, accents,
 * punctuation, white space and LaTeX markup are taken away. Two spellings of one title give one key.
 * Not for ranking: words run together here.
 */
import { fold } from '../text/fold.ts';
import { letterOf, printLetters } from './latex-letters.ts';

const LETTERS_AND_DIGITS = /[\p{L}\p{N}]+/gu;
const COMMAND = /\\([a-zA-Z]+)/g;

/** Commands that print their own name. */
const NAMES = new Set(
  (
    'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log max min mod ' +
    'Pr sec sin sinh sup tan tanh LaTeX TeX'
  ).split(' '),
);

/**
 * `{\'E}tale $\alpha$-Nets` and `Etale α nets` give the same key. Letters of every script count. A title of
 * nothing but symbols is its own key, in lower case; only an empty title gives an empty key.
 */
export function titleKey(title: string): string {
  const key = (fold(printed(title)).match(LETTERS_AND_DIGITS) ?? []).join('');
  return key === '' ? title.normalize('NFC').toLowerCase().trim() : key;
}

/** What is no letter, no name and no mathematical word is markup or a symbol, and goes. */
function printed(title: string): string {
  if (!title.includes('\\')) return title;
  return printLetters(title).replace(COMMAND, (_, name: string) =>
    NAMES.has(name) ? name : (letterOf(name) ?? ''),
  );
}
