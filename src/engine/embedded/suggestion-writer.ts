/**
 * Keeps the tables that complete what is typed: the words of titles and of authors' names for FTS5, and how many
 * papers each author and category has. Written in the transaction that writes the paper, so they are never behind.
 */
import type { Database } from 'better-sqlite3';
import type { Paper } from '../../paper/paper.ts';
import { nameTokens } from '../../text/names.ts';
import type { DocId } from '../ranking.ts';

/**
 * The words are folded before they come here, so the tokenizer has nothing to do but split at spaces. `prefix`
 * keeps lists for beginnings of one to three letters, which would otherwise join half the vocabulary.
 */
export const SUGGESTION_TABLES = `
  CREATE VIRTUAL TABLE title_words USING fts5(
    words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
  CREATE VIRTUAL TABLE author_words USING fts5(
    words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
  CREATE TABLE authors (author_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, papers INTEGER NOT NULL);
  CREATE INDEX authors_papers ON authors (papers DESC, name);
  CREATE TABLE categories (name TEXT PRIMARY KEY, papers INTEGER NOT NULL) WITHOUT ROWID;
`;

const CLEAR = `
  INSERT INTO title_words (title_words) VALUES ('delete-all');
  INSERT INTO author_words (author_words) VALUES ('delete-all');
  DELETE FROM authors;
  DELETE FROM categories;
`;
const PAGE_ROWS = 256;

type Named = Pick<Paper, 'title' | 'authors' | 'categories'>;

export class SuggestionWriter {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database) {
    this.#statements = prepare(db);
  }

  add(docId: DocId, { title, authors, categories }: Named): void {
    const { addTitle, countAuthor, addAuthor, countCategory } = this.#statements;
    addTitle.run(docId, wordsOf(title));
    for (const name of new Set(authors)) {
      const row = countAuthor.get(name);
      if (row?.papers === 1) addAuthor.run(row.author_id, wordsOf(name));
    }
    for (const name of new Set(categories)) countCategory.run(name);
  }

  /** `paper` as it was added. */
  remove(docId: DocId, { authors, categories }: Named): void {
    const { removeTitle, uncountAuthor, removeAuthor, removeAuthorWords } = this.#statements;
    removeTitle.run(docId);
    for (const name of new Set(authors)) {
      const row = uncountAuthor.get(name);
      if (row === undefined || row.papers > 0) continue;
      removeAuthor.run(row.author_id);
      removeAuthorWords.run(row.author_id);
    }
    for (const name of new Set(categories)) {
      this.#statements.uncountCategory.run(name);
      this.#statements.removeCategory.run(name);
    }
  }
}

/** Empties the tables and fills them from the stored papers, within the transaction of the caller. */
export function refillSuggestions(db: Database): void {
  db.exec(CLEAR);
  const writer = new SuggestionWriter(db);
  const page = db.prepare<[DocId], { doc_id: DocId; body: string }>(
    `SELECT doc_id, body FROM papers WHERE doc_id > ? ORDER BY doc_id LIMIT ${PAGE_ROWS}`,
  );
  for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.doc_id ?? 0)) {
    for (const { doc_id, body } of rows) writer.add(doc_id, JSON.parse(body) as Paper);
  }
}

function wordsOf(name: string): string {
  return nameTokens(name).join(' ');
}

function prepare(db: Database) {
  return {
    addTitle: db.prepare<[DocId, string]>('INSERT INTO title_words (rowid, words) VALUES (?, ?)'),
    removeTitle: db.prepare<[DocId]>('DELETE FROM title_words WHERE rowid = ?'),
    countAuthor: db.prepare<[string], { author_id: number; papers: number }>(
      `INSERT INTO authors (name, papers) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET papers = papers + 1 RETURNING author_id, papers`,
    ),
    uncountAuthor: db.prepare<[string], { author_id: number; papers: number }>(
      'UPDATE authors SET papers = papers - 1 WHERE name = ? RETURNING author_id, papers',
    ),
    addAuthor: db.prepare<[number, string]>('INSERT INTO author_words (rowid, words) VALUES (?, ?)'),
    removeAuthor: db.prepare<[number]>('DELETE FROM authors WHERE author_id = ?'),
    removeAuthorWords: db.prepare<[number]>('DELETE FROM author_words WHERE rowid = ?'),
    countCategory: db.prepare<[string]>(
      'INSERT INTO categories VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET papers = papers + 1',
    ),
    uncountCategory: db.prepare<[string]>('UPDATE categories SET papers = papers - 1 WHERE name = ?'),
    removeCategory: db.prepare<[string]>('DELETE FROM categories WHERE name = ? AND papers <= 0'),
  };
}
