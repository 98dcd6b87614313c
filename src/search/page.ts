/** One page of a result set as hits: the papers themselves, and why each was found. */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId } from '../engine/ranking.ts';
import type { Hit } from './answer.ts';
import type { HitEvidence } from './confidence.ts';
import type { CoverageMeter } from './coverage.ts';
import type { ListedHit } from './listing.ts';
import { describeOthers, otherPapers } from './other-papers.ts';
import type { PassageFinder } from './passage.ts';
import type { Retrieval } from './retrieve.ts';

export interface PageOptions {
  /** Rank of the first hit less one. */
  readonly offset: number;
  readonly hits: readonly ListedHit[];
  readonly passages: PassageFinder;
  readonly coverage: CoverageMeter;
  readonly confidenceOf: (evidence: HitEvidence) => number;
}

/** Fewer than listed where a paper was removed a moment ago. */
export async function pageOfHits(
  engine: Pick<EngineReader, 'papers'>,
  retrieval: Retrieval,
  { offset, hits, passages, coverage, confidenceOf }: PageOptions,
): Promise<Hit[]> {
  const papers = await engine.papers(hits.map(({ docId }) => docId));
  // A paper found by words alone is not nearer than the last of the nearest.
  const furthest = retrieval.nearest.scores.at(-1);
  const others = await otherPapers(engine, hits);
  return hits.flatMap(({ docId, score, as }, at) => {
    const paper = papers[at];
    if (paper === undefined) return [];
    const rank = offset + at + 1;
    const places = passages.places(paper.abstract);
    const match = {
      ...matchOf(docId, retrieval),
      coverage: coverage.of(paper.title, places),
      exact: as,
      passage: passages.best(paper.abstract, places),
    };
    return {
      ...{ rank, score, confidence: confidenceOf({ rank, match, furthest }), paper, match },
      others: describeOthers(paper, others[at] ?? []),
    };
  });
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
