/** Timing for the benchmarks: percentiles of single calls, never averages of loops. */

export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Runs `work` once for each item, after a warm-up over the first of them, and gives the percentiles of a call. */
export async function latencyOf<T>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<unknown>,
  { warmUp = 50 }: { warmUp?: number } = {},
): Promise<Latency> {
  for (const [at, item] of items.slice(0, warmUp).entries()) await work(item, at);
  const times: number[] = [];
  for (const [at, item] of items.entries()) {
    const begun = performance.now();
    await work(item, at);
    times.push(performance.now() - begun);
  }
  return {
    p50Ms: round(percentile(times, 0.5)),
    p95Ms: round(percentile(times, 0.95)),
    maxMs: round(Math.max(...times)),
  };
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Three significant digits, so that results read as precisely as they were measured. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
