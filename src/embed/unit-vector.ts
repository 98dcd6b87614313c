/** Bringing vectors to unit length, so that a dot product is the cosine similarity. */

/** Scales the vector in place and returns its former length; one of length 0 or not finite is left as it is. */
export function scaleToUnitLength(vector: Float32Array): number {
  let squares = 0;
  for (const component of vector) squares += component * component;
  const length = Math.sqrt(squares);
  if (length === 0 || !Number.isFinite(length)) return length;
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length;
  return length;
}
