/** A small library of papers in an exact engine, and an embedder that needs no model. */
import type { Embedder, ModelIdentity } from '../../src/embed/embedder.ts';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { Searcher, type SearcherOptions } from '../../src/search/searcher.ts';
import { terms } from '../../src/text/analyze.ts';

const DIMENSIONS = 16;

const MODEL: ModelIdentity = {
  name: 'words-in-16-bins',
  revision: '1',
  dtype: 'fp32',
  dimensions: DIMENSIONS,
  pooling: 'hashing',
  maxTokens: 256,
  queryPrefix: '',
  documentPrefix: '',
  textTemplate: 'title\nabstract',
  fingerprint: 'bins',
};

/** Counts words in bins: texts that share words are near. Remembers what it was asked to embed. */
export class BinEmbedder implements Embedder {
  readonly model = MODEL;
  readonly queries: string[] = [];
  readonly documents: string[] = [];

  async embedQuery(text: string): Promise<Float32Array> {
    this.queries.push(text);
    return binVector(text);
  }

  async embedDocuments(texts: readonly string[]): Promise<Float32Array[]> {
    this.documents.push(...texts);
    return texts.map(binVector);
  }

  async close(): Promise<void> {}
}

export function binVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS).fill(0.01);
  for (const term of terms(text)) {
    let hash = 7;
    for (const character of term) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
    const bin = hash % DIMENSIONS;
    vector[bin] = (vector[bin] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}

export interface Library {
  readonly engine: ExactEngine;
  readonly embedder: BinEmbedder;
  readonly searcher: Searcher;
}

/** An index of the papers, all embedded but those in `bare`. */
export async function makeLibrary(
  papers: readonly Paper[],
  { bare = [], ...options }: { bare?: readonly string[] } & Partial<SearcherOptions> = {},
): Promise<Library> {
  const engine = new ExactEngine(MODEL);
  await engine.upsert(
    papers.map((paper) =>
      bare.includes(paper.id) ? { paper } : { paper, vector: binVector(embeddedText(paper)) },
    ),
  );
  const embedder = new BinEmbedder();
  return { engine, embedder, searcher: new Searcher({ engine, embedder, ...options }) };
}
