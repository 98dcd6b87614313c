/** Indexes for the benchmarks, built once under .cache/bench and kept until the corpus or the format changes. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SNAPSHOT_LAYOUT } from '../../src/engine/embedded/manifest.ts';
import { openEmbeddedEngine } from '../../src/engine/embedded/open.ts';
import type { IndexedPaper, VectorSpace } from '../../src/engine/engine.ts';
import { openBenchCorpus } from './bench-corpus.ts';
import { bundledModelIdentity } from './bundled-model.ts';

const CACHE = resolve(import.meta.dirname, '../../.cache/bench');
const BATCH = 1_000;

export interface BuildTimes {
  readonly papers: number;
  readonly storeMs: number;
  /** Words, columns, codes, graph and snapshot. */
  readonly deriveMs: number;
  readonly bytes: number;
}

/** The folder of an index of `size` papers, built now if it is not there. */
export async function benchIndex(size: number): Promise<string> {
  const made = `${openBenchCorpus(size).sha256} ${SNAPSHOT_LAYOUT}`;
  const dir = join(CACHE, `index-${size}`);
  const mark = join(CACHE, `index-${size}.corpus`);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === made) return dir;
  await buildBenchIndex(size, dir);
  writeFileSync(mark, made);
  return dir;
}

/** Builds an index from the corpus and its vectors in `dir`, which is emptied first. */
export async function buildBenchIndex(size: number, dir: string): Promise<BuildTimes> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const space: VectorSpace = await bundledModelIdentity();
  const engine = await openEmbeddedEngine({ dir, space, onProgress: reportProgress });
  const begun = performance.now();
  for (const batch of batches(openBenchCorpus(size).papers())) await engine.upsert(batch);
  const stored = performance.now();
  await engine.checkpoint();
  const derived = performance.now();
  const { papers, bytes } = await engine.status();
  await engine.close();
  return { papers, storeMs: stored - begun, deriveMs: derived - stored, bytes };
}

function* batches(papers: Iterable<IndexedPaper>): Generator<IndexedPaper[]> {
  let batch: IndexedPaper[] = [];
  for (const paper of papers) {
    batch.push(paper);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

let lastReported = 0;

function reportProgress({ stage, done, total }: { stage: string; done: number; total: number }): void {
  if (Date.now() - lastReported < 10_000 && done < total) return;
  lastReported = Date.now();
  process.stderr.write(`${stage} ${done} of ${total}\n`);
}
