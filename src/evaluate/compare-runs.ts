/** Which modes differ on a collection by more than luck: every pair, in nDCG@10, corrected for their number. */
import type { Mode } from '../search/request.ts';
import type { ModeRun } from './evaluate-collection.ts';
import { holm } from './holm.ts';
import { permutationTest } from './permutation-test.ts';

export interface Comparison {
  readonly modes: readonly [Mode, Mode];
  /** nDCG@10 of the first less that of the second. */
  readonly difference: number;
  /** Two-sided, by a paired randomisation test, after Holm's correction. */
  readonly pValue: number;
}

/** Empty for a single run. */
export function compareRuns(runs: readonly ModeRun[]): Comparison[] {
  const pairs = runs.flatMap((a, at) => runs.slice(at + 1).map((b): [ModeRun, ModeRun] => [a, b]));
  const pValues = holm(pairs.map(([a, b]) => permutationTest(a.scores.ndcg10, b.scores.ndcg10)));
  return pairs.map(([a, b], at) => ({
    modes: [a.result.mode, b.result.mode],
    difference: a.result.ndcg10 - b.result.ndcg10,
    pValue: pValues[at] ?? 1,
  }));
}
