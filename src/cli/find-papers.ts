/** The papers people name on the command line, by whatever name they have for them. */
import { findPaper } from '../api/find-paper.ts';
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { Paper } from '../paper/paper.ts';

/** In the order of the names. PAPER_NOT_FOUND names every one that is not there. */
export async function requirePapers(reader: EngineReader, names: readonly string[]): Promise<Paper[]> {
  const found = await findPapers(reader, names);
  const missing = names.filter((_, at) => found[at] === undefined);
  if (missing.length > 0) throw notFound(missing);
  return found.filter((paper) => paper !== undefined);
}

/** In the order of the names; undefined where the index has no such paper. */
export function findPapers(reader: EngineReader, names: readonly string[]): Promise<(Paper | undefined)[]> {
  return Promise.all(names.map((name) => findPaper(reader, name)));
}

export function notFound(names: readonly string[]): AppError {
  const issues = names.map((name) => ({ message: `there is no paper ${name} in this index`, pointer: name }));
  const message = issues.length === 1 ? issues[0]?.message : `${issues.length} papers are not in this index`;
  return new AppError('PAPER_NOT_FOUND', { ...(message && { message }), issues });
}
