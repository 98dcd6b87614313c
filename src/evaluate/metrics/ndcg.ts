import type { PaperId } from '../../paper/paper.ts';
import type { Grades } from './metric.ts';

/**
 * Normalised discounted cumulative gain over the first `depth` ranks (Järvelin & Kekäläinen, TOIS 2002):
 * the sum of grade / log2(rank + 1), over that of the best ranking there could be. The gain is linear, as in
 * trec_eval's `ndcg_cut`; others take 2^grade - 1, which is the same only where grades are 0 and 1.
 */
export function ndcg(ranking: readonly PaperId[], grades: Grades, depth = 10): number {
  const ideal = discounted([...grades.values()].sort((a, b) => b - a).slice(0, depth));
  if (ideal === 0) return 0;
  return discounted(ranking.slice(0, depth).map((id) => grades.get(id) ?? 0)) / ideal;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, at) => sum + Math.max(0, gain) / Math.log2(at + 2), 0);
}
