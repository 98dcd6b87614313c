/** How alike a library and any paper of the corpus are: what likeness is worth nothing. */
import type { EngineReader } from '../engine/engine.ts';
import { dot } from '../vector/dot.ts';

/** The mean over so many papers is off by a hundredth. */
const SAMPLED = 200;

/**
 * The mean cosine of the vectors and papers evenly spread over the index, the same at every call; 0 where the index
 * holds no vectors or none are given.
 */
export async function backgroundOf(
  engine: Pick<EngineReader, 'lastDocId' | 'vectorsOf'>,
  vectors: readonly Float32Array[],
): Promise<number> {
  const last = await engine.lastDocId();
  const count = Math.min(last, SAMPLED);
  const docIds = Array.from({ length: count }, (_, at) => 1 + Math.floor((at * last) / count));
  const sample = (await engine.vectorsOf(docIds)).flatMap((vector) => vector ?? []);
  if (sample.length === 0 || vectors.length === 0) return 0;
  // The mean of all products is the product of the means.
  return dot(plainMean(sample), plainMean(vectors));
}

function plainMean(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let at = 0; at < mean.length; at += 1)
      mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / vectors.length;
  }
  return mean;
}
