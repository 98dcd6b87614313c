/**
 * CSV with a header, separated by comma, semicolon or tab (RFC 4180, read leniently). The rows are cut here, so that
 * their place, length and encoding are known one by one; what is inside a row is read by csv-parse.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { fieldNamed, type RawField, type RawPaper } from '../paper/raw-paper.ts';
import { type ParseRow, rowFault } from './read-rows.ts';

export type Delimiter = ',' | ';' | '\t';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];
const LIST_FIELDS: ReadonlySet<RawField | undefined> = new Set<RawField>(['authors', 'categories', 'code']);

/** The delimiter that makes a header with a title of this line; undefined when none does. */
export function delimiterOf(headerLine: string): Delimiter | undefined {
  return DELIMITERS.find((delimiter) => {
    try {
      return cellsOf(headerLine, delimiter).some((name) => fieldNamed(name.trim()) === 'title');
    } catch (error) {
      if (error instanceof CsvError) return false;
      throw error;
    }
  });
}

/** The first row is the header. Cells that hold lists may be JSON arrays; empty cells are absent. */
export function csvParser(delimiter: Delimiter): ParseRow {
  let header: readonly string[] | undefined;
  return (text) => {
    const cells = readCells(text, delimiter);
    if (header !== undefined) return cells.every((cell) => cell === '') ? undefined : toRecord(header, cells);
    header = cells.map((name) => name.trim());
    return undefined;
  };
}

function readCells(text: string, delimiter: Delimiter): string[] {
  try {
    return cellsOf(text, delimiter);
  } catch (error) {
    if (error instanceof CsvError) throw rowFault(`The row is broken CSV: ${error.message}`);
    throw error;
  }
}

function cellsOf(text: string, delimiter: Delimiter): string[] {
  const row = text.endsWith('\r') ? text.slice(0, -1) : text;
  const records: string[][] = parse(row, {
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
  });
  if (records.length > 1) throw rowFault('The quotation marks of the row do not match');
  return records[0] ?? [];
}

function toRecord(header: readonly string[], cells: readonly string[]): RawPaper {
  if (cells.slice(header.length).some((cell) => cell.trim() !== '')) {
    throw rowFault(
      `The row has ${cells.length} cells, the header ${header.length}; quote cells that hold delimiters`,
    );
  }
  return Object.fromEntries(
    header.map((name, column) => [name, cellValue(fieldNamed(name), cells[column] ?? '')]),
  );
}

function cellValue(field: RawField | undefined, cell: string): unknown {
  const mayBeList = LIST_FIELDS.has(field) && cell.trimStart().startsWith('[');
  return mayBeList ? (jsonArrayIn(cell) ?? cell) : cell;
}

function jsonArrayIn(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
