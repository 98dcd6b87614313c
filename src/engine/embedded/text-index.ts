/**
 * The words of papers in their order, in an FTS5 table of papers.db: what phrases, words of titles and names of
 * people are looked up in. It ranks nothing and holds no text. Words go in as `text/` spells them, so SQLite only has
 * to split them at blanks; it changes in the transaction of the paper it belongs to, so it is never behind.
 */
import type { Database } from 'better-sqlite3';
import type { Paper } from '../../paper/paper.ts';
import { terms } from '../../text/analyze.ts';
import { personKey } from '../../text/names.ts';
import { phraseWords } from '../../text/phrase.ts';
import type { DocId } from '../ranking.ts';
import type { TextTest } from '../text-test.ts';

/** Letters beyond ASCII belong to words for this tokenizer anyway; these are the other characters of our words. */
const TOKENIZER = `ascii tokenchars ''.+#_''`;

/** `stems` are the terms of the title, `people` the keys of the authors' names. */
export const TEXT_TABLE = `
  CREATE VIRTUAL TABLE texts USING fts5(
    title, abstract, stems, people, content = '', contentless_delete = 1, tokenize = '${TOKENIZER}'
  );`;

export const INSERT_TEXTS =
  'INSERT INTO texts (rowid, title, abstract, stems, people) VALUES (?, ?, ?, ?, ?)';

/** What follows the docId in INSERT_TEXTS. */
export function textRow({ title, abstract, authors }: Paper): [string, string, string, string] {
  return [
    phraseWords(title).join(' '),
    phraseWords(abstract).join(' '),
    terms(title).join(' '),
    authors.flatMap((author) => personKey(author) ?? []).join(' '),
  ];
}

/** Undefined for a store that an older Pharos wrote and no newer one has written to since. */
export function openTextIndex(db: Database): TextIndex | undefined {
  const table = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'texts'`).get();
  return table === undefined ? undefined : new TextIndex(db);
}

export class TextIndex {
  readonly #statement;

  constructor(db: Database) {
    this.#statement = db.prepare<[string], DocId>('SELECT rowid FROM texts WHERE texts MATCH ?').pluck();
  }

  /** Papers that pass a test which only this index can answer; those of papers.db as it is now. */
  holders({ as, text, in: field }: TextTest): readonly DocId[] {
    const columns = field === 'title' ? 'title' : 'title abstract';
    return as === 'phrase'
      ? this.#match(columns, [phraseWords(text).join(' ')])
      : this.#match('stems', terms(text));
  }

  /** Papers by somebody whose name has the key; whether it is the same person is for the reader to see. */
  authoredBy(key: string): readonly DocId[] {
    return this.#match('people', [key]);
  }

  #match(columns: string, phrases: readonly string[]): readonly DocId[] {
    if (phrases.every((phrase) => phrase === '')) return [];
    // Words as `text/` gives them hold no quotation mark.
    const wanted = phrases.map((phrase) => `"${phrase}"`).join(' AND ');
    return this.#statement.all(`{${columns}} : (${wanted})`);
  }
}
