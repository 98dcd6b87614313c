/**
 * Where nobody counts votes, what a corpus can say is which of its new papers have company: how much more alike a
 * paper is to the others of its window than to those of the window before. A subject on which many write at once
 * stands out, one on which as many wrote before does not. It says nothing of how good a paper is.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import type { DocId } from '../engine/ranking.ts';

/** The newest of either window; comparing twice as many takes four times as long. */
const MOST_COMPARED = 250;
/** Fewer papers make no company. */
const LEAST_COMPARED = 20;
/** How many of the most similar count as company: a subject, not a pair of sister papers. */
const COMPANY = 8;

interface Active {
  readonly docId: DocId;
  readonly score: number;
}

/**
 * The newest 250 papers of the window, the most company first; undefined where either window is too small to say.
 * The score is a difference of mean cosines.
 */
export async function byActivity(
  engine: Pick<EngineReader, 'newest' | 'similarities'>,
  now: Filter,
  before: Filter,
): Promise<Active[] | undefined> {
  const current = [...(await engine.newest({ filter: now, limit: MOST_COMPARED })).docIds];
  const earlier = [...(await engine.newest({ filter: before, limit: MOST_COMPARED })).docIds];
  if (current.length < LEAST_COMPARED || earlier.length < LEAST_COMPARED) return undefined;
  // As many of either, or the larger would win by its number.
  const size = Math.min(current.length, earlier.length);
  const docIds = [...current, ...earlier.slice(0, size)];
  const similarities = await engine.similarities(docIds);
  const company = spreadOver(current.length, size);
  return current
    .map((docId, row) => {
      const of = similarities.subarray(row * docIds.length, (row + 1) * docIds.length);
      // The diagonal is 0, so a paper is no company of its own.
      const among = company.map((at) => of[at] ?? 0);
      return { docId, score: meanOfBest(among) - meanOfBest(of.subarray(current.length)) };
    })
    .sort((a, b) => b.score - a.score || a.docId - b.docId);
}

function meanOfBest(values: ArrayLike<number>): number {
  const best = Float64Array.from(values).sort().subarray(-COMPANY);
  return best.reduce((sum, value) => sum + value, 0) / Math.max(1, best.length);
}

/** Evenly spread places below a count. */
function spreadOver(count: number, wanted: number): number[] {
  return Array.from({ length: wanted }, (_, at) => Math.floor((at * count) / wanted));
}
