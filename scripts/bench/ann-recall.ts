/**
 * How many of the ten truly nearest papers the engine finds: by the beam of the graph alone, then as it is used, with
 * and without filters of every selectivity. Truth is an exact scan of the float vectors with real questions.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphLinks } from '../../src/engine/embedded/graph-links.ts';
import { GraphWalk } from '../../src/engine/embedded/graph-walk.ts';
import { readHnswLinks } from '../../src/engine/embedded/hnsw-file.ts';
import { HnswGraph } from '../../src/engine/embedded/hnsw-graph.ts';
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { TopK } from '../../src/engine/embedded/top-k.ts';
import { VectorCodes } from '../../src/engine/embedded/vector-codes.ts';
import type { EngineReader } from '../../src/engine/engine.ts';
import type { Filter } from '../../src/engine/filter.ts';
import { matchesFilter } from '../../src/engine/filter.ts';
import { SEMANTIC_DEPTH } from '../../src/search/retrieve.ts';
import { dot } from '../../src/vector/dot.ts';
import { openBenchCorpus } from './bench-corpus.ts';
import { benchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { bundledModelIdentity } from './bundled-model.ts';
import { type Latency, latencyOf, round } from './measure.ts';
import { questionVectors } from './question-vectors.ts';

const SIZE = 100_000;
const QUESTIONS = 100;
const K = 10;

/** From one paper in ten thousand to all of them. */
const FILTERS: Readonly<Record<string, Filter>> = {
  'one author': { authors: ['Jiawei Han'] },
  'one day': { from: '2026-03-02', to: '2026-03-02' },
  'one month': { from: '2026-03', to: '2026-03' },
  'a small category': { categories: ['math.NT'] },
  'a large category': { categories: ['cs.LG'] },
  'since 2025': { from: '2025' },
  'until 2025': { to: '2025' },
  'since 1995': { from: '1995' },
  none: {},
};

interface Corpus {
  readonly accepts: (filter: Filter) => Uint8Array;
  readonly nearest: (query: Float32Array, accepted: Uint8Array) => Set<string>;
}

interface RecallRow extends Latency {
  readonly name: string;
  readonly papers: number;
  readonly recallAt10: number;
}

export async function benchAnnRecall(): Promise<BenchResult> {
  const queries = (await questionVectors()).slice(0, QUESTIONS);
  const corpus = exactCorpus(queries);
  const reader = await openEmbeddedReader({
    dir: await benchIndex(SIZE),
    space: await bundledModelIdentity(),
  });
  const rows: RecallRow[] = [];
  for (const [name, filter] of Object.entries(FILTERS))
    rows.push(await recallUnder({ name, filter, reader, corpus, queries }));
  await reader.close();
  return {
    settings: { papers: SIZE, questions: QUESTIONS, k: K },
    results: { filters: rows, beam: await recallByBeam(corpus, queries) },
  };
}

async function recallUnder(task: {
  readonly name: string;
  readonly filter: Filter;
  readonly reader: EngineReader;
  readonly corpus: Corpus;
  readonly queries: readonly Float32Array[];
}): Promise<RecallRow> {
  const { name, filter, reader, corpus, queries } = task;
  const accepted = corpus.accepts(filter);
  let wanted = 0;
  let found = 0;
  for (const query of queries) {
    const truth = corpus.nearest(query, accepted);
    const { docIds } = await reader.semantic(query, { filter, limit: SEMANTIC_DEPTH });
    const papers = await reader.papers([...docIds.subarray(0, K)]);
    wanted += truth.size;
    found += papers.filter((paper) => paper && truth.has(paper.id)).length;
  }
  const latency = await latencyOf(queries, (query) =>
    reader.semantic(query, { filter, limit: SEMANTIC_DEPTH }),
  );
  return {
    name,
    papers: accepted.reduce((sum, one) => sum + one, 0),
    recallAt10: round(found / wanted),
    ...latency,
  };
}

/** The walk alone, by codes, at beams the engine does not use too. */
async function recallByBeam(corpus: Corpus, queries: readonly Float32Array[]): Promise<unknown[]> {
  const { codes, links, ids } = walkedParts();
  const walk = new GraphWalk(links, codes);
  const everything = new Uint8Array(SIZE).fill(1);
  const truths = queries.map((query) => corpus.nearest(query, everything));
  const rows: unknown[] = [];
  for (const beam of [10, 64, 128, 200, 256, 512]) {
    let found = 0;
    for (const [at, query] of queries.entries()) {
      const { docIds } = walk.nearest(query, { beam, allowed: everything });
      found += [...docIds.subarray(0, K)].filter((docId) => truths[at]?.has(ids[docId] ?? '')).length;
    }
    const latency = await latencyOf(queries, async (query) =>
      walk.nearest(query, { beam, allowed: everything }),
    );
    rows.push({ beam, recallAt10: round(found / (K * queries.length)), ...latency });
  }
  return rows;
}

function walkedParts() {
  const graph = HnswGraph.empty(384);
  const codes = new VectorCodes(384);
  const ids: string[] = [];
  for (const { paper, vector } of openBenchCorpus(SIZE).papers()) {
    if (!vector) continue;
    const docId = ids.push(paper.id) - 1;
    codes.set(docId, vector);
    graph.add(docId, vector);
  }
  const folder = mkdtempSync(join(tmpdir(), 'pharos-bench-'));
  graph.save(join(folder, 'graph.bin'));
  const links = new GraphLinks(readHnswLinks(join(folder, 'graph.bin')));
  rmSync(folder, { recursive: true });
  return { codes, links, ids };
}

/** Every similarity is computed once and serves all filters. */
function exactCorpus(queries: readonly Float32Array[]): Corpus {
  const entries = [...openBenchCorpus(SIZE).papers()];
  const vectors = entries.map(({ vector }) => vector ?? new Float32Array(0));
  const scores = new Map(
    queries.map((query) => [query, Float32Array.from(vectors, (vector) => dot(query, vector))]),
  );
  return {
    accepts: (filter) => Uint8Array.from(entries, ({ paper }) => (matchesFilter(paper, filter) ? 1 : 0)),
    nearest: (query, accepted) => {
      const best = new TopK(K);
      scores.get(query)?.forEach((score, at) => {
        if (accepted[at] === 1) best.offer(at, score);
      });
      return new Set(Array.from(best.take().docIds, (at) => entries[at]?.paper.id ?? ''));
    },
  };
}
