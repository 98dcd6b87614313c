/**
 * Relevance weighted by recency. The weight is a factor on the fused score, so outside the nearest the order is that
 * of the lexical scores times the weight, which the engine gives exactly; with both heads of the words and all of the
 * nearest in hand, the head of the weighted list is the head over all papers, whatever the page.
 */
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';
import type { Filter } from '../engine/filter.ts';
import type { DocId, Ranking } from '../engine/ranking.ts';
import { recencyWeight } from '../engine/recency.ts';
import type { FusionStrategy } from './fusion.ts';
import { without } from './without.ts';

/** Products of rounded scores can order near-ties differently here and in the engine, so a few more are asked for. */
const SLACK = 16;

export interface FreshOptions {
  /** The day that recency is counted from, as `dayNumber` gives it. */
  readonly today: number;
  readonly depth: number;
}

export interface FreshWords {
  readonly terms: readonly WeightedTerm[];
  readonly filter: Filter;
  readonly excluded: readonly DocId[];
}

export interface FreshCandidates {
  readonly fusion: FusionStrategy;
  /** The best by words as they score without recency. */
  readonly lexical: Ranking;
  readonly nearest: Ranking;
  readonly nearestLexicalScores: Float32Array;
}

/** By words alone. */
export async function freshByWords(
  engine: Pick<EngineReader, 'lexical'>,
  { terms, filter, excluded }: FreshWords,
  { today, depth }: FreshOptions,
): Promise<Ranking> {
  const limit = depth + excluded.length;
  return without(await engine.lexical(terms, { filter, limit, freshOn: today }), excluded, depth);
}

/** By meaning alone: the similarities, from 0 for the last of the nearest to 1 for the first, times the weight. */
export async function freshByMeaning(
  engine: Pick<EngineReader, 'days'>,
  nearest: Ranking,
  options: FreshOptions,
): Promise<Ranking> {
  return weighByRecency(engine, scaledSimilarities(nearest), options);
}

/** The fused score times the weight. */
export async function freshByBoth(
  engine: Pick<EngineReader, 'lexical' | 'days'>,
  words: FreshWords,
  { fusion, lexical, nearest, nearestLexicalScores, today, depth }: FreshCandidates & FreshOptions,
): Promise<Ranking> {
  const fresh = await freshByWords(engine, words, { today, depth: fusion.lexicalDepth(depth) + SLACK });
  const { terms, filter } = words;
  const { alsoScores } = await engine.lexical(terms, { filter, limit: 0, also: [...fresh.docIds] });
  const joined = joinRankings(lexical, fresh, alsoScores);
  const fused = fusion.fuse({ lexical: joined, nearest, nearestLexicalScores }, Number.POSITIVE_INFINITY);
  return weighByRecency(engine, fused, { today, depth });
}

/** The first `depth` by score times weight; ties keep the lower docId first. Scores must not be negative. */
async function weighByRecency(
  engine: Pick<EngineReader, 'days'>,
  { docIds, scores }: Ranking,
  { today, depth }: FreshOptions,
): Promise<Ranking> {
  const days = await engine.days(docIds);
  const weighed = Array.from(docIds, (docId, at) => ({
    docId,
    score: Math.fround((scores[at] ?? 0) * recencyWeight(days[at] ?? 0, today)),
  }));
  weighed.sort((a, b) => b.score - a.score || a.docId - b.docId);
  const head = weighed.slice(0, depth);
  return {
    docIds: Uint32Array.from(head, ({ docId }) => docId),
    scores: Float32Array.from(head, ({ score }) => score),
  };
}

/** Two rankings by the same scores as one; `also` holds those of the second in its order. */
function joinRankings(first: Ranking, second: Ranking, also: Float32Array): Ranking {
  const scoreOf = new Map<DocId, number>();
  for (const [at, docId] of first.docIds.entries()) scoreOf.set(docId, first.scores[at] ?? 0);
  for (const [at, docId] of second.docIds.entries()) scoreOf.set(docId, also[at] ?? 0);
  const joined = [...scoreOf].sort(([a, one], [b, other]) => other - one || a - b);
  return {
    docIds: Uint32Array.from(joined, ([docId]) => docId),
    scores: Float32Array.from(joined, ([, score]) => score),
  };
}

/** Similarities from 0 for the last of the nearest to 1 for the first, as fusion scales them. */
function scaledSimilarities({ docIds, scores }: Ranking): Ranking {
  const [top = 0, floor = 0] = [scores[0], scores.at(-1)];
  return { docIds, scores: scores.map((score) => (top > floor ? (score - floor) / (top - floor) : 1)) };
}
