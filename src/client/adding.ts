/** Papers to a server: in one request, or in as many as they need. */
import type { Job } from './jobs.ts';
import type { PaperInput } from './paper-input.ts';
import type { RequestOptions } from './paper-search.ts';
import { type PatientOptions, patiently } from './patiently.ts';
import { lineOf, RowStream } from './row-stream.ts';
import type { Transport } from './transport.ts';

/** What became of one row: the id under which the paper is found, or why it is none. `row` and `line` count from 1. */
export type RowAnswer = { readonly row: number; readonly line: number } & (
  | { readonly id: string; readonly outcome: string }
  | { readonly reason: string }
);

export interface Added {
  /** Embeds what was stored. */
  readonly job: Job;
  readonly accepted: number;
  readonly refused: number;
  /** In the order of the papers. */
  readonly rows: readonly RowAnswer[];
}

export type Papers = Iterable<PaperInput> | AsyncIterable<PaperInput>;

export interface AddAllOptions extends PatientOptions {
  /** Most papers of one request, 1 to 100,000; 1,000 unless given. */
  readonly batchSize?: number;
}

const BATCH_SIZE = 1_000;
/** In UTF-16 units: a request arrives in seconds, also on slow lines. */
const BATCH_LENGTH = 4 * 1024 * 1024;
const PATH = 'api/v1/papers';

/** As one request. A list is sent as a text, what is made one by one as a stream. */
export function addOnce(transport: Transport, papers: Papers, options: RequestOptions): Promise<Added> {
  const rows = Symbol.asyncIterator in papers ? new RowStream(papers) : [...papers].map(lineOf).join('');
  return transport.json({ ...options, path: PATH, rows });
}

/** As many requests, one after the other; rows are counted through. */
export async function* addInBatches(
  transport: Transport,
  papers: Papers,
  { batchSize = BATCH_SIZE, ...options }: AddAllOptions,
): AsyncGenerator<Added, void, undefined> {
  let before = 0;
  for await (const rows of batchesOf(papers, batchSize)) {
    const call = { ...options, path: PATH, rows };
    const added = await patiently(() => transport.json<Added>(call), options);
    const from = before;
    yield {
      ...added,
      rows: added.rows.map((row) => ({ ...row, row: row.row + from, line: row.line + from })),
    };
    before += added.rows.length;
  }
}

async function* batchesOf(papers: Papers, size: number): AsyncGenerator<string, void, undefined> {
  let text = '';
  let count = 0;
  for await (const paper of papers) {
    text += lineOf(paper);
    count++;
    if (count < size && text.length < BATCH_LENGTH) continue;
    yield text;
    text = '';
    count = 0;
  }
  if (count > 0) yield text;
}
