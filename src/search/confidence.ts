/**
 * How sure a hit is: how often a hit with such evidence was judged relevant on the development collections. The
 * coefficients are fitted by `npm run quality`; what the number can and cannot say is in
 * docs/decisions/confidence.md.
 */

import type { Match } from './answer.ts';
import { CALIBRATED_MODEL, CONFIDENCE_TABLE } from './confidence-table.generated.ts';
import type { Mode, Sort } from './request.ts';

/** What is known of a hit whatever the engine. */
export interface Evidence {
  /** 1-based. */
  readonly rank: number;
  /** Cosine; undefined where nothing was measured, as by words alone. */
  readonly similarity: number | undefined;
  /** `Match.coverage`. */
  readonly coverage: number;
}

/** Questions and texts whose related work is wanted have other similarities; a listing has nothing but filters. */
export type Aimed = 'question' | 'related' | 'listing';

/** A hit as it stands in its answer. */
export interface HitEvidence {
  readonly rank: number;
  readonly match: Pick<Match, 'lexicalRank' | 'semanticRank' | 'similarity' | 'coverage' | 'exact'>;
  /** Similarity of the last of the nearest; undefined where nothing was measured. */
  readonly furthest: number | undefined;
}

export interface ConfidenceAim {
  readonly mode: Mode;
  readonly aimed: Aimed;
  /** Name of the embedding model. */
  readonly model: string;
}

/** Beyond it no judgment was looked at. */
const DEEPEST_RANK = 100;
/** More digits would claim more than is known. */
const STEPS = 1_000;

/** 1 for what the question names, and where it is nothing but filters: then a hit is what was asked for. */
export function confidence(
  { rank, match, furthest }: HitEvidence,
  { sort, ...aim }: ConfidenceAim & { readonly sort: Sort },
): number {
  const { lexicalRank, semanticRank, similarity, coverage, exact } = match;
  if (exact !== null || aim.aimed === 'listing') return 1;
  const isByDate = sort === 'date' || sort === 'oldest';
  // A place in a list by date says nothing of relevance; those in the two retrievals do.
  const relevanceRank = isByDate ? Math.min(lexicalRank ?? DEEPEST_RANK, semanticRank ?? DEEPEST_RANK) : rank;
  return confidenceIn({ rank: relevanceRank, similarity: similarity ?? furthest, coverage }, aim);
}

/**
 * In [0, 1]. Never less for a higher similarity or coverage or a better rank. Under another model than the one
 * that was calibrated similarities mean something else, so there words and rank alone are looked at.
 */
export function confidenceIn(evidence: Evidence, { mode, aimed, model }: ConfidenceAim): number {
  if (aimed === 'listing') return 1;
  const isMeasured = evidence.similarity !== undefined && model === CALIBRATED_MODEL;
  const features = isMeasured ? evidence : { ...evidence, similarity: undefined };
  const coefficients = CONFIDENCE_TABLE[isMeasured ? mode : 'keyword'][aimed];
  const logit = confidenceFeatures(features).reduce((sum, x, at) => sum + x * (coefficients[at] ?? 0), 0);
  return Math.round(STEPS / (1 + Math.exp(-logit))) / STEPS;
}

/** What the coefficients are fitted to: a constant, rank, coverage and, where it is known, similarity. */
export function confidenceFeatures({ rank, similarity, coverage }: Evidence): number[] {
  const near = similarity === undefined ? [] : [Math.max(0, similarity)];
  return [1, Math.log2(Math.min(rank, DEEPEST_RANK)), coverage, ...near];
}
