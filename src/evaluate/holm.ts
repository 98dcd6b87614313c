/**
 * P-values corrected for how many were looked at (Holm, Scand. J. Statist. 1979): the chance that any of the
 * differences called significant is none stays below the level, whatever the tests have to do with each other.
 */

/** In the order given: the i-th smallest of m times m - i + 1, never below a smaller one's and never above 1. */
export function holm(pValues: readonly number[]): number[] {
  const ascending = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const corrected = new Array<number>(pValues.length);
  let least = 0;
  ascending.forEach((index, smaller) => {
    least = Math.max(least, Math.min(1, (pValues[index] ?? 0) * (pValues.length - smaller)));
    corrected[index] = least;
  });
  return corrected;
}
