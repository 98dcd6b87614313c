/**
 * Papers as CSV (RFC 4180), in UTF-8 with a header, as `pharos add` reads it back. Cells are what the papers hold and
 * are not disarmed for spreadsheets, since a file that changes what it carries is no copy.
 */
import type { Paper } from '../paper/paper.ts';

/** Where no fields are asked for. */
const COLUMNS = 'id title authors published categories venue doi url code abstract'.split(' ');
/** Before them, where papers are hits. */
const HIT_COLUMNS = ['rank', 'score'];
/** Those of a hit that are no single value. */
const NOT_FLAT: ReadonlySet<string> = new Set(['match', 'others', 'because']);
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export interface CsvRow {
  readonly paper: Paper;
  readonly rank?: number;
  readonly score?: number;
  readonly confidence?: number;
  readonly theme?: number;
}

/** One row a paper; a list of names is joined by semicolons, or is JSON where a name holds one. */
export function writeCsv(rows: readonly CsvRow[], fields: readonly string[] | undefined): string {
  const isRanked = rows.some(({ rank }) => rank !== undefined);
  const asked =
    fields === undefined ? [...(isRanked ? HIT_COLUMNS : []), ...COLUMNS] : sparse(fields, isRanked);
  const lines = rows.map((row) => asked.map((name) => cellOf(fieldOf(row, name))).join(','));
  return [asked.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function sparse(fields: readonly string[], isRanked: boolean): string[] {
  const flat = fields.filter((name) => !NOT_FLAT.has(name));
  return [...new Set([...(isRanked ? ['rank'] : []), 'id', ...flat])];
}

function fieldOf({ paper, ...hit }: CsvRow, name: string): unknown {
  return name in paper ? paper[name as keyof Paper] : Reflect.get(hit, name);
}

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  const text = Array.isArray(value) ? listCell(value) : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function listCell(values: readonly string[]): string {
  return values.some((value) => /^\[|;/.test(value)) ? JSON.stringify(values) : values.join('; ');
}
