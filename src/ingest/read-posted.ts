/** The rows of a body that was sent to a server: a JSON list of papers, or one paper a line. */
import { AppError } from '../fault/app-error.ts';
import { frames } from './frames.ts';
import { jsonBoundary } from './json-boundary.ts';
import { parseJsonRow } from './parse-json-row.ts';
import { peek } from './peek.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';

/** Where the rows say they stood. */
const PLACE = 'body';
/** Room for what a person writes before the list begins. */
const HEAD_BYTES = 1_024;

/** One Row for every element or line, in order. BODY_INVALID where JSON is no list. */
export async function* readPosted(
  body: AsyncIterable<Buffer>,
  format: 'json' | 'jsonl',
): AsyncGenerator<Row> {
  const { head, chunks } = await peek(body, HEAD_BYTES);
  const begin = head.toString().trimStart();
  try {
    // A body that broke off says so itself, when its chunks are read.
    if (begin !== '' && format === 'json' && !begin.startsWith('[')) throw noList();
    const boundary = format === 'json' ? { boundary: jsonBoundary() } : {};
    yield* readRows(frames(chunks, boundary), PLACE, parseJsonRow);
  } finally {
    await chunks.return(undefined);
  }
}

function noList(): AppError {
  return new AppError('BODY_INVALID', {
    message: 'The body must be a JSON list of papers.',
    remedy: 'Put the papers into brackets, or send one JSON object a line with application/x-ndjson.',
  });
}
