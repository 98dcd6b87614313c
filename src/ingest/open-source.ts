/**
 * Papers from a file or from standard input: plain or gzip, UTF-8 or UTF-16, in any of the formats, a stream whose
 * memory does not grow with the file.
 */
import { AppError, isAppError } from '../fault/app-error.ts';
import { readAcl } from './acl.ts';
import { parseArxivRow } from './arxiv-snapshot.ts';
import { readBibtex } from './bibtex.ts';
import { csvParser, delimiterOf } from './csv.ts';
import { csvBoundary } from './csv-boundary.ts';
import { detectFormat, FORMATS, type Format, HEAD_BYTES, headerLine } from './detect-format.ts';
import { frames } from './frames.ts';
import { gunzipIfPacked } from './gunzip.ts';
import { readIdList } from './id-list.ts';
import { jsonBoundary } from './json-boundary.ts';
import { parseLibraryObject } from './library-json.ts';
import { lineGroups } from './line-groups.ts';
import { parseJsonRow } from './parse-json-row.ts';
import { peek } from './peek.ts';
import { readPubmed } from './pubmed.ts';
import { nameOf, type ReadBytesOptions, readBytes } from './read-bytes.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';
import { beginsRecord, parseTaggedRecord } from './tagged.ts';
import { toUtf8 } from './to-utf8.ts';
import { readZoteroRdf } from './zotero-rdf.ts';

export interface ReadPapersOptions extends ReadBytesOptions {
  /** Recognised from the first rows unless given. */
  readonly format?: Format;
}

/**
 * One Row for every row of the file that is not blank, in order. `-` is standard input.
 *
 * Throws SOURCE_UNREADABLE, FORMAT_UNKNOWN or INTERRUPTED. A source that fails half-way (a cut-off gzip, a disk that
 * gives up) yields every whole row before it throws, and the message says how far it came.
 */
export async function* readPapers(path: string, options: ReadPapersOptions = {}): AsyncGenerator<Row> {
  const { head, chunks } = await peek(toUtf8(gunzipIfPacked(readBytes(path, options), path)), HEAD_BYTES);
  const format = options.format ?? detectFormat(head.toString());
  let lastLine = 0;
  try {
    for await (const row of rowsOf(chunks, { path, head: head.toString(), format })) {
      lastLine = row.place.line;
      yield 'paper' in row ? { ...row, source: format ?? 'jsonl' } : row;
    }
  } catch (error) {
    throw lastLine > 0 && isAppError(error, 'SOURCE_UNREADABLE') ? failedAfter(lastLine, error) : error;
  } finally {
    await chunks.return(undefined);
  }
}

interface Source {
  readonly path: string;
  readonly head: string;
  readonly format: Format | undefined;
}

function rowsOf(chunks: AsyncIterable<Buffer>, source: Source): AsyncIterable<Row> {
  const { path, head, format } = source;
  if (format === 'jsonl') return readRows(frames(chunks), path, parseJsonRow);
  if (format === 'arxiv') return readRows(frames(chunks), path, parseArxivRow);
  if (head.trim() === '') return readRows(frames(chunks), path, parseJsonRow);
  const rows = format && libraryRows(chunks, path, format);
  if (rows) return rows;
  const delimiter = delimiterOf(headerLine(head));
  if (delimiter === undefined) throw unknownFormat(source);
  return readRows(frames(chunks, { boundary: csvBoundary(delimiter) }), path, csvParser(delimiter));
}

/** Undefined for formats that are no library. */
function libraryRows(
  chunks: AsyncIterable<Buffer>,
  path: string,
  format: Format,
): AsyncIterable<Row> | undefined {
  switch (format) {
    case 'bibtex':
      return readBibtex(chunks, path);
    case 'ris':
      return readRows(lineGroups(frames(chunks), { begins: beginsRecord }), path, parseTaggedRecord);
    case 'csl':
    case 'zotero':
      return readRows(frames(chunks, { boundary: jsonBoundary() }), path, parseLibraryObject);
    case 'zotero-rdf':
      return readZoteroRdf(chunks, path);
    case 'pubmed':
      return readPubmed(chunks, path);
    case 'acl':
      return readAcl(chunks, path);
    case 'ids':
      return readIdList(chunks, path);
    default:
      return undefined;
  }
}

function unknownFormat({ path, head, format }: Source): AppError {
  const name = nameOf(path);
  if (format === 'csv') {
    const message = `${name} has no column named "title"; its first line is ${JSON.stringify(headerLine(head).slice(0, 80))}`;
    return new AppError('FORMAT_UNKNOWN', { message, remedy: 'Add a header line that names the columns.' });
  }
  const message = `${name} is none of the formats ${FORMATS.join(', ')}`;
  if (!/^\s*[[{]/.test(head)) return new AppError('FORMAT_UNKNOWN', { message });
  return new AppError('FORMAT_UNKNOWN', {
    message: `${message}: it is JSON, but not one object a line`,
    remedy: 'Write each paper as a JSON object on a line of its own, for instance with `jq -c ".[]"`.',
  });
}

function failedAfter(line: number, { message, remedy, cause }: AppError): AppError {
  return new AppError(
    'SOURCE_UNREADABLE',
    { message: `${message}. The rows up to line ${line} have been read`, remedy },
    { cause },
  );
}
