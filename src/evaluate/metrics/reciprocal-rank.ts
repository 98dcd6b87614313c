import type { PaperId } from '../../paper/paper.ts';
import { type Grades, isRelevant } from './metric.ts';

/**
 * One over the rank of the first relevant paper (Voorhees, TREC-8, 1999); 0 where none is in the first `depth`
 * ranks. Its mean over queries is MRR.
 */
export function reciprocalRank(ranking: readonly PaperId[], grades: Grades, depth = 10): number {
  const at = ranking.slice(0, depth).findIndex((id) => isRelevant(id, grades));
  return at < 0 ? 0 : 1 / (at + 1);
}
