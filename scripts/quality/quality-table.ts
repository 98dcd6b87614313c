/**
 * Scores as a table: the mean of every way of asking, the mean of the collections, how far that is above the better
 * half of each, and the difference to a baseline with the interval that resampling queries gives.
 */

const RESAMPLES = 1_000;
const SEED = 7;

/** By run, then by how a collection was asked (`csfcube by text`), the nDCG@10 of each judged query. */
export type Scores = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export interface TableOptions {
  /** The runs of which the better one is what a hybrid must beat. */
  readonly halves: readonly string[];
  readonly baseline: string;
}

export function qualityTable(scores: Scores, { halves, baseline }: TableOptions): string {
  const columns = Object.keys(Object.values(scores)[0] ?? {});
  const better = (column: string) => Math.max(...halves.map((half) => mean(scores[half]?.[column] ?? [])));
  const rows = Object.entries(scores).map(([name, of]) => {
    const means = columns.map((column) => mean(of[column] ?? []));
    const gains = columns.map((column, at) => (100 * (means[at] ?? 0)) / better(column) - 100);
    const cells = [
      ...means.map(decimals),
      decimals(meanOfCollections(columns, means)),
      `${meanOfCollections(columns, gains).toFixed(1)} %`,
      name === baseline ? '' : difference(columns, of, scores[baseline] ?? {}),
    ];
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  return [
    `| nDCG@10 | ${columns.join(' | ')} | mean | above the better half | against ${baseline} |`,
    `|---${'|---'.repeat(columns.length + 3)}|`,
    ...rows,
  ].join('\n');
}

/** The mean of the collections; one that is asked in two ways counts once. */
function meanOfCollections(columns: readonly string[], values: readonly number[]): number {
  const byCollection = new Map<string, number[]>();
  columns.forEach((column, at) => {
    const [collection = ''] = column.split(' ');
    byCollection.set(collection, [...(byCollection.get(collection) ?? []), values[at] ?? 0]);
  });
  return mean([...byCollection.values()].map(mean));
}

type Of = Readonly<Record<string, readonly number[]>>;

/** Paired by query; 95 % percentile bootstrap, queries resampled within each collection. */
function difference(columns: readonly string[], of: Of, baseline: Of): string {
  const differences = columns.map((column) =>
    (of[column] ?? []).map((score, at) => score - (baseline[column]?.[at] ?? 0)),
  );
  const random = randomNumbers(SEED);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    meanOfCollections(
      columns,
      differences.map((list) => mean(list.map(() => list[Math.floor(random() * list.length)] ?? 0))),
    ),
  ).sort((a, b) => a - b);
  const [low = 0, high = 0] = [
    resampled[Math.floor(0.025 * RESAMPLES)],
    resampled[Math.floor(0.975 * RESAMPLES)],
  ];
  return `${signed(meanOfCollections(columns, differences.map(mean)))} (${signed(low)} to ${signed(high)})`;
}

/** Numbers in [0, 1) that repeat for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function decimals(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${decimals(Math.abs(value))}`;
}
