/** The head of a ranking by codes, in the order of the vectors themselves. */
import { dot } from '../../vector/dot.ts';
import type { Ranking } from '../ranking.ts';
import type { PaperStore } from './paper-store.ts';
import { TopK } from './top-k.ts';

/** Of the papers nearest by codes so many at least are compared exactly, a read from SQLite each ... */
const LEAST_RESCORED = 10;
/** ... and so many at most, while what rounding adds to two similarities could still lift them among the first. */
export const MOST_RESCORED = 24;
const ROUNDING = 0.002;

interface RescoreOptions {
  readonly limit: number;
  readonly source: Pick<PaperStore, 'vectors'>;
}

/** The head once more by the stored vectors: rounding must not decide who is tenth. */
export function rescored(vector: Float32Array, found: Ranking, { limit, source }: RescoreOptions): Ranking {
  const best = new TopK(Math.min(limit, found.docIds.length));
  const stored = source.vectors([...found.docIds.subarray(0, rescoredCount(found))]);
  for (const [at, docId] of found.docIds.entries()) {
    const exact = stored[at];
    best.offer(docId, exact ? dot(vector, exact) : (found.scores[at] ?? 0));
  }
  return best.take();
}

function rescoredCount({ scores }: Ranking): number {
  const least = (scores[LEAST_RESCORED - 1] ?? 0) - ROUNDING;
  let count = Math.min(LEAST_RESCORED, scores.length);
  while (count < MOST_RESCORED && (scores[count] ?? 0) >= least && count < scores.length) count++;
  return count;
}
