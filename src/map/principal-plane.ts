/**
 * The plane in which vectors differ most: the first two principal components, by power iteration. Where a layout
 * begins, so that what is far apart in meaning starts out far apart.
 */
import { dot } from '../vector/dot.ts';
import { seededRandom } from './random.ts';

const ROUNDS = 30;

/** A point for each vector, centred on the origin. */
export function principalPlane(vectors: readonly Float32Array[]): [x: number, y: number][] {
  const mean = meanOf(vectors);
  const centred = vectors.map((vector) => vector.map((component, at) => component - (mean[at] ?? 0)));
  const first = mainAxis(centred);
  const xs = centred.map((vector) => dot(vector, first));
  const rest = centred.map((vector, row) =>
    vector.map((component, at) => component - (xs[row] ?? 0) * (first[at] ?? 0)),
  );
  const second = mainAxis(rest);
  return rest.map((vector, row) => [xs[row] ?? 0, dot(vector, second)]);
}

/** The direction of the largest variance, of unit length; zeros where there is none. */
function mainAxis(centred: readonly Float32Array[]): Float32Array {
  const random = seededRandom(7);
  let axis = unit(Float32Array.from(centred[0] ?? [], () => random() - 0.5));
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Float32Array(axis.length);
    for (const vector of centred) {
      const along = dot(vector, axis);
      for (let at = 0; at < next.length; at += 1) next[at] = (next[at] ?? 0) + along * (vector[at] ?? 0);
    }
    axis = unit(next);
  }
  return axis;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((component) => component / length) : vector;
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let at = 0; at < mean.length; at += 1)
      mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / vectors.length;
  }
  return mean;
}
