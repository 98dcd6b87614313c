/**
 * A paper by any name a caller may have for it: an id under which a source has it, one with prefix or version, a DOI,
 * or the address of its page.
 */
import type { Request } from 'express';
import { AppError } from '../fault/app-error.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { Paper } from '../paper/paper.ts';
import type { PaperStore } from './context.ts';

/** Undefined where the index holds no such paper. */
export async function findPaper(engine: PaperStore, reference: string): Promise<Paper | undefined> {
  const parsed = parseIdentifier(reference);
  const ids = [reference.trim(), ...(parsed ? [parsed.id] : [])];
  const found = (await engine.get(ids)).find((paper) => paper !== undefined);
  if (found !== undefined || parsed === undefined) return found;
  // A preprint goes by its arXiv id and knows the DOI of what became of it.
  const [docIds = []] = await engine.lookup([{ kind: 'named', value: parsed.id }]);
  const [published] = await engine.papers(docIds.slice(0, 1));
  return published;
}

/** Throws PAPER_NOT_FOUND. */
export async function requirePaper(engine: PaperStore, reference: string): Promise<Paper> {
  const paper = await findPaper(engine, reference);
  if (paper) return paper;
  const message = `There is no paper ${JSON.stringify(reference.slice(0, 100))} in this index.`;
  throw new AppError('PAPER_NOT_FOUND', { message, issues: [{ message, pointer: 'id' }] });
}

/** The `*id` of a path: Express decodes it segment by segment, since an id may hold slashes, but ends in none. */
export function idOf({ params }: Request): string {
  const { id = '' } = params;
  return (typeof id === 'string' ? id : id.join('/')).replace(/\/$/, '');
}
