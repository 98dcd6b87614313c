/**
 * How the candidates of two retrievals become one ranking. Each strategy is a function of the candidates and
 * says how many lexical ones it needs, so that the head of the fused list is the head of the list over all
 * papers, whatever the page. What was measured: docs/decisions/fusion.md.
 */
import type { DocId, Ranking } from '../engine/ranking.ts';
import type { ScoreShare } from './answer.ts';
import { MAX_DEPTH } from './request.ts';

export interface Candidates {
  /** The best by words. */
  readonly lexical: Ranking;
  /** The best by meaning. */
  readonly nearest: Ranking;
  /** The lexical scores of the nearest, in their order; 0 where no word matches. */
  readonly nearestLexicalScores: Float32Array;
}

export interface FusionStrategy {
  /** The first `depth` of the fused list. */
  readonly fuse: (candidates: Candidates, depth: number) => Ranking;
  /** How many lexical candidates that takes. */
  readonly lexicalDepth: (depth: number) => number;
  /** What each side gives to the fused score of a paper among the candidates. */
  readonly shares: (candidates: Candidates, docId: DocId) => ScoreShare[];
}

export const FUSIONS = {
  // Outside the nearest a paper has its lexical share alone, so there the lexical order is the fused order.
  convex: { fuse: convexFusion, lexicalDepth: (depth) => depth, shares: convexShares },
  // A paper's share hangs on its lexical rank, however low.
  rrf: {
    fuse: ({ lexical, nearest }, depth) => reciprocalRankFusion([lexical, nearest], depth),
    lexicalDepth: () => MAX_DEPTH,
    shares: reciprocalRankShares,
  },
} as const satisfies Record<string, FusionStrategy>;

export type FusionName = keyof typeof FUSIONS;

/** Cormack's constant: how slowly the worth of a rank falls. */
const RRF_K = 60;
/** Shares of words and of meaning. From .4 to .6 nDCG@10 moves by less than .01 on the mean of six collections. */
const LEXICAL_SHARE = 0.5;
const SEMANTIC_SHARE = 0.5;

/**
 * The sum of the lexical score over the highest one, and the similarity scaled to [0, 1] between the last of the
 * nearest and the first (Bruch, Gai & Ingber, TOIS 2023), half and half. Ties keep the lower docId first.
 */
export function convexFusion(
  { lexical, nearest, nearestLexicalScores }: Candidates,
  depth = Number.POSITIVE_INFINITY,
): Ranking {
  const best = lexical.scores[0] ?? 0;
  const lexicalFactor = best > 0 ? LEXICAL_SHARE / best : 0;
  const top = nearest.scores[0] ?? 0;
  const floor = nearest.scores.at(-1) ?? 0;
  const docIds: DocId[] = [];
  const scores: number[] = [];
  nearest.docIds.forEach((docId, at) => {
    const similarity = top > floor ? ((nearest.scores[at] ?? 0) - floor) / (top - floor) : 1;
    docIds.push(docId);
    scores.push(lexicalFactor * (nearestLexicalScores[at] ?? 0) + SEMANTIC_SHARE * similarity);
  });
  const isNear = new Set(nearest.docIds);
  lexical.docIds.forEach((docId, at) => {
    if (isNear.has(docId)) return;
    docIds.push(docId);
    scores.push(lexicalFactor * (lexical.scores[at] ?? 0));
  });
  return bestOf(docIds, scores, depth);
}

/** The summands of `convexFusion`. */
function convexShares({ lexical, nearest, nearestLexicalScores }: Candidates, docId: DocId): ScoreShare[] {
  const best = lexical.scores[0] ?? 0;
  const top = nearest.scores[0] ?? 0;
  const floor = nearest.scores.at(-1) ?? 0;
  const near = nearest.docIds.indexOf(docId);
  const byWords = near < 0 ? lexical.scores[lexical.docIds.indexOf(docId)] : nearestLexicalScores[near];
  const similarity = top > floor ? ((nearest.scores[near] ?? floor) - floor) / (top - floor) : 1;
  return [
    { name: 'words', share: best > 0 ? (LEXICAL_SHARE * (byWords ?? 0)) / best : 0 },
    { name: 'meaning', share: near < 0 ? 0 : SEMANTIC_SHARE * similarity },
  ];
}

/** The summands of `reciprocalRankFusion`. */
function reciprocalRankShares({ lexical, nearest }: Candidates, docId: DocId): ScoreShare[] {
  const shareIn = ({ docIds }: Ranking) => {
    const at = docIds.indexOf(docId);
    return at < 0 ? 0 : 1 / (RRF_K + at + 1);
  };
  return [
    { name: 'words', share: shareIn(lexical) },
    { name: 'meaning', share: shareIn(nearest) },
  ];
}

/**
 * Reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR 2009).
 * Ranks are 1-based; a paper absent from a ranking gets nothing from it. Ties keep the lower docId first.
 */
export function reciprocalRankFusion(
  rankings: readonly Ranking[],
  depth = Number.POSITIVE_INFINITY,
): Ranking {
  const sums = new Map<DocId, number>();
  for (const { docIds } of rankings) {
    docIds.forEach((docId, at) => {
      sums.set(docId, (sums.get(docId) ?? 0) + 1 / (RRF_K + at + 1));
    });
  }
  return bestOf([...sums.keys()], [...sums.values()], depth);
}

/** Compared in double precision: rounding to float32 first could tie papers that their retrieval told apart. */
function bestOf(docIds: readonly DocId[], scores: readonly number[], depth: number): Ranking {
  // Sorting bare numbers is native and quick; only who clears the bar is worth comparing as a paper.
  const bar = Float64Array.from(scores).sort()[Math.max(0, scores.length - depth)] ?? 0;
  const best: { readonly docId: DocId; readonly score: number }[] = [];
  scores.forEach((score, at) => {
    if (score >= bar) best.push({ docId: docIds[at] ?? 0, score });
  });
  best.sort((a, b) => b.score - a.score || a.docId - b.docId);
  const length = Math.min(best.length, depth);
  return {
    docIds: Uint32Array.from({ length }, (_, at) => best[at]?.docId ?? 0),
    scores: Float32Array.from({ length }, (_, at) => best[at]?.score ?? 0),
  };
}
