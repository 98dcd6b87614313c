/** What the tests of this room compare vectors with. */

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, component, at) => sum + component * (b[at] ?? Number.NaN), 0);
}

export function lengthOf(vector: Float32Array): number {
  return Math.sqrt(dot(vector, vector));
}
