/**
 * Upvotes and comments, read from the papers as they are stored: they change in place, every day, and nothing that is
 * searched derives from them. The index holds only papers that have any, few in most corpora; without it, in a store
 * that no newer Pharos has written to, every paper is read and the answer is the same.
 */
import type { Database } from 'better-sqlite3';
import type { Votes } from '../engine.ts';

const HAS_VOTES = `coalesce(json_extract(body, '$.upvotes'), json_extract(body, '$.comments')) IS NOT NULL`;

export const VOTES_INDEX = `CREATE INDEX papers_votes ON papers (doc_id) WHERE ${HAS_VOTES};`;

/** Of every paper that has them, by docId. */
export function votesReader(db: Database): () => Votes[] {
  const statement = db.prepare<[], Votes>(`
    SELECT doc_id AS docId,
      coalesce(json_extract(body, '$.upvotes'), 0) AS upvotes,
      coalesce(json_extract(body, '$.comments'), 0) AS comments
    FROM papers WHERE ${HAS_VOTES} ORDER BY doc_id
  `);
  return () => statement.all();
}
