/** How long the answers of each route have taken since the start, out of the histogram that the metrics keep. */

/** Milliseconds, as near as the buckets of the metrics allow. */
export interface RouteLatency {
  /** The address with its variables unfilled: `/papers/{id}`. */
  readonly route: string;
  readonly answers: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** How many answers of a route took at most so long; infinity bounds the last bucket. */
export interface BucketSample {
  readonly route: string;
  readonly mostSeconds: number;
  readonly count: number;
}

interface Bucket {
  readonly mostMs: number;
  readonly count: number;
}

/**
 * The routes that have answered, those that answered most first. Several samples of one route and bound (by method or
 * status) are added up.
 */
export function latenciesOf(samples: readonly BucketSample[]): RouteLatency[] {
  const byRoute = new Map<string, Map<number, number>>();
  for (const { route, mostSeconds, count } of samples) {
    const counts = byRoute.get(route) ?? new Map<number, number>();
    byRoute.set(route, counts);
    const mostMs = mostSeconds * 1000;
    counts.set(mostMs, (counts.get(mostMs) ?? 0) + count);
  }
  return [...byRoute]
    .map(([route, counts]) => latencyOf(route, counts))
    .filter(({ answers }) => answers > 0)
    .sort((a, b) => b.answers - a.answers || (a.route < b.route ? -1 : 1));
}

function latencyOf(route: string, counts: ReadonlyMap<number, number>): RouteLatency {
  const buckets = [...counts]
    .map(([mostMs, count]) => ({ mostMs, count }))
    .sort((a, b) => a.mostMs - b.mostMs);
  const quantile = (share: number) => quantileOf(buckets, share);
  const answers = buckets.at(-1)?.count ?? 0;
  return { route, answers, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

/**
 * As `histogram_quantile` of Prometheus: within its bucket a time lies where it would if they were spread evenly, and
 * what is beyond the last bound counts as that bound. Counts are cumulative.
 */
function quantileOf(buckets: readonly Bucket[], share: number): number {
  const rank = share * (buckets.at(-1)?.count ?? 0);
  const at = buckets.findIndex(({ count }) => count >= rank);
  const { mostMs: fromMs, count: before } = buckets[at - 1] ?? { mostMs: 0, count: 0 };
  const { mostMs, count } = buckets[at] ?? { mostMs: 0, count: 0 };
  if (!Number.isFinite(mostMs)) return fromMs;
  return count === before ? mostMs : fromMs + ((mostMs - fromMs) * (rank - before)) / (count - before);
}
