/** The papers a question names as a whole: by id, DOI or title. They come first, wherever retrieval puts them. */
import type { EngineReader } from '../engine/engine.ts';
import { type Filter, matchesFilter } from '../engine/filter.ts';
import type { DocId } from '../engine/ranking.ts';
import type { Paper } from '../paper/paper.ts';
import type { PaperName } from './parse-query.ts';

export interface ExactHit {
  readonly docId: DocId;
  readonly as: PaperName['as'];
  readonly paper: Paper;
}

/** Those that pass the filter, each once, in the order of the names and then by docId. */
export async function exactHits(
  engine: Pick<EngineReader, 'lookup' | 'papers'>,
  names: readonly PaperName[],
  filter: Filter,
): Promise<ExactHit[]> {
  if (names.length === 0) return [];
  const found = await engine.lookup(names.map(({ key }) => key));
  const named = new Map<DocId, PaperName['as']>();
  names.forEach(({ as }, at) => {
    for (const docId of found[at] ?? []) if (!named.has(docId)) named.set(docId, as);
  });
  if (named.size === 0) return [];
  const papers = await engine.papers([...named.keys()]);
  return [...named].flatMap(([docId, as], at) => {
    const paper = papers[at];
    return paper !== undefined && matchesFilter(paper, filter) ? [{ docId, as, paper }] : [];
  });
}
