/**
 * Building an index from papers whose vectors are known: storing, and deriving words, columns, codes and graph. The
 * yardstick is adding the same vectors to a bare HNSW graph, which bounds what any engine around it can reach.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HnswGraph } from '../../src/engine/embedded/hnsw-graph.ts';
import { DIMENSIONS, openBenchCorpus } from './bench-corpus.ts';
import { buildBenchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { round } from './measure.ts';

const SIZE = 20_000;

export async function benchBuild(): Promise<BenchResult> {
  const dir = join(mkdtempSync(join(tmpdir(), 'pharos-bench-')), 'index');
  const { storeMs, deriveMs, bytes } = await buildBenchIndex(SIZE, dir);
  rmSync(dir, { recursive: true });
  const graphMs = bareGraphMs();
  return {
    settings: { papers: SIZE, vectors: 'given' },
    results: {
      storedPerSecond: Math.round((1_000 * SIZE) / storeMs),
      derivedPerSecond: Math.round((1_000 * SIZE) / deriveMs),
      bareGraphPerSecond: Math.round((1_000 * SIZE) / graphMs),
      deriveToBareGraph: round(deriveMs / graphMs),
      diskBytesAPaper: Math.round(bytes / SIZE),
    },
  };
}

function bareGraphMs(): number {
  const vectors = [...openBenchCorpus(SIZE).papers()].map(({ vector }) => vector ?? new Float32Array(0));
  const graph = HnswGraph.empty(DIMENSIONS);
  const begun = performance.now();
  for (const [at, vector] of vectors.entries()) graph.add(at, vector);
  return performance.now() - begun;
}
