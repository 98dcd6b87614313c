/** The scores of a run against the judgments of its collection, query by query and on the mean. */
import type { RankedQuery } from './ask-queries.ts';
import { averagePrecision } from './metrics/average-precision.ts';
import type { Metric } from './metrics/metric.ts';
import { ndcg } from './metrics/ndcg.ts';
import { recall } from './metrics/recall.ts';
import { reciprocalRank } from './metrics/reciprocal-rank.ts';
import type { Judgments } from './read-judgments.ts';

/** In the order they are printed. Cut-offs are the defaults of the metrics. */
export const METRICS = {
  ndcg10: (ranking, grades) => ndcg(ranking, grades, 10),
  recall100: (ranking, grades) => recall(ranking, grades, 100),
  mrr10: (ranking, grades) => reciprocalRank(ranking, grades, 10),
  map: averagePrecision,
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;
/** One value a query, in the order of the run. */
export type QueryScores = Readonly<Record<MetricName, readonly number[]>>;
export type MeanScores = Readonly<Record<MetricName, number>>;

const NAMES = Object.keys(METRICS) as readonly MetricName[];

export function scoreRun(run: readonly RankedQuery[], judgments: Judgments): QueryScores {
  const ranked = run.map(({ query, hits }) => ({
    ranking: hits.map(({ id }) => id),
    grades: judgments.get(query.id) ?? new Map<string, number>(),
  }));
  return scoresBy((name) => ranked.map(({ ranking, grades }) => METRICS[name](ranking, grades)));
}

export function meanScores(scores: QueryScores): MeanScores {
  return scoresBy((name) => mean(scores[name]));
}

/** NaN for no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function scoresBy<T>(of: (name: MetricName) => T): Record<MetricName, T> {
  return Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<MetricName, T>;
}
