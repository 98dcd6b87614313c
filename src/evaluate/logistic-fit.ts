/**
 * Logistic regression by Newton's method, with a whiff of ridge so that separable data have a solution too
 * (Hastie, Tibshirani & Friedman, "The Elements of Statistical Learning", 4.4.1). For a handful of features.
 */

export interface Sample {
  /** As many for every sample; a constant feature is the caller's. */
  readonly features: readonly number[];
  readonly isPositive: boolean;
  readonly weight: number;
}

const RIDGE: number = 1e-4;
const MAX_STEPS = 50;
const CONVERGED = 1e-9;

/** The coefficients that make the samples most likely, one a feature; deterministic. Empty for no samples. */
export function fitLogistic(samples: readonly Sample[]): number[] {
  const size = samples[0]?.features.length ?? 0;
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  let coefficients = new Array<number>(size).fill(0);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { gradient, curvature } = derivatives(samples, coefficients, total);
    const change = solve(curvature, gradient);
    coefficients = coefficients.map((value, at) => value + (change[at] ?? 0));
    if (Math.max(0, ...change.map(Math.abs)) < CONVERGED) break;
  }
  return coefficients;
}

export function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

/** Of the mean log-likelihood less the ridge; the curvature is negated, so it is positive definite. */
function derivatives(samples: readonly Sample[], coefficients: readonly number[], total: number) {
  const gradient = coefficients.map((value) => -RIDGE * value);
  const curvature = coefficients.map((_, row) => coefficients.map((__, at) => (row === at ? RIDGE : 0)));
  for (const { features, isPositive, weight } of samples) {
    const share = weight / total;
    const p = logistic(dot(features, coefficients));
    const residual = share * ((isPositive ? 1 : 0) - p);
    const spread = share * p * (1 - p);
    features.forEach((one, row) => {
      gradient[row] = (gradient[row] ?? 0) + residual * one;
      const cells = curvature[row] ?? [];
      features.forEach((other, at) => {
        cells[at] = (cells[at] ?? 0) + spread * one * other;
      });
    });
  }
  return { gradient, curvature };
}

/** x of Ax = b by Cholesky's elimination without square roots; A is symmetric and positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  rows.forEach((pivot, at) => {
    for (const lower of rows.slice(at + 1)) {
      const factor = (lower[at] ?? 0) / (pivot[at] ?? 1);
      for (let column = at; column < lower.length; column += 1) {
        lower[column] = (lower[column] ?? 0) - factor * (pivot[column] ?? 0);
      }
    }
  });
  const solution = new Array<number>(right.length).fill(0);
  for (let at = right.length - 1; at >= 0; at -= 1) {
    const row = rows[at] ?? [];
    const known = dot(row.slice(at + 1, right.length), solution.slice(at + 1));
    solution[at] = ((row[right.length] ?? 0) - known) / (row[at] ?? 1);
  }
  return solution;
}
