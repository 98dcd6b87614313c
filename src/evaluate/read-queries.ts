/** The queries of a judged collection: questions, and papers whose related work is wanted. */
import type { PaperId } from '../paper/paper.ts';
import { idIn, parseObject, readLines } from './read-lines.ts';

export interface JudgedQuery {
  readonly id: string;
  readonly text: string;
  /** Given where related work is asked for: the query's own paper, which no ranking may hold. */
  readonly doc?: PaperId;
}

/** ROW_INVALID for a row that is no query, and for an id that comes twice. */
export async function readQueries(path: string): Promise<JudgedQuery[]> {
  const queries = new Map<string, JudgedQuery>();
  for await (const line of readLines(path)) {
    const row = parseObject(line);
    const id = idIn(row, line);
    const { text, doc } = row;
    if (typeof text !== 'string' || text.trim() === '') line.refuse(`query ${id} has no "text"`);
    if (queries.has(id)) line.refuse(`there is a query ${id} above already`);
    queries.set(id, { id, text: String(text), ...(isGiven(doc) && { doc: String(doc) }) });
  }
  return [...queries.values()];
}

function isGiven(doc: unknown): boolean {
  return typeof doc === 'number' || (typeof doc === 'string' && doc !== '');
}
