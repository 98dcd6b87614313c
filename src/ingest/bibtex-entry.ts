/**
 * Cuts BibTeX text into its entries and an entry into its fields: braces, quotation marks, numbers, abbreviations
 * and `#`. What LaTeX makes of a field is not decided here. Read leniently, as BibTeX itself does: text between
 * entries is a remark, and a forgotten comma costs nothing.
 */
import { rowFault } from './read-rows.ts';

export interface BibtexEntry {
  /** Lower case: `article`, `string`. */
  readonly type: string;
  readonly key: string;
  /** By names in lower case; abbreviations replaced, LaTeX as it was typed. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Abbreviations by name in lower case; what `@string` says goes in here. */
export type Abbreviations = Map<string, string>;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const ENTRY = /@\s*([A-Za-z]+)\s*[{(]/;
const EVERY_ENTRY = new RegExp(ENTRY, 'g');
const NAME = /[^\s"#%'(),={}]+/y;
const BLANK = /(?:\s|%[^\n]*(?=\n))*/y;

/** The months, as `jun` -> `June` would be; numbers serve here. */
export function monthAbbreviations(): Abbreviations {
  return new Map(MONTHS.map((name, at) => [name, String(at + 1)]));
}

/** Where entries begin in `text`: the offset of each `@`. */
export function entryOffsets(text: string): number[] {
  return [...text.matchAll(EVERY_ENTRY)].map(({ index }) => index);
}

/**
 * The entry that begins at the start of `text`; undefined for remarks and preambles. Throws ROW_INVALID. Reading
 * stops at the end of the entry, `length` says where.
 */
export function readEntry(
  text: string,
  abbreviations: Abbreviations,
): { readonly entry: BibtexEntry | undefined; readonly length: number } {
  const start = ENTRY.exec(text);
  const type = start?.[1]?.toLowerCase() ?? '';
  const reader = new Reader(text, (start?.index ?? 0) + (start?.[0].length ?? 0), abbreviations);
  if (type === 'comment' || type === 'preamble') return { entry: undefined, length: reader.skipBlock() };
  if (type === 'string') {
    for (const [name, value] of reader.fields('@string')) abbreviations.set(name, value);
    return { entry: undefined, length: reader.at };
  }
  const key = reader.key();
  return { entry: { type, key, fields: reader.fields(key) }, length: reader.at };
}

class Reader {
  at: number;
  readonly #text: string;
  readonly #abbreviations: Abbreviations;

  constructor(text: string, at: number, abbreviations: Abbreviations) {
    this.#text = text;
    this.at = at;
    this.#abbreviations = abbreviations;
  }

  /** Up to the brace that closes what was open at the start, and beyond it. */
  skipBlock(): number {
    const end = closing(this.#text, this.at);
    this.at = end < 0 ? this.#text.length : end + 1;
    return this.at;
  }

  key(): string {
    const key = /[^,\s=}]*/y;
    this.#skipBlank();
    key.lastIndex = this.at;
    const found = key.exec(this.#text)?.[0] ?? '';
    const end = this.at + found.length;
    // An entry without a key begins with its first field.
    if (/^\s*=/.test(this.#text.slice(end, end + 20))) return '';
    this.at = end;
    return found;
  }

  fields(key: string): Map<string, string> {
    const fields = new Map<string, string>();
    for (;;) {
      while (this.#take(','));
      if (this.#take('}') || this.#take(')')) return fields;
      const name = this.#name();
      if (name === undefined) throw this.#fault(key);
      if (!this.#take('=')) throw rowFault(`The field "${name}" of the entry ${key} has no "="`);
      const value = this.#value(key, name);
      if (!fields.has(name)) fields.set(name, value);
    }
  }

  #fault(key: string): Error {
    if (this.at >= this.#text.length) return rowFault(`The entry ${key} has no closing brace`);
    const found = JSON.stringify(this.#text.slice(this.at, this.at + 20));
    return rowFault(`The entry ${key} holds ${found} where a field should begin`);
  }

  #value(key: string, name: string): string {
    let value = '';
    do value += this.#piece(key, name);
    while (this.#take('#'));
    return value;
  }

  #piece(key: string, name: string): string {
    const broken = () => rowFault(`The field "${name}" of the entry ${key} has no end`);
    if (this.#take('{')) {
      const end = closing(this.#text, this.at);
      if (end < 0) throw broken();
      return this.#upTo(end);
    }
    if (this.#take('"')) {
      const end = closingQuote(this.#text, this.at);
      if (end < 0) throw broken();
      return this.#upTo(end);
    }
    const word = this.#name();
    if (word === undefined) throw rowFault(`The field "${name}" of the entry ${key} has no value`);
    // An abbreviation nobody has explained is kept: `journal = nature` says something.
    return this.#abbreviations.get(word) ?? word;
  }

  #upTo(end: number): string {
    const piece = this.#text.slice(this.at, end);
    this.at = end + 1;
    return piece;
  }

  #name(): string | undefined {
    this.#skipBlank();
    NAME.lastIndex = this.at;
    const name = NAME.exec(this.#text)?.[0];
    this.at += name?.length ?? 0;
    return name?.toLowerCase();
  }

  #take(sign: string): boolean {
    this.#skipBlank();
    if (this.#text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  #skipBlank(): void {
    BLANK.lastIndex = this.at;
    this.at += BLANK.exec(this.#text)?.[0].length ?? 0;
  }
}

/** Index of the brace that closes the one before `from`; -1 where there is none. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '{') depth += 1;
    else if (sign === '}' && --depth === 0) return at;
  }
  return -1;
}

/** A quotation mark within braces is text: `"M{\"u}ller"`. */
function closingQuote(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    else if (sign === '"' && depth <= 0) return at;
  }
  return -1;
}
