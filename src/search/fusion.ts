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
  readonly name: string;
  /** The first `depth` of the fused list. */
  readonly fuse: (candidates: Candidates, depth: number) => Ranking;
  /** How many lexical candidates that takes. */
  readonly lexicalDepth: (depth: number) => number;
  /** What each side gives to the fused score of a paper among the candidates. */
  readonly shares: (candidates: Candidates, docId: DocId) => ScoreShare[];
  /** How the head of the list is then ordered anew by what its papers say of each other; see head-ranking.ts. */
  readonly head?: HeadSettings;
}

/** What the parts of a head ranking count; 0 for a share leaves that part out. */
export interface HeadSettings {
  /** How many papers of the fused list are compared with each other. */
  readonly size: number;
  /** How many of the first are taken for good answers. */
  readonly feedbackSize: number;
  /** What likeness to them counts. It is taken from the share of meaning; words keep theirs. */
  readonly feedbackShare: number;
  /** One neighbour for so many papers of the head, so that there are none where little was found. */
  readonly papersANeighbour: number;
  /** How far a score moves towards the mean of its neighbours, 0 to 1. */
  readonly neighbourShare: number;
}

// Outside the nearest a paper has its lexical share alone, so there the lexical order is the fused order.
const convex = {
  name: 'convex',
  fuse: convexFusion,
  lexicalDepth: (depth: number) => depth,
  shares: convexShares,
};

export const FUSIONS = {
  neighbours: {
    ...convex,
    name: 'neighbours',
    // 4,950 pairs. Any of these may be halved or doubled: the mean nDCG@10 of six collections moves by less than .01.
    head: { size: 100, feedbackSize: 3, feedbackShare: 0.25, papersANeighbour: 10, neighbourShare: 0.5 },
  },
  convex,
  // A paper's share hangs on its lexical rank, however low.
  rrf: {
    name: 'rrf',
    fuse: ({ lexical, nearest }, depth) => reciprocalRankFusion([lexical, nearest], depth),
    lexicalDepth: () => MAX_DEPTH,
    shares: reciprocalRankShares,
  },
} as const satisfies Record<string, FusionStrategy>;

export type FusionName = keyof typeof FUSIONS;

export const DEFAULT_FUSION: FusionName = 'neighbours';

/** Cormack's constant: how slowly the worth of a rank falls. */
const RRF_K = 60;
/** Shares of words and of meaning. From .4 to .6 nDCG@10 moves by less than .01 on the mean of six collections. */
export const LEXICAL_SHARE = 0.5;
export const SEMANTIC_SHARE = 0.5;

/**
 * The sum of the lexical score over the highest one, and the similarity scaled to [0, 1] between the last of the
 * nearest and the first (Bruch, Gai & Ingber, TOIS 2023), half and half. Ties keep the lower docId first.
 */
export function convexFusion(candidates: Candidates, depth = Number.POSITIVE_INFINITY): Ranking {
  const docIds: DocId[] = [];
  const scores: number[] = [];
  for (const [docId, { words, meaning }] of evidence(candidates)) {
    docIds.push(docId);
    scores.push(LEXICAL_SHARE * words + SEMANTIC_SHARE * meaning);
  }
  return bestOf(docIds, scores, depth);
}

/** What speaks for a paper, each from 0 to 1. */
export interface Evidence {
  /** Its lexical score over the highest one. */
  readonly words: number;
  /** Its similarity, scaled between the last of the nearest and the first; 0 outside the nearest. */
  readonly meaning: number;
}

/** Of every candidate. */
export function evidence({ lexical, nearest, nearestLexicalScores }: Candidates): Map<DocId, Evidence> {
  const best = lexical.scores[0] ?? 0;
  const overBest = (score: number) => (best > 0 ? score / best : 0);
  const top = nearest.scores[0] ?? 0;
  const floor = nearest.scores.at(-1) ?? 0;
  const known = new Map<DocId, Evidence>();
  nearest.docIds.forEach((docId, at) => {
    const meaning = top > floor ? ((nearest.scores[at] ?? 0) - floor) / (top - floor) : 1;
    known.set(docId, { words: overBest(nearestLexicalScores[at] ?? 0), meaning });
  });
  lexical.docIds.forEach((docId, at) => {
    if (!known.has(docId)) known.set(docId, { words: overBest(lexical.scores[at] ?? 0), meaning: 0 });
  });
  return known;
}

/** The summands of `convexFusion`. */
function convexShares(candidates: Candidates, docId: DocId): ScoreShare[] {
  const { words = 0, meaning = 0 } = evidence(candidates).get(docId) ?? {};
  return [
    { name: 'words', share: LEXICAL_SHARE * words },
    { name: 'meaning', share: SEMANTIC_SHARE * meaning },
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
