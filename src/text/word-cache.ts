/**
 * Remembers the terms of plain words, which a corpus says again and again. Looked up by the letters where they
 * stand in the text, so that a known word costs no slice and no string hash. Direct-mapped: a slot holds the
 * last word that fell on it, which bounds the memory and needs no bookkeeping.
 */
import { unshared } from './unshared.ts';

const SLOTS = 1 << 15;
/** The bit that makes an ASCII letter lower case; digits have it already. */
const LOWER = 0x20;

export class WordCache {
  /** Word and term side by side, so that one look fetches both. */
  readonly #slots: string[] = new Array<string>(2 * SLOTS).fill('');
  readonly #make: (word: string) => string;

  /** `make` gets a lower-case word of ASCII letters and digits. */
  constructor(make: (word: string) => string) {
    this.#make = make;
  }

  /** The term of `text[start, end)`, which must be ASCII letters and digits, in any case. */
  term(text: string, start: number, end: number): string {
    let hash = end - start;
    for (let at = start; at < end; at += 1)
      hash = Math.imul(hash ^ (text.charCodeAt(at) | LOWER), 0x01000193);
    const slot = 2 * ((hash ^ (hash >>> 15)) & (SLOTS - 1));
    const slots = this.#slots;
    if (isSame(slots[slot] ?? '', text, start, end)) return slots[slot + 1] ?? '';
    const word = unshared(text.slice(start, end).toLowerCase());
    const term = this.#make(word);
    slots[slot] = word;
    slots[slot + 1] = term;
    return term;
  }
}

function isSame(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i += 1) {
    if (word.charCodeAt(i) !== (text.charCodeAt(start + i) | LOWER)) return false;
  }
  return true;
}
