/** Papers by exact names: ids, DOIs and titles, their own and those that sources have for them. */
import type { Database } from 'better-sqlite3';
import type { Paper, PaperId } from '../../paper/paper.ts';
import { titleKey } from '../../paper/title-key.ts';
import type { DocId } from '../ranking.ts';
import { NameReader } from './name-store.ts';
import { titleHash } from './title-hash.ts';

export class PaperLookup {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #names: NameReader;

  constructor(db: Database) {
    this.#statements = prepare(db);
    this.#names = new NameReader(db);
  }

  /** The id of the paper of which a source speaks under this one. */
  ownerOf(id: PaperId): PaperId | undefined {
    return this.#names.ownerOf(id);
  }

  identified(id: PaperId): DocId[] {
    const found = this.#statements.byId.all(id);
    const owner = found.length > 0 ? undefined : this.#names.ownerOf(id);
    return owner === undefined ? found : this.#statements.byId.all(owner);
  }

  withDoi(doi: string, limit: number): DocId[] {
    return this.#statements.byDoi.all(doi, limit);
  }

  naming(id: PaperId, limit: number): DocId[] {
    const byDoi = id.startsWith('10.') ? this.withDoi(id, limit) : [];
    return ascending(
      [...this.#statements.byId.all(id), ...byDoi, ...this.#of(this.#names.naming(id))],
      limit,
    );
  }

  /** `read` gives the paper behind a docId. */
  titled(key: string, limit: number, read: (docId: DocId) => Paper | undefined): DocId[] {
    const hash = titleHash(key);
    const others = this.#of(this.#names.titled(hash));
    // The column is a hash of the key, so the title itself has the last word; of a source it is not asked.
    const titled = this.#statements.byTitle.all(hash, limit).filter((docId) => {
      const paper = read(docId);
      return paper !== undefined && titleKey(paper.title) === key;
    });
    return ascending([...titled, ...others], limit);
  }

  #of(ids: readonly PaperId[]): DocId[] {
    return ids.flatMap((id) => this.#statements.byId.all(id));
  }
}

function ascending(docIds: DocId[], limit: number): DocId[] {
  return docIds.length < 2 ? docIds : [...new Set(docIds)].sort((a, b) => a - b).slice(0, limit);
}

function prepare(db: Database) {
  const plucked = <P extends unknown[]>(sql: string) => db.prepare<P, DocId>(sql).pluck();
  return {
    byId: plucked<[string]>('SELECT doc_id FROM papers WHERE id = ?'),
    byDoi: plucked<[string, number]>('SELECT doc_id FROM papers WHERE doi = ? ORDER BY doc_id LIMIT ?'),
    byTitle: plucked<[number, number]>(
      'SELECT doc_id FROM papers WHERE title_key = ? ORDER BY doc_id LIMIT ?',
    ),
  };
}
