/** A server over the papers of the sample, with an engine in memory and an embedder that needs no model. */
import { readFile } from 'node:fs/promises';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { startTestServer, type TestServer } from './test-server.ts';

export async function samplePapers(): Promise<Paper[]> {
  const lines = (await readFile('data/sample.jsonl', 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Paper);
}

export interface House extends TestServer {
  readonly engine: Engine;
  readonly add: (papers: readonly Paper[]) => Promise<void>;
}

/** Closed when the test ends. */
export async function startHouseOf(papers: readonly Paper[]): Promise<House> {
  const embedder = new HashingEmbedder();
  const engine = new ExactEngine(embedder.model);
  const add = async (more: readonly Paper[]) => {
    const vectors = await embedder.embedDocuments(more.map(embeddedText));
    await engine.upsert(more.map((paper, at) => ({ paper, vector: vectors[at] ?? new Float32Array() })));
  };
  await add(papers);
  return {
    ...(await startTestServer({ engine, searcher: new Searcher({ engine, embedder }) })),
    engine,
    add,
  };
}
