/** The names of papers that were stored before names were kept. */
import type { Database } from 'better-sqlite3';
import type { DocId } from '../ranking.ts';
import { NameWriter } from './name-store.ts';
import { parseBody } from './paper-store.ts';
import { RecordReader } from './record-store.ts';

const PAGE_ROWS = 256;

/** Must run inside a transaction, on an empty table. */
export function fillNames(db: Database): void {
  const writer = new NameWriter(db);
  const reader = new RecordReader(db);
  const page = db.prepare<[DocId], { doc_id: DocId; body: string }>(
    `SELECT doc_id, body FROM papers WHERE doc_id > ? ORDER BY doc_id LIMIT ${PAGE_ROWS}`,
  );
  let last = 0;
  for (let rows = page.all(last); rows.length > 0; rows = page.all(last)) {
    for (const { body } of rows) {
      const paper = parseBody(body);
      writer.put(paper, reader.recordsOf(paper));
    }
    last = rows.at(-1)?.doc_id ?? last;
  }
}
