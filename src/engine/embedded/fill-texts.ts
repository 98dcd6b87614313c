/** Makes the text index from the stored papers: for indexes from before there was one, and for repairs. */
import type { Database } from 'better-sqlite3';
import type { DocId } from '../ranking.ts';
import { parseBody } from './paper-store.ts';
import { INSERT_TEXTS, textRow } from './text-index.ts';

const PAGE_ROWS = 256;

/** What was in it goes. Must run inside a transaction. */
export function fillTexts(db: Database): void {
  db.exec(`INSERT INTO texts (texts) VALUES ('delete-all')`);
  const insert = db.prepare(INSERT_TEXTS);
  const page = db.prepare<[DocId], { doc_id: DocId; body: string }>(
    `SELECT doc_id, body FROM papers WHERE doc_id > ? ORDER BY doc_id LIMIT ${PAGE_ROWS}`,
  );
  let last = 0;
  for (let rows = page.all(last); rows.length > 0; rows = page.all(last)) {
    for (const { doc_id, body } of rows) insert.run(doc_id, ...textRow(parseBody(body)));
    last = rows.at(-1)?.doc_id ?? last;
  }
}
