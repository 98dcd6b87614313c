/**
 * Whether recommending by themes finds the papers that were left out of a library better than nearness to the mean of
 * the library does, on libraries of one interest and of four. Prints the tables of docs/decisions/recommendations.md.
 * `npx tsx scripts/recommend.ts [collection ...]`
 */
import { backgroundOf } from '../src/discover/background.ts';
import { nearnessOf, type Taste } from '../src/discover/nearness.ts';
import { rankCandidates } from '../src/discover/rank-candidates.ts';
import { findThemes, meanOf, type Theme } from '../src/discover/themes.ts';
import type { Engine } from '../src/engine/engine.ts';
import { holm } from '../src/evaluate/holm.ts';
import { averagePrecision } from '../src/evaluate/metrics/average-precision.ts';
import type { Metric } from '../src/evaluate/metrics/metric.ts';
import { ndcg } from '../src/evaluate/metrics/ndcg.ts';
import { recall } from '../src/evaluate/metrics/recall.ts';
import { permutationTest } from '../src/evaluate/permutation-test.ts';
import type { PaperId } from '../src/paper/paper.ts';
import { COLLECTION_NAMES, Workbench } from './quality/workbench.ts';
import { type JudgedLibrary, judgedLibraries } from './recommend/judged-libraries.ts';

const INTERESTS = [1, 4];
/** As deep as a product ranks; what is not reached counts as not found, for every way alike. */
const DEPTH = 1_000;
const METRICS: Readonly<Record<string, Metric>> = {
  MAP: averagePrecision,
  'nDCG@10': ndcg,
  'recall@100': recall,
};

/** A collection in memory, so that what is measured and not what is stored takes the time. */
interface Shelf {
  readonly engine: Engine;
  readonly docIds: readonly number[];
  readonly ids: ReadonlyMap<number, PaperId>;
  readonly vectors: ReadonlyMap<number, Float32Array>;
}

interface Case {
  readonly shelf: Shelf;
  readonly library: JudgedLibrary;
  readonly vectors: readonly Float32Array[];
  readonly owned: ReadonlySet<number>;
}

type Way = (one: Case) => Promise<PaperId[]>;

const WAYS: Readonly<Record<string, Way>> = {
  'the mean': async ({ vectors, ...rest }) => nearestTo([meanOf(vectors)], rest),
  'themes alone': async ({ vectors, ...rest }) => {
    const themes = await themesOf(rest.shelf.engine, vectors);
    return nearestTo(
      themes.map(({ centroid }) => centroid),
      rest,
    );
  },
  'three nearest papers alone': async (one) => exhaustive(one, (vector, taste) => papersAlone(vector, taste)),
  'themes and papers': async ({ shelf, vectors, owned }) => {
    const taste = { themes: await themesOf(shelf.engine, vectors), vectors, unwanted: [] };
    const ranked = await rankCandidates(shelf.engine, taste, { filter: {}, owned, depth: DEPTH });
    return idsOf(
      shelf,
      ranked.map(({ docId }) => docId),
    );
  },
};

const chosen = process.argv.slice(2);
const workbench = await Workbench.open();
for (const interests of INTERESTS) {
  const all: { libraries: JudgedLibrary[]; scores: number[][][] } = { libraries: [], scores: [] };
  process.stdout.write(`\n${interests === 1 ? 'One interest' : `${interests} interests`} a library\n\n`);
  process.stdout.write(
    `| collection | libraries | papers each | ranked by | ${Object.keys(METRICS).join(' | ')} | p |\n`,
  );
  process.stdout.write(`|---|---|---|---|${'---|'.repeat(Object.keys(METRICS).length + 1)}\n`);
  for (const name of COLLECTION_NAMES.filter((known) => chosen.length === 0 || chosen.includes(known))) {
    await workbench.with(name, async ({ collection, engine }) => {
      const libraries = judgedLibraries(collection, interests);
      const shelf = await shelfOf(engine);
      const scores = await Promise.all(Object.values(WAYS).map((way) => scoresOf(way, libraries, shelf)));
      report(name, libraries, scores);
      all.libraries.push(...libraries);
      all.scores = scores.map((ofWay, way) =>
        ofWay.map((values, at) => [...(all.scores[way]?.[at] ?? []), ...values]),
      );
    });
  }
  report('all', all.libraries, all.scores);
}
await workbench.close();

