/** A ranking without some papers. */
import type { DocId, Ranking } from '../engine/ranking.ts';

/** The best `limit` of those left, or all of the ranking as it is where nothing is excluded. */
export function without({ docIds, scores }: Ranking, excluded: readonly DocId[], limit: number): Ranking {
  if (excluded.length === 0) return { docIds, scores };
  const isExcluded = new Set(excluded);
  const kept = Array.from(docIds.keys()).filter((at) => !isExcluded.has(docIds[at] ?? 0));
  const places = kept.slice(0, limit);
  return {
    docIds: Uint32Array.from(places, (at) => docIds[at] ?? 0),
    scores: Float32Array.from(places, (at) => scores[at] ?? 0),
  };
}
