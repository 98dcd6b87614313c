/**
 * A paper by any name a caller may have for it: an id under which a source has it, one with prefix or version, a DOI,
 * or the address of its page.
 */
import type { Request } from 'express';
import { AppError } from '../fault/app-error.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { Paper } from '../paper/paper.ts';
import type { PaperStore } from './context.ts';

type Lookup = Pick<PaperStore, 'get' | 'lookup' | 'papers'>;

/** Undefined where the index holds no such paper. */
export async function findPaper(engine: Lookup, reference: string): Promise<Paper | undefined> {
  const [paper] = await findPapers(engine, [reference]);
  return paper;
}

/** For each reference its paper, undefined where the index holds none; however many, the store is asked three times. */
export async function findPapers(
  engine: Lookup,
  references: readonly string[],
): Promise<(Paper | undefined)[]> {
  const names = references.map((reference) => ({
    given: reference.trim(),
    parsed: parseIdentifier(reference),
  }));
  const ids = new Set(names.flatMap(({ given, parsed }) => [given, ...(parsed ? [parsed.id] : [])]));
  const stored = await engine.get([...ids]);
  const byId = new Map([...ids].map((id, at) => [id, stored[at]]));
  const found = names.map(({ given, parsed }) => byId.get(given) ?? (parsed && byId.get(parsed.id)));
  // A preprint goes by its arXiv id and knows the DOI of what became of it.
  const others = names.flatMap(({ parsed }, at) =>
    found[at] === undefined && parsed !== undefined ? [{ at, value: parsed.id }] : [],
  );
  if (others.length === 0) return found;
  const docIds = await engine.lookup(others.map(({ value }) => ({ kind: 'named', value })));
  const known = others.flatMap(
    ({ at }, place) => docIds[place]?.slice(0, 1).map((docId) => ({ at, docId })) ?? [],
  );
  const published = await engine.papers(known.map(({ docId }) => docId));
  for (const [place, { at }] of known.entries()) found[at] = published[place];
  return found;
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
