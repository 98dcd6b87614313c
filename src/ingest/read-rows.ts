/** From the rows of a file to papers and faults: exactly one Row for every row that is not blank, in order. */
import { isUtf8 } from 'node:buffer';
import { AppError, isAppError } from '../fault/app-error.ts';
import { normalizePaper } from '../paper/normalize-paper.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { type Frame, MAX_ROW_BYTES } from './frames.ts';
import type { Row, RowPlace } from './row.ts';

/** Undefined for a row that is none, such as a header. Throws ROW_INVALID. */
export type ParseRow = (text: string) => RawPaper | undefined;

const TOO_LONG = `The row is longer than ${MAX_ROW_BYTES / 1024 / 1024} MiB`;
const LINE_FEED = 0x0a;
const BLANK = new Set([LINE_FEED, 0x0d, 0x20, 0x09]);
const NOT_TEXT = 'The row is not UTF-8 text';

export async function* readRows(
  source: AsyncIterable<Frame>,
  file: string,
  parse: ParseRow,
): AsyncGenerator<Row> {
  for await (const frame of source) {
    const row = toRow(file, frame, parse);
    if (row !== undefined) yield row;
  }
}

export function rowFault(message: string): AppError {
  return new AppError('ROW_INVALID', { message });
}

/** The text of a row, or why it has none. */
export function textOf({ bytes }: Frame): string | AppError {
  if (bytes === undefined) return rowFault(TOO_LONG);
  return isUtf8(bytes) ? bytes.toString() : rowFault(NOT_TEXT);
}

/** The paper that `make` makes, or the fault it throws; undefined when it makes none. */
export function paperRow(place: RowPlace, make: () => RawPaper | undefined): Row | undefined {
  try {
    const raw = make();
    return raw && { place, paper: normalizePaper(raw) };
  } catch (error) {
    if (isAppError(error, 'ROW_INVALID')) return { place, fault: error };
    throw error;
  }
}

function toRow(file: string, frame: Frame, parse: ParseRow): Row | undefined {
  const text = textOf(frame);
  if (typeof text !== 'string') return { place: { file, line: frame.line }, fault: text };
  if (text.trim() === '') return undefined;
  return paperRow({ file, line: frame.line + leadingLineFeeds(text) }, () => parse(text));
}

/** Where rows do not end with a line feed, the next one may begin some lines below. */
function leadingLineFeeds(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length && BLANK.has(text.charCodeAt(at)); at += 1) {
    if (text.charCodeAt(at) === LINE_FEED) count += 1;
  }
  return count;
}
