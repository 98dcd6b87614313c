/**
 * Fits the confidence of hits to the judgments, and says how far it is off, also on collections it was not fitted
 * to. Every collection counts the same. Of the hits for questions one in five is by weight the answer to a question
 * of another field, to which nothing is relevant: else the first hit would be thought good however far it is.
 */
import type { RankedHit, RankedQuery } from '../../src/evaluate/ask-queries.ts';
import type { ModeRun } from '../../src/evaluate/evaluate-collection.ts';
import { dot, fitLogistic, logistic, type Sample } from '../../src/evaluate/logistic-fit.ts';
import type { Judgments } from '../../src/evaluate/read-judgments.ts';
import { type Aimed, confidenceFeatures } from '../../src/search/confidence.ts';
import type { Mode } from '../../src/search/request.ts';
import type { CollectionName } from './workbench.ts';

/** One collection's hits in one mode. */
export interface CalibrationSet {
  readonly collection: CollectionName;
  readonly aimed: Aimed;
  readonly mode: Mode;
  readonly own: readonly Sample[];
  /** Hits for questions of another field, over the same papers. */
  readonly foreign: readonly Sample[];
}

export interface CalibrationCheck {
  readonly collection: CollectionName;
  readonly mode: Mode;
  /** The share of the first hundred hits that is relevant, and what confidence says on the mean. */
  readonly observed: number;
  readonly predicted: number;
  /** Expected calibration error over ten equal steps of confidence (Naeini, Cooper & Hauskrecht, AAAI 2015). */
  readonly error: number;
  /** The same, fitted to the other collections only. */
  readonly leftOutError: number;
}

const DEPTH = 100;
const FOREIGN_SHARE = 0.2;
const BINS = 10;

export function samplesOf(runs: readonly ModeRun[], judgments: Judgments, mode: Mode): Sample[] {
  const run = runs.find(({ result }) => result.mode === mode)?.run ?? [];
  const nearest = runs.find(({ result }) => result.mode === 'semantic')?.run ?? [];
  return run.flatMap(({ query, hits }, at) =>
    hits.slice(0, DEPTH).map((hit, index) => ({
      features: confidenceFeatures({
        rank: index + 1,
        coverage: hit.coverage,
        similarity: mode === 'keyword' ? undefined : similarityOf(hit, nearest[at]),
      }),
      isPositive: (judgments.get(query.id)?.get(hit.id) ?? 0) > 0,
      weight: 1,
    })),
  );
}

/** Where it was not measured, that of the last of the nearest, as the searcher takes it. */
function similarityOf({ similarity }: RankedHit, nearest: RankedQuery | undefined): number {
  return similarity ?? nearest?.hits.at(-1)?.similarity ?? 0;
}

export function fitConfidence(sets: readonly CalibrationSet[]): number[] {
  return fitLogistic(
    sets.flatMap(({ own, foreign }) => [
      ...weighted(own, 1 - FOREIGN_SHARE),
      ...weighted(foreign, FOREIGN_SHARE),
    ]),
  );
}

function weighted(samples: readonly Sample[], total: number): Sample[] {
  return samples.map((sample) => ({ ...sample, weight: total / samples.length }));
}

/** `sets` are those of one mode and aim. */
export function check(sets: readonly CalibrationSet[], coefficients: readonly number[]): CalibrationCheck[] {
  return sets.map((set) => {
    const others = fitConfidence(sets.filter((other) => other !== set));
    const { collection, mode, own } = set;
    const { observed, predicted, error } = compare(own, coefficients);
    return { collection, mode, observed, predicted, error, leftOutError: compare(own, others).error };
  });
}

export function compare(samples: readonly Sample[], coefficients: readonly number[]) {
  const excess = new Array<number>(BINS).fill(0);
  let positives = 0;
  let predicted = 0;
  for (const { features, isPositive } of samples) {
    const p = logistic(dot(features, coefficients));
    const bin = Math.min(BINS - 1, Math.floor(p * BINS));
    excess[bin] = (excess[bin] ?? 0) + p - (isPositive ? 1 : 0);
    positives += isPositive ? 1 : 0;
    predicted += p;
  }
  return {
    observed: positives / samples.length,
    predicted: predicted / samples.length,
    error: excess.reduce((sum, value) => sum + Math.abs(value), 0) / samples.length,
  };
}
