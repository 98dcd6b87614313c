/** A stream of numbers in [0, 1) that is the same at every run: a map of the same papers is the same map. */
export function seededRandom(seed = 1): () => number {
  let state = seed >>> 0 || 1;
  // Marsaglia's xorshift32 (2003), of full period for every start but 0.
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
