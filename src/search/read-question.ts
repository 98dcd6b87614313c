/**
 * The query language: what of a question is text to search by, and what restricts where to look. Any string is a
 * question; what cannot be read is searched as text, and a note says so. docs/query-language.md tells people.
 */
import { type Filter, NO_FILTER } from '../engine/filter.ts';
import { oneLine } from '../paper/normalize-text.ts';
import { nearestName } from '../text/nearest.ts';
import { phraseWords } from '../text/phrase.ts';
import type { Note } from './note.ts';
import { FIELD_NAMES, QUERY_FIELDS, type Reading } from './query-fields.ts';
import { type Part, splitQuestion } from './split-question.ts';

export interface ReadQuestion {
  /** What to search by, in one line; empty where the question only restricts. */
  readonly text: string;
  readonly filter: Filter;
  /** Names of papers as they were given to `related:` and `-related:`. */
  readonly near: readonly string[];
  readonly far: readonly string[];
  readonly notes: readonly Note[];
  /** True where nothing but text was found. */
  readonly isPlain: boolean;
}

/** Each may cost a look-up of its own, so there must be an end. */
const MAX_PARTS = 20;
/**
 * Who writes more words than this tells something, quotes in passing and writes dashes: of 52 questions of the CACM
 * collection seven quote, and holding them to it takes .07 from nDCG@10.
 */
const LONGEST_COMMAND = 10;
const SHOWN_LENGTH = 60;
/** A word that could be meant for a field, not `BERT:x`, `c:x` or `RoBERTa:x`. */
const FIELD_LIKE = /^(?:[a-z]{3,}|[A-Z][a-z]{2,})$/;
/** Prefixes of addresses and ids are no fields and need no note. */
const PREFIXES: ReadonlySet<string> = new Set([
  'http',
  'https',
  'ftp',
  'mailto',
  'file',
  'arxiv',
  'doi',
  'acl',
]);
const WORDLIKE = /^[\p{L}\p{N}]/u;

export function readQuestion(question: string): ReadQuestion {
  const reader = new QuestionReader();
  const pieces = splitQuestion(question);
  const isProse = plainWords(pieces) > LONGEST_COMMAND;
  for (const piece of pieces) {
    if (typeof piece === 'string') reader.addText(piece);
    else if (isProse && isProsaic(piece)) reader.addProse(piece);
    else reader.addPart(piece);
  }
  return reader.result(question);
}

class QuestionReader {
  readonly #text: string[] = [];
  readonly #all: Filter[] = [];
  readonly #not: Filter[] = [];
  readonly #ids: string[] = [];
  readonly #near: string[] = [];
  readonly #far: string[] = [];
  readonly #notes = new Map<string, Note>();
  #parts = 0;

  addText(text: string): void {
    this.#text.push(text);
  }

  /** A phrase that a longer text quotes, or a word behind one of its dashes. */
  addProse({ source, isNegated }: Part): void {
    this.addText(source);
    const message = isNegated
      ? `In so long a question ${quote(source)} excludes nothing; put the word in quotation marks behind the hyphen.`
      : `In so long a question ${quote(source)} counts as words; alone or with a few words it must occur.`;
    this.#note({ code: 'READ_AS_PROSE', message });
  }

  addPart(part: Part): void {
    const { field, value, isNegated } = part;
    const readValue = field === undefined ? undefined : QUERY_FIELDS[field.toLowerCase()];
    if (field === undefined) this.#apply(part, readWords(part));
    else if (readValue === undefined) this.#addUnknown(part, field);
    else {
      const reading = readValue(part);
      if (!('problem' in reading)) this.#apply(part, reading);
      else {
        const message = `${quote(value)} ${reading.problem}, so ${quote(part.source)} was searched as text.`;
        this.#note({ code: 'VALUE_UNREADABLE', message });
        this.#apply(part, isNegated ? readWords({ ...part, value: part.source.slice(1) }) : undefined);
      }
    }
  }

  result(question: string): ReadQuestion {
    const ids = this.#ids.length > 0 ? [{ ids: this.#ids }] : [];
    const text = this.#parts === 0 ? oneLine(question) : oneLine(this.#text.join(' '));
    return {
      text,
      filter: joined([...this.#all, ...ids], this.#not),
      near: this.#near,
      far: this.#far,
      notes: [...this.#notes.values()],
      isPlain: this.#parts === 0,
    };
  }

  /** A part that has no reading is text. */
  #apply(part: Part, reading: Reading | undefined): void {
    if (reading === undefined || 'problem' in reading) {
      this.addText(part.source);
    } else if (this.#parts === MAX_PARTS) {
      const message = `Only the first ${MAX_PARTS} fields, phrases and exclusions were read; the others were searched as text.`;
      this.#note({ code: 'TOO_MANY_PARTS', message });
      this.addText(part.value);
    } else {
      this.#parts += 1;
      this.#restrict(part, reading);
    }
  }

  #restrict(part: Part, reading: Exclude<Reading, { problem: string }>): void {
    if ('paper' in reading) (part.isNegated ? this.#far : this.#near).push(reading.paper);
    else if (part.isNegated) this.#not.push(reading.filter);
    else this.#require(reading);
  }

  #require({ filter, words }: Extract<Reading, { filter: Filter }>): void {
    if (words !== undefined) this.addText(words);
    // An id names a paper: two ids name two papers, where two of any other restriction must both hold.
    if (filter.ids) this.#ids.push(...filter.ids);
    else this.#all.push(filter);
  }

  #addUnknown(part: Part, field: string): void {
    const isMeant = FIELD_LIKE.test(field) && !PREFIXES.has(field.toLowerCase()) && WORDLIKE.test(part.value);
    if (isMeant) {
      const nearest = nearestName(field, FIELD_NAMES);
      const hint = nearest ? `did you mean ${nearest}:?` : `the fields are ${FIELD_NAMES.join(', ')}`;
      const message = `There is no field ${quote(field)} (${hint}), so ${quote(part.source)} was searched as text.`;
      this.#note({ code: 'FIELD_UNKNOWN', message });
    }
    this.#apply(part, part.isNegated ? readWords({ ...part, value: part.source.slice(1) }) : undefined);
  }

  #note(note: Note): void {
    this.#notes.set(note.message, note);
  }
}

function plainWords(pieces: readonly (Part | string)[]): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? phraseWords(piece).length : 0), 0);
}

/** What people who write prose write without meaning a command: `"a phrase"` and ` -word`, but not `-"a phrase"`. */
function isProsaic({ field, isNegated, isQuoted }: Part): boolean {
  return field === undefined && isQuoted !== isNegated;
}

/** A phrase, or an excluded word in any form; undefined where there is no word. Several words are a phrase. */
function readWords({ value, isQuoted }: Pick<Part, 'value' | 'isQuoted'>): Reading | undefined {
  const words = phraseWords(value);
  if (words.length === 0) return undefined;
  const as = isQuoted || words.length > 1 ? 'phrase' : 'words';
  return { filter: { texts: [{ as, text: value }] }, words: value };
}

function joined(all: readonly Filter[], not: readonly Filter[]): Filter {
  const [only] = all;
  if (only === undefined && not.length === 0) return NO_FILTER;
  if (only !== undefined && all.length === 1 && not.length === 0) return only;
  return { ...(all.length > 0 && { all }), ...(not.length > 0 && { not }) };
}

function quote(text: string): string {
  const line = oneLine(text);
  return JSON.stringify(line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line);
}
