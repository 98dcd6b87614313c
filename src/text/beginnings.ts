/**
 * A quick no to most words of a text when a few terms are looked for: the three letters with which a word must
 * begin to have one of the terms. Knows what stemming does to the beginnings of words, which is little.
 */

/** ASCII letters of either case are 1 to 26 in these bits. */
const LETTER_BITS = 0x1f;
const LETTERS = LETTER_BITS + 1;
const I = 9;
const Y = 25;
const PLAIN_START = /^[a-z]/;

export class Beginnings {
  /** One bit for each three letters; a letter that is missing counts as 0. */
  readonly #bits = new Uint8Array(LETTERS ** 3 / 8);

  /** `terms` as `analyze` makes them; only those of plain words are of interest here. */
  constructor(terms: Iterable<string>) {
    for (const term of terms) if (PLAIN_START.test(term)) this.#add(term);
  }

  /** Whether the word of ASCII letters at `text[start, end)` may have one of the terms. A yes may be wrong. */
  has(text: string, start: number, end: number): boolean {
    const place = placeOf(text, start, end);
    return ((this.#bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  #add(term: string): void {
    const place = placeOf(term, 0, term.length);
    // A short stem may have lost or changed what stood in the third place (`using` -> `use`), or in the second.
    if (term.length === 1) this.#addAll(place, LETTERS ** 2);
    else if (term.length <= 3) this.#addAll(place - (place % LETTERS), LETTERS);
    else this.#addAll(place, 1);
  }

  #addAll(first: number, count: number): void {
    for (let place = first; place < first + count; place += 1) {
      this.#bits[place >> 3] = (this.#bits[place >> 3] ?? 0) | (1 << (place & 7));
    }
  }
}

function placeOf(text: string, start: number, end: number): number {
  const length = end - start;
  const first = text.charCodeAt(start) & LETTER_BITS;
  const second = length > 1 ? letterAt(text, start + 1) : 0;
  const third = length > 2 ? letterAt(text, start + 2) : 0;
  return (first * LETTERS + second) * LETTERS + third;
}

/** Stemming turns y into i: `dying` -> `die`, `flying` -> `fli`. */
function letterAt(text: string, at: number): number {
  const letter = text.charCodeAt(at) & LETTER_BITS;
  return letter === Y ? I : letter;
}
