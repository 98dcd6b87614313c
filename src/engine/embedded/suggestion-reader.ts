/**
 * Completes what is typed, from the tables of `suggestion-writer.ts`. Nothing of them is held in memory but the
 * names of the most published authors: where those are enough for an answer, thousands of others with the same
 * beginning need not be looked at. See docs/decisions/suggestions.md.
 */
import type { Database } from 'better-sqlite3';
import { AppError } from '../../fault/app-error.ts';
import { nameTokens } from '../../text/names.ts';
import { byPopularity, type Completions, isNameFor, type NamedCount, placeOf } from '../completion.ts';
import type { DocId } from '../ranking.ts';

/** At 100,000 papers they have six papers each at least; folding and comparing all takes a millisecond or two. */
const WELL_KNOWN = 2_000;

interface WellKnown {
  readonly author: NamedCount;
  readonly words: readonly string[];
}

/** False for an index that no Pharos with suggestions has written to yet. */
export function hasSuggestions(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'title_words'`).get() !== undefined;
}

export class SuggestionReader {
  readonly #statements: ReturnType<typeof prepare>;
  #wellKnown: readonly WellKnown[] = [];
  #generation = -1;

  /** INDEX_INCOMPATIBLE where the index was made before there were such tables. */
  constructor(db: Database) {
    if (!hasSuggestions(db)) {
      throw new AppError('INDEX_INCOMPATIBLE', {
        message: 'This index was made by a Pharos that completed no words',
        remedy: 'Run `pharos rebuild` once.',
      });
    }
    this.#statements = prepare(db);
  }

  /** `typed` holds one word at least; `generation` is that of the store. */
  complete(typed: readonly string[], limit: number, generation: number): Completions {
    return {
      titles: this.#titles(typed, limit),
      authors: this.#authors(typed, limit, generation),
      categories: this.#statements.categories
        .all()
        .filter(({ name }) => placeOf(typed, name) >= 0)
        .sort(byPopularity)
        .slice(0, limit),
    };
  }

  #titles(typed: readonly string[], limit: number): DocId[] {
    const phrase = `"${typed.join(' ')}" *`;
    const beginning = this.#statements.titles.all(`^ ${phrase}`, limit);
    if (beginning.length === limit) return beginning;
    const anywhere = this.#statements.titles.all(phrase, limit + beginning.length);
    return [...new Set([...beginning, ...anywhere])].slice(0, limit);
  }

  #authors(typed: readonly string[], limit: number, generation: number): NamedCount[] {
    if (generation !== this.#generation) {
      this.#wellKnown = this.#statements.wellKnown
        .all(WELL_KNOWN)
        .map((author) => ({ author, words: nameTokens(author.name) }));
      this.#generation = generation;
    }
    const found: NamedCount[] = [];
    for (const { author, words } of this.#wellKnown) {
      if (found.length === limit) return found;
      if (isNameFor(typed, words)) found.push(author);
    }
    if (this.#wellKnown.length < WELL_KNOWN) return found;
    const all = typed.map((word) => `"${word}"`).join(' AND ');
    return this.#statements.authors.all(`${all} *`, limit);
  }
}

function prepare(db: Database) {
  return {
    titles: db
      .prepare<[string, number], DocId>('SELECT rowid FROM title_words WHERE title_words MATCH ? LIMIT ?')
      .pluck(),
    wellKnown: db.prepare<[number], NamedCount>(
      'SELECT name, papers FROM authors ORDER BY papers DESC, name LIMIT ?',
    ),
    authors: db.prepare<[string, number], NamedCount>(
      `SELECT name, papers FROM author_words JOIN authors ON author_id = author_words.rowid
       WHERE author_words MATCH ? ORDER BY papers DESC, name LIMIT ?`,
    ),
    categories: db.prepare<[], NamedCount>('SELECT name, papers FROM categories'),
  };
}
