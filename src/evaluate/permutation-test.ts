/**
 * Whether two systems differ on the same queries by more than luck: the paired randomisation test (Fisher 1935;
 * recommended over the t-test's normality by Smucker, Allan & Carterette, CIKM 2007). Under the hypothesis that the
 * systems are the same, each query's difference might as well have the other sign.
 */

export interface PermutationOptions {
  /** Random assignments of signs, where there are too many to try all. */
  readonly samples?: number;
  readonly seed?: number;
}

const SAMPLES = 10_000;
const SEED = 1;
/** Up to here all 2^n assignments are tried, and the p-value is exact. */
const EXACT_QUERIES = 13;
/** Sums of the same differences in another order are equal but for rounding. */
const ROUNDING = 1e-12;

/**
 * The two-sided p-value for the difference of the means, the same at every call. The arrays hold one score a query,
 * in the same order. 1 where no query differs.
 */
export function permutationTest(
  a: readonly number[],
  b: readonly number[],
  { samples = SAMPLES, seed = SEED }: PermutationOptions = {},
): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} scores cannot be paired with ${b.length}`);
  // A query without a difference adds 0 whatever its sign.
  const differences = a.map((score, at) => score - (b[at] ?? 0)).filter((difference) => difference !== 0);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  const isAsExtreme = (sum: number) => Math.abs(sum) >= observed - ROUNDING;
  if (differences.length <= EXACT_QUERIES) {
    const all = 2 ** differences.length;
    let count = 0;
    for (let signs = 0; signs < all; signs += 1) {
      if (isAsExtreme(signedSum(differences, (at) => (signs >> at) & 1))) count += 1;
    }
    return count / all;
  }
  const nextBit = randomBits(seed);
  let count = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    if (isAsExtreme(signedSum(differences, nextBit))) count += 1;
  }
  // The observed assignment is one of them, so that no p-value is 0 (Phipson & Smyth, 2010).
  return (count + 1) / (samples + 1);
}

function signedSum(differences: readonly number[], bitAt: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < differences.length; at += 1) {
    const difference = differences[at] ?? 0;
    sum += bitAt(at) === 0 ? difference : -difference;
  }
  return sum;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, one random bit a call. */
function randomBits(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 1;
  };
}
