import type { PaperId } from '../../paper/paper.ts';
import { countRelevant, type Grades, isRelevant } from './metric.ts';

/**
 * The precision at the rank of each relevant paper, summed and divided by the number of relevant papers, those not
 * found included (Buckley & Voorhees, SIGIR 2000): trec_eval's `map`, over as much of the ranking as is given.
 */
export function averagePrecision(ranking: readonly PaperId[], grades: Grades): number {
  const relevant = countRelevant(grades);
  if (relevant === 0) return 0;
  let found = 0;
  let sum = 0;
  ranking.forEach((id, at) => {
    if (!isRelevant(id, grades)) return;
    found += 1;
    sum += found / (at + 1);
  });
  return sum / relevant;
}
