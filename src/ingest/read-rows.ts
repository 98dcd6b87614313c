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
const NOT_TEXT = 'The row is not UTF-8 text';

export async function* readRows(
  source: AsyncIterable<Frame>,
  file: string,
  parse: ParseRow,
): AsyncGenerator<Row> {
  for await (const { line, bytes } of source) {
    const row = toRow({ file, line }, bytes, parse);
    if (row !== undefined) yield row;
  }
}

export function rowFault(message: string): AppError {
  return new AppError('ROW_INVALID', { message });
}

function toRow(place: RowPlace, bytes: Buffer | undefined, parse: ParseRow): Row | undefined {
  if (bytes === undefined) return { place, fault: rowFault(TOO_LONG) };
  if (!isUtf8(bytes)) return { place, fault: rowFault(NOT_TEXT) };
  const text = bytes.toString();
  if (text.trim() === '') return undefined;
  try {
    const raw = parse(text);
    return raw && { place, paper: normalizePaper(raw) };
  } catch (error) {
    if (isAppError(error, 'ROW_INVALID')) return { place, fault: error };
    throw error;
  }
}
