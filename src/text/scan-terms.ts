/**
 * Finds the words of a text and hands out their terms: one pass in which plain ASCII words, nearly all there
 * are, never meet a regular expression. `analyze` and `TermFinder` are its two faces; it is not for other rooms.
 */
import type { Beginnings } from './beginnings.ts';
import { compoundTokens } from './compound.ts';
import { termOf } from './term-of.ts';
import type { Token } from './token.ts';
import { WordCache } from './word-cache.ts';
import {
  ARGUMENTS,
  COMMAND,
  COMPOUND,
  SILENT_COMMANDS,
  SILENT_WITH_ARGUMENTS,
  SYMBOL_NAME,
  VARIANT,
} from './word-pattern.ts';

/** What a character may begin. */
const SEPARATOR = 0;
const LETTER = 1;
const DIGIT = 2;
const SPECIAL = 3;
const KINDS = characterKinds();
/** What follows most words. */
const SPACE = 0x20;
const HYPHEN = 0x2d;

const plainWords = new WordCache(termOf);

/** Takes the terms in reading order, each with its place; `isExtra` as in Token. */
export interface TermSink {
  push(term: string, start: number, end: number, isExtra?: boolean): void;
}

interface Gathering {
  readonly sink: TermSink;
  readonly beginnings: Beginnings | undefined;
}

/** With `beginnings`, plain words that begin otherwise may be left out. */
export function scanTerms(text: string, sink: TermSink, beginnings?: Beginnings): void {
  const { length } = text;
  let at = 0;
  while (at < length) {
    const kind = KINDS[text.charCodeAt(at)];
    if (kind === SEPARATOR) {
      at += 1;
      continue;
    }
    const end = endOfRun(text, at, kind);
    if (end === at) {
      at = scanSpecial(text, at, { sink, beginnings });
      continue;
    }
    if (beginnings === undefined || kind === DIGIT || beginnings.has(text, at, end)) {
      sink.push(plainWords.term(text, at, end), at, end);
    }
    at = end;
  }
}

/** Where the plain word at `at` ends, a run of ASCII letters or of digits; `at` itself if there is none. */
function endOfRun(text: string, at: number, kind: number | undefined): number {
  if (kind === SPECIAL) return at;
  const { length } = text;
  let end = at + 1;
  while (end < length && KINDS[text.charCodeAt(end)] === kind) end += 1;
  if (end === length || text.charCodeAt(end) === SPACE) return end;
  return goesOn(text, end) ? at : end;
}

/** Whether what stands at `end` could belong to the letters or digits before it. A wrong yes costs only time. */
function goesOn(text: string, end: number): boolean {
  const character = text.charAt(end);
  switch (character) {
    case '-':
    case "'":
      return KINDS[text.charCodeAt(end + 1)] !== SEPARATOR;
    case '.':
    case ',':
      return KINDS[text.charCodeAt(end + 1)] === DIGIT;
    case '{':
      return text[end + 1] === '\\';
    case '$':
      return text[end + 1] === '_' || text[end + 1] === '^';
    case '+':
    case '#':
      return true;
    default:
      return KINDS[character.charCodeAt(0)] !== SEPARATOR;
  }
}

/** Whatever begins at `at`; returns where the scan goes on, always further than `at`. */
function scanSpecial(text: string, at: number, { sink, beginnings }: Gathering): number {
  const compound = endOfCompound(text, at);
  const symbol = text[compound];
  if (symbol === '+' || symbol === '#') {
    const end = endOfMatch(SYMBOL_NAME, text, at);
    if (end > at) {
      sink.push(text.slice(at, end).toLowerCase(), at, end);
      return end;
    }
  }
  if (compound > at) {
    if (beginnings !== undefined && !mayMatter(text, { start: at, end: compound }, beginnings))
      return compound;
    for (const { term, start, end, isExtra } of compoundTokens(text.slice(at, compound))) {
      sink.push(term, at + start, at + end, isExtra);
    }
    return compound;
  }
  const command = endOfMatch(COMMAND, text, at);
  if (command > at) return scanCommand(text, { start: at, end: command }, sink);
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

/** Plain letters joined by hyphens, most of what comes here, need no pattern either. */
function endOfCompound(text: string, at: number): number {
  let end = at;
  while (KINDS[text.charCodeAt(end)] === LETTER) {
    end += 1;
    if (text.charCodeAt(end) === HYPHEN && KINDS[text.charCodeAt(end + 1)] === LETTER) end += 1;
  }
  return end === at || (end < text.length && goesOn(text, end)) ? endOfMatch(COMPOUND, text, at) : end;
}

/** Whether a compound may have a wanted term: by its plain parts, and always where a part is not plain. */
function mayMatter(text: string, { start, end }: Omit<Token, 'term'>, beginnings: Beginnings): boolean {
  let at = start;
  while (at < end) {
    let next = at;
    while (next < end && KINDS[text.charCodeAt(next)] === LETTER) next += 1;
    // A short first part gives no three letters to judge the joined form by.
    if (next - at < 3 || beginnings.has(text, at, next)) return true;
    if (next < end && text.charCodeAt(next) !== HYPHEN) return true;
    at = next + 1;
  }
  return false;
}

/** `\alpha` is a word, `\mathbb` is not, `\cite{...}` is not nor is what it cites. */
function scanCommand(text: string, { start, end }: Omit<Token, 'term'>, sink: TermSink): number {
  const name = text.slice(start + 1, end);
  if (SILENT_WITH_ARGUMENTS.has(name)) return endOfMatch(ARGUMENTS, text, end);
  if (!SILENT_COMMANDS.has(name)) sink.push(termOf(name.replace(VARIANT, '')), start, end);
  return end;
}

/** Where a sticky pattern that begins at `at` ends; `at` itself when it does not match. */
function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function characterKinds(): Uint8Array {
  // Whatever is not ASCII may be a letter of some script: the patterns know.
  const kinds = new Uint8Array(0x10000).fill(SPECIAL, 128);
  kinds.fill(DIGIT, 0x30, 0x3a).fill(LETTER, 0x41, 0x5b).fill(LETTER, 0x61, 0x7b);
  kinds[0x5c] = SPECIAL;
  return kinds;
}
