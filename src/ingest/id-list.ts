/**
 * A plain list of ids, one a line: arXiv ids, DOIs, ACL ids, PubMed numbers, or addresses of papers,
 * with remarks after `#`. A list
 * tells nothing of the papers, so what comes out are references; who holds the papers decides what becomes of them.
 */
import { parseIdentifier } from '../paper/identifier.ts';
import { type Frame, frames } from './frames.ts';
import { rowFault, textOf } from './read-rows.ts';
import type { Row } from './row.ts';

const REMARK = /(?:^|\s)#.*$/;
const MAX_LINES = 20;

/** Whether the first lines are ids and nothing else. */
export function isIdList(head: string): boolean {
  const lines = head
    .split('\n', MAX_LINES + 1)
    .slice(0, MAX_LINES)
    .map(withoutRemark)
    .filter((line) => line !== '');
  const ids = lines.filter((line) => parseIdentifier(line) !== undefined);
  return lines.length > 0 && ids.length * 2 > lines.length;
}

/** A reference for every line that names a paper, a fault for every other one that is not blank. */
export async function* readIdList(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Row> {
  for await (const frame of frames(chunks)) {
    const row = toRow(frame, file);
    if (row) yield row;
  }
}

function toRow(frame: Frame, file: string): Row | undefined {
  const place = { file, line: frame.line };
  const text = textOf(frame);
  if (typeof text !== 'string') return { place, fault: text };
  const name = withoutRemark(text);
  if (name === '') return undefined;
  const identifier = parseIdentifier(name);
  if (identifier) return { place, reference: identifier };
  return {
    place,
    fault: rowFault(`${JSON.stringify(name.slice(0, 60))} is no arXiv id, DOI, ACL id or address of a paper`),
  };
}

function withoutRemark(line: string): string {
  return line.replace(REMARK, '').trim();
}
