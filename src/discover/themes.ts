/**
 * The themes of a library: groups of papers that are clearly more alike than the papers of the corpus are to the
 * library, each with the mean of its vectors. How many there are is the library's own doing; see docs/decisions/recommendations.md.
 */
import { dot } from '../vector/dot.ts';
import { averageLinkage } from './average-linkage.ts';
import { inSlices } from './slices.ts';

export interface Theme {
  /** Of unit length. */
  readonly centroid: Float32Array;
  /** Places in the library, ascending. */
  readonly members: readonly number[];
}

/**
 * How far above chance the likeness of a theme's parts must be, as a share of the way from there to 1. Relative, since
 * models and corpora differ in what chance is: two random abstracts have a cosine of .1 with one model and of .7 with
 * another.
 */
const COHESION = 0.2;
/** More are no themes a person could name, and each costs a look into the index. */
const MOST_THEMES = 24;
/** Of a larger library so many papers, evenly spread, make the themes, and the others join the nearest. */
const MOST_CLUSTERED = 500;

export interface ThemeOptions {
  /** The mean cosine of the library and papers taken at random: what is alike by chance. */
  readonly background: number;
  readonly signal?: AbortSignal | undefined;
}

/** The largest theme first, equals in the order of their first papers. Deterministic. INTERRUPTED on abort. */
export async function findThemes(
  vectors: readonly Float32Array[],
  { background, signal }: ThemeOptions,
): Promise<Theme[]> {
  const places = spread(vectors.length, MOST_CLUSTERED);
  const sample = places.flatMap((place) => vectors[place] ?? []);
  const similarities = await allSimilarities(sample, signal);
  const groups = averageLinkage(similarities, sample.length, {
    leastSimilarity: background + COHESION * (1 - background),
    mostGroups: MOST_THEMES,
  }).map((group) => group.flatMap((at) => places[at] ?? []));
  const members = places.length < vectors.length ? await joined(groups, vectors, signal) : groups;
  return members
    .map((group) => ({ centroid: meanOf(group.flatMap((at) => vectors[at] ?? [])), members: group }))
    .sort((a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0));
}

/** The mean of unit vectors, of unit length itself; where they cancel each other out, the first of them. */
export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = vectors;
  const sum = new Float64Array(first.length);
  for (const vector of vectors)
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0);
  const length = Math.hypot(...sum);
  return length > 0 ? Float32Array.from(sum, (component) => component / length) : first;
}

async function allSimilarities(
  vectors: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<Float32Array> {
  const count = vectors.length;
  const matrix = new Float32Array(count * count);
  await inSlices(
    count,
    (row) => {
      const own = vectors[row];
      for (let column = 0; column <= row; column += 1) {
        const other = vectors[column];
        const similarity = own && other ? dot(own, other) : 0;
        matrix[row * count + column] = similarity;
        matrix[column * count + row] = similarity;
      }
    },
    signal,
  );
  return matrix;
}

async function joined(
  groups: readonly number[][],
  vectors: readonly Float32Array[],
  signal?: AbortSignal,
): Promise<number[][]> {
  const centroids = groups.map((group) => meanOf(group.flatMap((at) => vectors[at] ?? [])));
  const members: number[][] = groups.map(() => []);
  const ownGroup = new Map(groups.flatMap((group, at) => group.map((place) => [place, at] as const)));
  await inSlices(
    vectors.length,
    (place) => {
      const vector = vectors[place];
      const at = ownGroup.get(place) ?? (vector ? nearestTo(vector, centroids) : 0);
      members[at]?.push(place);
    },
    signal,
  );
  return members;
}

/** The place of the nearest; the first of equals. */
export function nearestTo(vector: Float32Array, others: readonly Float32Array[]): number {
  let best = 0;
  let likeness = Number.NEGATIVE_INFINITY;
  others.forEach((other, at) => {
    const similarity = dot(vector, other);
    if (similarity <= likeness) return;
    best = at;
    likeness = similarity;
  });
  return best;
}

function spread(count: number, most: number): number[] {
  const kept = Math.min(count, most);
  return Array.from({ length: kept }, (_, at) => Math.floor((at * count) / kept));
}
