/** One page of a result set as hits: the papers themselves, and why each was found. */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId, Ranking } from '../engine/ranking.ts';
import type { Hit, Match } from './answer.ts';
import type { ExactHit } from './exact-hits.ts';
import type { PassageFinder } from './passage.ts';
import type { Retrieval } from './retrieve.ts';

export interface PageOptions {
  readonly offset: number;
  readonly limit: number;
  /** They come first, in this order. */
  readonly exact: readonly ExactHit[];
  readonly passages: PassageFinder;
}

/** Fewer than `limit` at the end, or where a paper was removed a moment ago. */
export async function pageOfHits(
  engine: Pick<EngineReader, 'papers'>,
  retrieval: Retrieval,
  { offset, limit, exact, passages }: PageOptions,
): Promise<Hit[]> {
  const entries = pageEntries(retrieval.ranking, exact, { offset, limit });
  const papers = await engine.papers(entries.map(({ docId }) => docId));
  return entries.flatMap(({ docId, score, as }, at) => {
    const paper = papers[at];
    if (paper === undefined) return [];
    const match = { ...matchOf(docId, retrieval), exact: as, passage: passages.best(paper.abstract) };
    return [{ rank: offset + at + 1, score, paper, match }];
  });
}

interface Entry {
  readonly docId: DocId;
  readonly score: number;
  readonly as: Match['exact'];
}

function pageEntries(
  { docIds, scores }: Ranking,
  exact: readonly ExactHit[],
  { offset, limit }: { offset: number; limit: number },
): Entry[] {
  // Above every score of the ranking, so that scores fall along the list here too.
  const exactScore = (scores[0] ?? 0) + 1;
  const entries: Entry[] = exact.map(({ docId, as }) => ({ docId, score: exactScore, as }));
  const isExact = new Set(exact.map(({ docId }) => docId));
  for (let at = 0; at < docIds.length && entries.length < offset + limit; at += 1) {
    const docId = docIds[at] ?? 0;
    if (isExact.has(docId)) continue;
    entries.push({ docId, score: scores[at] ?? 0, as: null });
  }
  return entries.slice(offset, offset + limit);
}

/** Ranks are null where the retrieval did not find the paper among those it knows. */
function matchOf(docId: DocId, { lexical, nearest }: Retrieval) {
  const byWords = lexical.docIds.indexOf(docId);
  const byMeaning = nearest.docIds.indexOf(docId);
  return {
    lexicalRank: byWords < 0 ? null : byWords + 1,
    semanticRank: byMeaning < 0 ? null : byMeaning + 1,
    similarity: nearest.scores[byMeaning] ?? null,
  };
}
