/** The papers behind the head of a list. */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import type { ListedPaper } from './paper-list.ts';

export interface Ranked {
  readonly docId: DocId;
  readonly score: number | null;
}

/** Without those that were removed a moment ago. */
export async function listed(
  engine: Pick<EngineReader, 'papers'>,
  ranked: readonly Ranked[],
): Promise<ListedPaper[]> {
  const papers = await engine.papers(ranked.map(({ docId }) => docId));
  const found = ranked.flatMap(({ score }, at) => {
    const paper = papers[at];
    return paper ? [{ score, paper }] : [];
  });
  return found.map((hit, at) => ({ rank: at + 1, ...hit }));
}
