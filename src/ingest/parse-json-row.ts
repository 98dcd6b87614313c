/** One line of JSON Lines as a record. */
import { oneLine } from '../paper/normalize-text.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { rowFault } from './read-rows.ts';

const MAX_REASON_LENGTH = 120;

/** Throws ROW_INVALID when the line is not one JSON object. */
export function parseJsonRow(line: string): RawPaper {
  const value = parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw rowFault('The row is JSON, but not an object');
  }
  return value as RawPaper;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The engine quotes the text around the error, which may be anything.
    throw rowFault(`The row is broken JSON: ${oneLine(error.message).slice(0, MAX_REASON_LENGTH)}`);
  }
}