/** By metric, then by library. */
async function scoresOf(way: Way, libraries: readonly JudgedLibrary[], shelf: Shelf): Promise<number[][]> {
  const scores: number[][] = Object.keys(METRICS).map(() => []);
  for (const library of libraries) {
    const found = await shelf.engine.vectors(library.papers);
    const docIds = await shelf.engine.lookup(library.papers.map((value) => ({ kind: 'id', value })));
    const vectors = found.flatMap((vector) => vector ?? []);
    const ranking = await way({ shelf, library, vectors, owned: new Set(docIds.flat()) });
    Object.values(METRICS).forEach((metric, at) => {
      scores[at]?.push(metric(ranking.slice(0, DEPTH), library.heldOut));
    });
  }
  return scores;
}

/** The p-value is of MAP against the mean, after Holm's correction over the ways of one collection. */
function report(name: string, libraries: readonly JudgedLibrary[], scores: readonly number[][][]): void {
  const [baseline] = scores;
  const pValues = holm(scores.slice(1).map((of) => permutationTest(of[0] ?? [], baseline?.[0] ?? [])));
  const size = mean(libraries.map(({ papers }) => papers.length)).toFixed(0);
  Object.keys(WAYS).forEach((way, at) => {
    const values = (scores[at] ?? []).map((of) => mean(of).toFixed(3)).join(' | ');
    const p = at === 0 ? '' : (pValues[at - 1] ?? 1).toFixed(4);
    const where = at === 0 ? `${name} | ${libraries.length} | ${size}` : ' | | ';
    process.stdout.write(`| ${where} | ${way} | ${values} | ${p} |\n`);
  });
}

async function themesOf(engine: Engine, vectors: readonly Float32Array[]): Promise<Theme[]> {
  return findThemes(vectors, { background: await backgroundOf(engine, vectors) });
}

async function nearestTo(
  centroids: readonly Float32Array[],
  { shelf, owned }: Pick<Case, 'shelf' | 'owned'>,
): Promise<PaperId[]> {
  const best = new Map<number, number>();
  for (const centroid of centroids) {
    const { docIds, scores } = await shelf.engine.semantic(centroid, {
      filter: {},
      limit: DEPTH + owned.size,
    });
    docIds.forEach((docId, at) => {
      if (!owned.has(docId)) best.set(docId, Math.max(best.get(docId) ?? -1, scores[at] ?? -1));
    });
  }
  return idsOf(
    shelf,
    [...best].sort(([, a], [, b]) => b - a).map(([docId]) => docId),
  );
}

async function exhaustive(
  { shelf, vectors, owned }: Case,
  score: (vector: Float32Array, taste: Taste) => number,
): Promise<PaperId[]> {
  const taste = { themes: [], vectors, unwanted: [] };
  const scored = shelf.docIds
    .filter((docId) => !owned.has(docId))
    .map((docId) => ({ docId, score: score(shelf.vectors.get(docId) ?? new Float32Array(0), taste) }));
  return idsOf(
    shelf,
    scored.sort((a, b) => b.score - a.score).map(({ docId }) => docId),
  );
}

function papersAlone(vector: Float32Array, taste: Taste): number {
  const { nearest } = nearnessOf(vector, taste);
  return nearest.reduce((sum, { similarity }) => sum + similarity, 0) / Math.max(1, nearest.length);
}

function idsOf({ ids }: Shelf, docIds: readonly number[]): PaperId[] {
  return docIds.slice(0, DEPTH).flatMap((docId) => ids.get(docId) ?? []);
}

async function shelfOf(engine: Engine): Promise<Shelf> {
  const listing = await engine.newest({ filter: {}, limit: Number.MAX_SAFE_INTEGER });
  const docIds = [...listing.docIds];
  const [papers, vectors] = [await engine.papers(docIds), await engine.vectorsOf(docIds)];
  return {
    engine,
    docIds,
    ids: new Map(docIds.flatMap((docId, at) => (papers[at] ? [[docId, papers[at].id]] : []))),
    vectors: new Map(docIds.flatMap((docId, at) => (vectors[at] ? [[docId, vectors[at]]] : []))),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
