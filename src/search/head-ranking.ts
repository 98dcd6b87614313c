/**
 * The head of the fused list, ordered anew by what its papers say of each other. A question is short and says little;
 * the papers it finds say more. Two observations are used. What the first papers have in common is probably what was
 * meant (pseudo-relevance feedback: Rocchio, 1971). And papers near to each other tend to answer the same questions
 * (the cluster hypothesis: van Rijsbergen, 1979), so scores should vary little among neighbours (score
 * regularisation: Diaz, "Regularizing ad hoc retrieval scores", CIKM 2005).
 * The head is the same whatever the page, no paper comes in or drops out, and the rest keeps its order. What each
 * part is worth: docs/decisions/head-ranking.md.
 */
import type { DocId, Ranking } from '../engine/ranking.ts';
import {
  type Candidates,
  type Evidence,
  evidence,
  type HeadSettings,
  LEXICAL_SHARE,
  SEMANTIC_SHARE,
} from './fusion.ts';
import { nearestPlaces } from './nearest-places.ts';

/** What the score of a paper of the head is the sum of. */
export interface HeadShares {
  readonly words: number;
  readonly meaning: number;
  /** For likeness to the first papers of the fused list. */
  readonly feedback: number;
  /** For what speaks for the papers near to it. */
  readonly neighbours: number;
}

export interface HeadRanking {
  /** The same papers as in the fused list. */
  readonly ranking: Ranking;
  /** By docId, of the papers of the head. */
  readonly shares: ReadonlyMap<DocId, HeadShares>;
}

export interface HeadRankingOptions {
  readonly settings: HeadSettings;
  /** Cosines of all pairs of the first `settings.size` papers, row by row, 0 where there is no vector. */
  readonly similarities: Float32Array;
}

/**
 * `fused` is the convex fusion of the candidates, as long as it is wanted but not shorter than the head. For a paper
 * with evidence `w` by words and `m` by meaning, and `f` its mean similarity to the first three, scaled to [0, 1] over
 * the head: own = w / 2 + m / 4 + f / 4; score = own / 2 + (mean of own over its ten neighbours, weighted by cosine)
 * / 2, or own where there are none. Ties keep the fused order. Scores behind the head are scaled down to where it
 * ends.
 */
export function rankHead(
  fused: Ranking,
  candidates: Candidates,
  { settings, similarities }: HeadRankingOptions,
): HeadRanking {
  const head = fused.docIds.slice(0, settings.size);
  const owns = ownShares(head, evidence(candidates), { settings, similarities });
  const shares = withNeighbours(owns, { settings, similarities });
  const scores = shares.map(sumOf);
  const places = Array.from(head.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const docIds = fused.docIds.slice();
  docIds.set(places.map((place) => head[place] ?? 0));
  const rest = restScores(fused.scores.subarray(head.length), Math.min(...scores));
  return {
    ranking: { docIds, scores: Float32Array.from([...places.map((place) => scores[place] ?? 0), ...rest]) },
    shares: new Map(shares.map((share, place) => [head[place] ?? 0, share])),
  };
}

/** What speaks for each paper by itself. */
function ownShares(
  head: Uint32Array,
  known: ReadonlyMap<DocId, Evidence>,
  { settings: { feedbackSize, feedbackShare }, similarities }: HeadRankingOptions,
): HeadShares[] {
  const feedback = feedbackOf(head.length, feedbackSize, similarities);
  return Array.from(head, (docId, place) => {
    const { words = 0, meaning = 0 } = known.get(docId) ?? {};
    return {
      words: LEXICAL_SHARE * words,
      meaning: (SEMANTIC_SHARE - feedbackShare) * meaning,
      feedback: feedbackShare * (feedback[place] ?? 0),
      neighbours: 0,
    };
  });
}

/** Likeness to the first papers, from 0 for the least alike of the head to 1; 0 where there is no vector. */
function feedbackOf(count: number, feedbackSize: number, similarities: Float32Array): number[] {
  const hasVector = (place: number) => (similarities[place * count + place] ?? 0) > 0;
  const sums = Array.from({ length: count }, (_, place) => {
    const row = similarities.subarray(place * count, place * count + Math.min(feedbackSize, count));
    return row.reduce((sum, similarity) => sum + similarity, 0);
  });
  const known = sums.filter((_, place) => hasVector(place));
  const [floor, top] = [Math.min(...known), Math.max(...known)];
  return sums.map((sum, place) => {
    if (!hasVector(place)) return 0;
    return top > floor ? (sum - floor) / (top - floor) : 1;
  });
}

/** One step of diffusion along the links to the neighbours. */
function withNeighbours(
  owns: readonly HeadShares[],
  { settings: { papersANeighbour, neighbourShare }, similarities }: HeadRankingOptions,
): HeadShares[] {
  const count = owns.length;
  const limit = Math.floor(count / papersANeighbour);
  const scores = owns.map(sumOf);
  return owns.map((own, place) => {
    const row = similarities.subarray(place * count, (place + 1) * count);
    let weights = 0;
    let sum = 0;
    for (const neighbour of nearestPlaces(row, { except: place, limit })) {
      const weight = row[neighbour] ?? 0;
      weights += weight;
      sum += weight * (scores[neighbour] ?? 0);
    }
    if (weights === 0) return own;
    const kept = 1 - neighbourShare;
    return {
      words: kept * own.words,
      meaning: kept * own.meaning,
      feedback: kept * own.feedback,
      neighbours: (neighbourShare * sum) / weights,
    };
  });
}

function sumOf({ words, meaning, feedback, neighbours }: HeadShares): number {
  return words + meaning + feedback + neighbours;
}

/** The head may end lower than the fused list went on; scores must fall along the whole list. */
function restScores(rest: Float32Array, end: number): Float32Array {
  const first = rest[0] ?? 0;
  return first > end ? rest.map((score) => (score / first) * end) : rest;
}
