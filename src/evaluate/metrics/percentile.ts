/**
 * The smallest of the values that at least `share` of them do not exceed (nearest rank); NaN for no values.
 * `share` is in (0, 1].
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
