/**
 * What becomes of a word that is not just letters: parts of hyphenated words, letters grown together with
 * digits or Greek symbols, scripts without spaces. The parts are always found; the joined form is added where
 * people write one thing in two ways (`GPT-4` and `GPT4`, `pre-training` and `pretraining`).
 */
import { termOf } from './term-of.ts';
import type { Token } from './token.ts';
import { unshared } from './unshared.ts';
import { LATEX_MARKUP, PART } from './word-pattern.ts';

/** A first part this short is often written together with the second: `t-SNE`, `multi-task`. */
const SHORT_FIRST_PART = 5;
/** `SARS-CoV-2` is joined; what has more parts is a phrase. */
const MOST_JOINED_PARTS = 3;
const CONTRACTION = /^(?:s|t|re|ve|ll|d|m)$/i;
const APOSTROPHE = /['\u2019\u02bc]/;
const PLAIN_WORD = /^[A-Za-z]+$/;
const DIGIT = /\p{N}/u;
const LETTER = /\p{L}/u;
const MARKUP = /[\\{}$]/;
/** Letters between digits, and Greek symbols between letters. Single Latin letters say too little. */
const RUN = /[\p{Script=Greek}\p{M}]+|[^\p{N}\p{Script=Greek}.,]{2,}/gu;
/** Scripts written without spaces, and Hangul, whose words carry their particles. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const UNSPACED_RUNS = new RegExp(`(?:${UNSPACED.source}\\p{M}*)+|(?:(?!${UNSPACED.source}).)+`, 'gsu');
const CHARACTER = /\P{M}\p{M}*|\p{M}+/gu;

const MEMO_ENTRIES = 20_000;
/** Longer compounds are hardly ever said twice. */
const LONGEST_REMEMBERED = 40;
const memo = new Map<string, readonly Token[]>();

/** The terms of a compound in reading order; their places are relative to it. */
export function compoundTokens(compound: string): readonly Token[] {
  const known = memo.get(compound);
  if (known !== undefined) return known;
  const tokens = splitCompound(compound);
  if (compound.length <= LONGEST_REMEMBERED) {
    // When full it starts anew: the common ones are back within a few papers, and no bookkeeping is paid.
    if (memo.size >= MEMO_ENTRIES) memo.clear();
    memo.set(unshared(compound), tokens);
  }
  return tokens;
}

function splitCompound(compound: string): Token[] {
  const tokens: Token[] = [];
  const words: string[] = [];
  let end = 0;
  for (const { 0: part, index } of compound.matchAll(PART)) {
    if (index > 0 && APOSTROPHE.test(compound.charAt(index - 1)) && CONTRACTION.test(part)) continue;
    words.push(pushWord(tokens, part, index));
    end = index + part.length;
  }
  if (isWrittenJoined(words)) pushTerm(tokens, words.join(''), { start: 0, end, isExtra: true });
  return tokens;
}

/** Adds the terms of a word without joiners, and returns it without its LaTeX markup. */
function pushWord(tokens: Token[], word: string, start: number): string {
  if (PLAIN_WORD.test(word)) {
    pushTerm(tokens, word, { start, end: start + word.length });
    return word;
  }
  const plain = MARKUP.test(word) ? word.replace(LATEX_MARKUP, '') : word;
  if (UNSPACED.test(plain)) {
    pushUnspaced(tokens, word, start);
    return plain;
  }
  const end = start + word.length;
  for (const { 0: run, index } of plain.matchAll(RUN)) {
    if (run.length === plain.length) break;
    // Once markup is taken out, places inside the word are unknown: the whole word stands for the run.
    const from = plain === word ? start + index : start;
    pushTerm(tokens, run, { start: from, end: plain === word ? from + run.length : end, isExtra: true });
  }
  pushTerm(tokens, plain, { start, end });
  return plain;
}

/** Pairs of neighbouring characters; a character that stands alone is its own term. */
function pushUnspaced(tokens: Token[], word: string, start: number): void {
  for (const { 0: run, index } of word.matchAll(UNSPACED_RUNS)) {
    const from = start + index;
    if (!UNSPACED.test(run)) {
      pushWord(tokens, run, from);
      continue;
    }
    const ends = Array.from(run.matchAll(CHARACTER), (match) => match.index + match[0].length);
    if (ends.length === 1) pushTerm(tokens, run, { start: from, end: from + run.length });
    for (let i = 1; i < ends.length; i += 1) {
      const first = i === 1 ? 0 : (ends[i - 2] ?? 0);
      const last = ends[i] ?? run.length;
      pushTerm(tokens, run.slice(first, last), { start: from + first, end: from + last });
    }
  }
}

function isWrittenJoined(words: readonly string[]): boolean {
  if (words.length < 2 || words.length > MOST_JOINED_PARTS) return false;
  if (words.every((word) => PLAIN_WORD.test(word))) return isShortPair(words);
  if (words.some((word) => UNSPACED.test(word))) return false;
  if (words.some((word) => DIGIT.test(word))) return words.some((word) => LETTER.test(word));
  return isShortPair(words);
}

function isShortPair([first = '', ...others]: readonly string[]): boolean {
  return others.length === 1 && first.length <= SHORT_FIRST_PART;
}

function pushTerm(tokens: Token[], word: string, place: Omit<Token, 'term'>): void {
  const term = termOf(word);
  if (term !== '') tokens.push({ term: unshared(term), ...place });
}
