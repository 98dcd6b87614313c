/** The papers that are folded into a hit, and what tells that they are one work with it. */
import type { EngineReader } from '../engine/engine.ts';
import type { Paper } from '../paper/paper.ts';
import { sameWork } from '../paper/same-work.ts';
import type { OtherPaper } from './answer.ts';
import type { ListedHit } from './listing.ts';

/** For each hit its others, without those that were removed a moment ago. */
export async function otherPapers(
  engine: Pick<EngineReader, 'papers'>,
  hits: readonly ListedHit[],
): Promise<Paper[][]> {
  const all = hits.flatMap(({ others }) => others);
  if (all.length === 0) return hits.map(() => []);
  const papers = await engine.papers(all);
  const byDocId = new Map(all.map((docId, at) => [docId, papers[at]]));
  return hits.map(({ others }) => others.flatMap((docId) => byDocId.get(docId) ?? []));
}

/** A paper that is one work with the hit only through a third says why it goes with that one. */
export function describeOthers(paper: Paper, others: readonly Paper[]): OtherPaper[] {
  return others.map((other) => {
    const why = [paper, ...others]
      .filter((member) => member !== other)
      .flatMap((member) => sameWork(member, other) ?? []);
    return { id: other.id, title: other.title, why: why[0] ?? 'text' };
  });
}
