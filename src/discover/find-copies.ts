/**
 * Which papers of the index are the papers of somebody's library, however the library writes them: by id, by DOI,
 * or by a title whose authors agree.
 */
import type { EngineReader, LookupKey } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import type { Paper } from '../paper/paper.ts';
import { sameWork } from '../paper/same-work.ts';
import { titleKey } from '../paper/title-key.ts';
import { nameTokens } from '../text/names.ts';

/** Where one side names no authors, a shorter title may be anybody's: `Introduction`, `Deep learning`. */
const TELLING_TITLE_WORDS = 4;

export interface Copies {
  /** Empty for a paper that is not in the index. */
  readonly docIds: readonly DocId[];
  /** The stored paper that goes by its id, else the first of the others. */
  readonly stored: Paper | undefined;
}

/** In the order of the papers. */
export async function findCopies(
  engine: Pick<EngineReader, 'lookup' | 'papers'>,
  papers: readonly Paper[],
): Promise<Copies[]> {
  const keys = papers.map(keysOf);
  const found = await engine.lookup(keys.flat());
  const candidates: DocId[][] = [];
  let next = 0;
  for (const { length } of keys) {
    candidates.push([...new Set(found.slice(next, next + length).flat())]);
    next += length;
  }
  const stored = await engine.papers(candidates.flat());
  const byDocId = new Map(candidates.flat().map((docId, at) => [docId, stored[at]]));
  return papers.map((paper, at) => {
    const copies = (candidates[at] ?? []).flatMap((docId) => {
      const other = byDocId.get(docId);
      return other && isCopy(paper, other) ? [{ docId, paper: other }] : [];
    });
    const first = copies.find((copy) => copy.paper.id === paper.id) ?? copies[0];
    return { docIds: copies.map(({ docId }) => docId), stored: first?.paper };
  });
}

function keysOf({ id, doi, title }: Paper): LookupKey[] {
  return [
    { kind: 'id', value: id },
    { kind: 'title', value: titleKey(title) },
    ...(doi === undefined ? [] : [{ kind: 'doi', value: doi.toLowerCase() } as const]),
  ];
}

function isCopy(paper: Paper, stored: Paper): boolean {
  if (paper.id === stored.id || sameWork(paper, stored) !== undefined) return true;
  const isAnonymous = paper.authors.length === 0 || stored.authors.length === 0;
  return (
    isAnonymous &&
    nameTokens(paper.title).length >= TELLING_TITLE_WORDS &&
    titleKey(paper.title) === titleKey(stored.title)
  );
}
