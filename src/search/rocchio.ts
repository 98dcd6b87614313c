/** The direction between what is wanted and what is not. */

/** How strongly unwanted papers push away, for every unit that wanted ones pull. */
export const NEGATIVE_WEIGHT = 0.5;
/** Below this length a sum of unit vectors has cancelled itself out and points nowhere. */
const NO_DIRECTION = 1e-3;

/**
 * Rocchio's mean of the positives less half the mean of the negatives, of unit length (Rocchio, 1971). Where
 * they cancel each other out, the first positive. There must be a positive.
 */
export function rocchio(
  positives: readonly Float32Array[],
  negatives: readonly Float32Array[],
): Float32Array {
  const sum = new Float64Array(positives[0]?.length ?? 0);
  for (const vector of positives) addTo(sum, vector, 1 / positives.length);
  for (const vector of negatives) addTo(sum, vector, -NEGATIVE_WEIGHT / negatives.length);
  const length = Math.hypot(...sum);
  if (length < NO_DIRECTION) return positives[0] ?? new Float32Array(0);
  return Float32Array.from(sum, (component) => component / length);
}

function addTo(sum: Float64Array, vector: Float32Array, factor: number): void {
  for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + factor * (vector[at] ?? 0);
}
