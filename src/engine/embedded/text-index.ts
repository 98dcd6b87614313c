/**
 * The words of papers in their order, in an FTS5 table of papers.db: what phrases, words of titles and names of
 * people are looked up in. It ranks nothing and holds no text. Words go in as `text/` spells them, so SQLite only has
 * to split them at blanks; it changes in the transaction of the paper it belongs to, so it is never behind.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { Paper } from '../../paper/paper.ts';
import { terms } from '../../text/analyze.ts';
import { areWithinEdits } from '../../text/edits.ts';
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

/** Words of the index that are looked up at once. */
const WORDS_AT_ONCE = 100;

export class TextIndex {
  readonly #db: Database;
  readonly #statement;
  #vocabulary: Statement<[number, number], string> | undefined;

  constructor(db: Database) {
    this.#db = db;
    this.#statement = db.prepare<[string], DocId>('SELECT rowid FROM texts WHERE texts MATCH ?').pluck();
  }

  /** Papers that pass a test which only this index can answer; those of papers.db as it is now. */
  holders({ as, text, in: field, within = 0 }: TextTest): readonly DocId[] {
    if (as === 'words') return this.#match('stems', allOf(terms(text)));
    const columns = field === 'title' ? 'title' : 'title abstract';
    const words = phraseWords(text);
    if (words.length === 0) return [];
    if (as === 'phrase') return this.#match(columns, quoted(words.join(' ')));
    if (as === 'prefix') return this.#match(columns, `${quoted(words.join(' '))} *`);
    if (as === 'near') return this.#match(columns, near(new Set(words), within));
    return this.#spelledLike(words[0] ?? '', within, columns);
  }

  /** Papers by somebody whose name has the key; whether it is the same person is for the reader to see. */
  authoredBy(key: string): readonly DocId[] {
    return key === '' ? [] : this.#match('people', quoted(key));
  }

  /** Every word of the index is looked at, half a second at 100,000 papers. */
  #spelledLike(word: string, edits: number, columns: string): readonly DocId[] {
    this.#vocabulary ??= openVocabulary(this.#db);
    const letters = [...word].length;
    const alike = this.#vocabulary
      .all(letters - edits, letters + edits)
      .filter((other) => areWithinEdits(other, word, edits));
    const found = new Set<DocId>();
    for (let at = 0; at < alike.length; at += WORDS_AT_ONCE) {
      const some = alike.slice(at, at + WORDS_AT_ONCE).map(quoted);
      for (const docId of this.#match(columns, some.join(' OR '))) found.add(docId);
    }
    return [...found];
  }

  #match(columns: string, wanted: string): readonly DocId[] {
    return wanted === '' ? [] : this.#statement.all(`{${columns}} : (${wanted})`);
  }
}

/** A view of the words of `texts`, which SQLite keeps for this connection alone. */
function openVocabulary(db: Database): Statement<[number, number], string> {
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'texts', 'row')`);
  return db
    .prepare<[number, number], string>('SELECT term FROM temp.vocabulary WHERE length(term) BETWEEN ? AND ?')
    .pluck();
}

/** Words as `text/` gives them hold no quotation mark. */
function quoted(words: string): string {
  return `"${words}"`;
}

function allOf(words: readonly string[]): string {
  return words.map(quoted).join(' AND ');
}

/** FTS5 counts what stands between the first and the last of the words, the wanted ones in between included. */
function near(words: ReadonlySet<string>, others: number): string {
  const all = [...words].map(quoted).join(' ');
  return words.size === 1 ? all : `NEAR(${all}, ${others + words.size - 2})`;
}
