/** Papers that a program has in its hands, as the rows that the indexer takes. */
import type { PaperInput } from '../client/paper-input.ts';
import type { IncomingRow } from '../indexer/store-papers.ts';
import { paperRow, rowFault } from '../ingest/read-rows.ts';

/** What the place of a row is called that stands in no file. */
const NOWHERE = 'papers';

/** Rows count from 1, in the place of lines. */
export async function* paperRows(
  papers: Iterable<PaperInput> | AsyncIterable<PaperInput>,
): AsyncGenerator<IncomingRow> {
  let line = 0;
  for await (const raw of papers) {
    line++;
    const row = paperRow({ file: NOWHERE, line }, () => {
      if (typeof raw !== 'object' || raw === null) throw rowFault('The row is not an object');
      return raw;
    });
    if (row) yield { row };
  }
}
