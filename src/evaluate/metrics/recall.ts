import type { PaperId } from '../../paper/paper.ts';
import { countRelevant, type Grades, isRelevant } from './metric.ts';

/** The share of the relevant papers that stand in the first `depth` ranks: trec_eval's `recall`. */
export function recall(ranking: readonly PaperId[], grades: Grades, depth = 100): number {
  const relevant = countRelevant(grades);
  if (relevant === 0) return 0;
  return ranking.slice(0, depth).filter((id) => isRelevant(id, grades)).length / relevant;
}
