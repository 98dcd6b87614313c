/** Papers that a program has in its hands, as the rows that the indexer takes. */
import type { IncomingRow } from '../indexer/store-papers.ts';
import { paperRow, rowFault } from '../ingest/read-rows.ts';

/** As a line of a JSON Lines file: a title and whatever else is known, under the names of docs/usage.md. */
export interface PaperInput {
  readonly title: string;
  readonly id?: string;
  readonly abstract?: string;
  readonly authors?: readonly string[];
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly published?: string;
  readonly categories?: readonly string[];
  readonly venue?: string;
  readonly url?: string;
  readonly doi?: string;
  readonly [field: string]: unknown;
}

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
