/** Tells the formats apart by the first rows, whatever the file is called. */
import { isArxivRecord } from './arxiv-snapshot.ts';
import { delimiterOf } from './csv.ts';

export const FORMATS = ['jsonl', 'arxiv', 'csv'] as const;
/** `jsonl`: Pharos's own JSON Lines. `arxiv`: Kaggle's arXiv snapshot. `csv`: CSV with a header. */
export type Format = (typeof FORMATS)[number];

/** How much of a file is needed to tell. */
export const HEAD_BYTES = 64 * 1024;

const MAX_LINES = 20;
/** How an object begins; a `{` alone is JSON spread over many lines, which is no row. */
const OBJECT_START = /^\s*\{\s*"/;
const ARXIV_KEY = /"authors_parsed"\s*:/;

/**
 * Undefined when it is none of them. Bad rows at the top do not matter as long as one good row is among the first
 * twenty, or one begins like an object.
 */
export function detectFormat(head: string): Format | undefined {
  const lines = head.split('\n', MAX_LINES).filter((line) => line.trim() !== '');
  if (delimiterOf(headerLine(head)) !== undefined) return 'csv';
  const records = lines.flatMap(objectIn);
  if (records.some(isArxivRecord)) return 'arxiv';
  if (records.length > 0) return 'jsonl';
  const begun = lines.find((line) => OBJECT_START.test(line));
  if (begun === undefined) return undefined;
  return ARXIV_KEY.test(begun) ? 'arxiv' : 'jsonl';
}

/** The first line that is not blank. */
export function headerLine(head: string): string {
  return (/^\s*([^\r\n]*)/.exec(head)?.[1] ?? '').trimEnd();
}

function objectIn(line: string): Record<string, unknown>[] {
  if (!OBJECT_START.test(line)) return [];
  try {
    return [JSON.parse(line)];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
