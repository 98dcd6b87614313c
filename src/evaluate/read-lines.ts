/** The lines of a file, plain or gzip, UTF-8 or UTF-16, that are not blank, each with where it stands. */
import { isUtf8 } from 'node:buffer';
import { AppError } from '../fault/app-error.ts';
import { frames } from '../ingest/frames.ts';
import { gunzipIfPacked } from '../ingest/gunzip.ts';
import { readBytes } from '../ingest/read-bytes.ts';
import { toUtf8 } from '../ingest/to-utf8.ts';

export interface Line {
  readonly text: string;
  /** Throws ROW_INVALID that names file and line. */
  readonly refuse: (reason: string) => never;
}

/** SOURCE_UNREADABLE, or ROW_INVALID for a line that is no text. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  for await (const { line, bytes } of frames(toUtf8(gunzipIfPacked(readBytes(path), path)))) {
    const refuse = (reason: string): never => {
      throw new AppError('ROW_INVALID', { message: `${path}:${line}: ${reason}` });
    };
    if (bytes === undefined || !isUtf8(bytes)) return refuse('the row is too long, or not UTF-8 text');
    const text = bytes.toString().replace(/\r$/, '');
    if (text.trim() !== '') yield { text, refuse };
  }
}

/** The line as one JSON object. */
export function parseObject({ text, refuse }: Line): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`the row is broken JSON: ${error instanceof Error ? error.message.slice(0, 120) : error}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('the row is JSON, but not an object');
  }
  return value as Readonly<Record<string, unknown>>;
}

/** A judged id stays as it is written, for the judgments name it so; numbers count as their digits. */
export function idIn(row: Readonly<Record<string, unknown>>, { refuse }: Line): string {
  const id = row.id ?? row._id;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  if (typeof id === 'string' && id.trim() !== '') return id.trim();
  return refuse('the row has no id, neither "id" nor "_id"');
}
