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

interface Case {
  readonly engine: Engine;
  readonly library: JudgedLibrary;
  readonly vectors: readonly Float32Array[];
  readonly owned: ReadonlySet<number>;
}

type Way = (one: Case) => Promise<PaperId[]>;

const WAYS: Readonly<Record<string, Way>> = {
  'the mean': async ({ vectors, ...rest }) => nearestTo([meanOf(vectors)], rest),
  'themes alone': async ({ vectors, ...rest }) => {
    const themes = await themesOf(rest.engine, vectors);
    return nearestTo(
      themes.map(({ centroid }) => centroid),
      rest,
    );
  },
  'three nearest papers alone': async (one) => exhaustive(one, (vector, taste) => papersAlone(vector, taste)),
  'themes and papers': async ({ engine, vectors, owned }) => {
    const taste = { themes: await themesOf(engine, vectors), vectors, unwanted: [] };
    const ranked = await rankCandidates(engine, taste, { filter: {}, owned, depth: DEPTH });
    return idsOf(
      engine,
      ranked.map(({ docId }) => docId),
    );
  },
};

const chosen = process.argv.slice(2);
const workbench = await Workbench.open();
for (const interests of INTERESTS) {
  process.stdout.write(`\n${interests === 1 ? 'One interest' : `${interests} interests`} a library\n\n`);
  process.stdout.write(
    `| collection | libraries | papers each | ranked by | ${Object.keys(METRICS).join(' | ')} | p |\n`,
  );
  process.stdout.write(`|---|---|---|---|${'---|'.repeat(Object.keys(METRICS).length + 1)}\n`);
  for (const name of COLLECTION_NAMES.filter((known) => chosen.length === 0 || chosen.includes(known))) {
    await workbench.with(name, async ({ collection, engine }) => {
      const libraries = judgedLibraries(collection, interests);
      const scores = await Promise.all(Object.values(WAYS).map((way) => scoresOf(way, libraries, engine)));
      report(name, libraries, scores);
    });
  }
}
await workbench.close();

/** By metric, then by library. */
async function scoresOf(way: Way, libraries: readonly JudgedLibrary[], engine: Engine): Promise<number[][]> {
  const scores: number[][] = Object.keys(METRICS).map(() => []);
  for (const library of libraries) {
    const found = await engine.vectors(library.papers);
    const docIds = await engine.lookup(library.papers.map((value) => ({ kind: 'id', value })));
    const vectors = found.flatMap((vector) => vector ?? []);
    const ranking = await way({ engine, library, vectors, owned: new Set(docIds.flat()) });
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
  { engine, owned }: Pick<Case, 'engine' | 'owned'>,
): Promise<PaperId[]> {
  const best = new Map<number, number>();
  for (const centroid of centroids) {
    const { docIds, scores } = await engine.semantic(centroid, { filter: {}, limit: DEPTH + owned.size });
    docIds.forEach((docId, at) => {
      if (!owned.has(docId)) best.set(docId, Math.max(best.get(docId) ?? -1, scores[at] ?? -1));
    });
  }
  return idsOf(
    engine,
    [...best].sort(([, a], [, b]) => b - a).map(([docId]) => docId),
  );
}

async function exhaustive(
  { engine, vectors, owned }: Case,
  score: (vector: Float32Array, taste: Taste) => number,
): Promise<PaperId[]> {
  const taste = { themes: [], vectors, unwanted: [] };
  const { docIds } = await engine.newest({ filter: {}, limit: Number.MAX_SAFE_INTEGER });
  const others = [...docIds].filter((docId) => !owned.has(docId));
  const stored = await engine.vectorsOf(others);
  const scored = others.map((docId, at) => ({
    docId,
    score: score(stored[at] ?? new Float32Array(0), taste),
  }));
  return idsOf(
    engine,
    scored.sort((a, b) => b.score - a.score).map(({ docId }) => docId),
  );
}

function papersAlone(vector: Float32Array, taste: Taste): number {
  const { nearest } = nearnessOf(vector, taste);
  return nearest.reduce((sum, { similarity }) => sum + similarity, 0) / Math.max(1, nearest.length);
}

async function idsOf(engine: Engine, docIds: readonly number[]): Promise<PaperId[]> {
  const papers = await engine.papers(docIds.slice(0, DEPTH));
  return papers.flatMap((paper) => paper?.id ?? []);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
