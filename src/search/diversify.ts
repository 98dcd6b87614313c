/**
 * Reorders the head of a ranking so that it does not say the same thing ten times: maximal marginal relevance
 * (Carbonell & Goldstein, SIGIR 1998). The head has a fixed length, whatever the page, so pages still concatenate.
 */
import type { EngineReader } from '../engine/engine.ts';
import type { DocId, Ranking } from '../engine/ranking.ts';

/** How far down a paper can be fetched up from. */
export const DIVERSIFIED_HEAD = 100;

export interface DiversifyOptions {
  /** 0 leaves the order as it is, 1 looks for unlikeness alone once the first is chosen. */
  readonly diversity: number;
  /** They come before the ranking wherever they stand in it, so the others are to differ from them. */
  readonly first?: readonly DocId[];
}

/** Of the ranking; each paper keeps its score, so scores need not fall any more. */
export async function diversified(
  engine: Pick<EngineReader, 'vectorsOf'>,
  ranking: Ranking,
  { diversity, first = [] }: DiversifyOptions,
): Promise<Ranking> {
  if (diversity === 0 || ranking.docIds.length < 2) return ranking;
  const head = [...ranking.docIds.subarray(0, DIVERSIFIED_HEAD)];
  const vectors = await engine.vectorsOf([...head, ...first]);
  const fixed = head.flatMap((docId, at) => (first.includes(docId) ? [at] : []));
  const seen = vectors.slice(head.length).filter((vector) => vector !== undefined);
  const order = marginalOrder(
    { relevance: scaled(ranking.scores.subarray(0, head.length)), vectors: vectors.slice(0, head.length) },
    { diversity, fixed, seen },
  );
  return {
    docIds: Uint32Array.from(ranking.docIds, (docId, at) => head[order[at] ?? at] ?? docId),
    scores: Float32Array.from(ranking.scores, (score, at) => ranking.scores[order[at] ?? at] ?? score),
  };
}

interface Candidates {
  /** In [0, 1]. */
  readonly relevance: readonly number[];
  /** Papers without a vector are taken to be like no other. */
  readonly vectors: readonly (Float32Array | undefined)[];
}

interface Chosen {
  readonly diversity: number;
  /** Places that come first, in this order. */
  readonly fixed: readonly number[];
  /** What the reader sees before any of the candidates. */
  readonly seen: readonly Float32Array[];
}

/** Places in the order in which (1 - d) relevance - d (greatest similarity to one before) is highest; ties as they were. */
function marginalOrder({ relevance, vectors }: Candidates, { diversity, fixed, seen }: Chosen): number[] {
  const likeness = new Float64Array(vectors.length);
  const order = [...fixed];
  const left = new Set(relevance.keys());
  for (const at of fixed) left.delete(at);
  const see = (shown: Float32Array | undefined) => {
    for (const at of shown ? left : []) {
      likeness[at] = Math.max(likeness[at] ?? 0, cosine(vectors[at], shown));
    }
  };
  for (const vector of seen) see(vector);
  while (left.size > 0) {
    let best = -1;
    let bestWorth = Number.NEGATIVE_INFINITY;
    for (const at of left) {
      const worth = (1 - diversity) * (relevance[at] ?? 0) - diversity * (likeness[at] ?? 0);
      if (worth <= bestWorth) continue;
      best = at;
      bestWorth = worth;
    }
    order.push(best);
    left.delete(best);
    see(vectors[best]);
  }
  return order;
}

function scaled(scores: Float32Array): number[] {
  const floor = Math.min(...scores);
  const range = Math.max(...scores) - floor;
  return Array.from(scores, (score) => (range > 0 ? (score - floor) / range : 1));
}

/** 0 where one of them is missing. */
function cosine(a: Float32Array = new Float32Array(0), b: Float32Array = new Float32Array(0)): number {
  const length = Math.min(a.length, b.length);
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
