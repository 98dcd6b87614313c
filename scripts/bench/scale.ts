/**
 * The same questions over 10,000, 100,000 and 1,000,000 papers, the vector given and not. The million is the hundred
 * thousand nine times perturbed (bench-corpus.ts). Building it takes an hour the first time.
 */
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { Searcher } from '../../src/search/searcher.ts';
import { benchQuestions, openBenchCorpus } from './bench-corpus.ts';
import { benchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { openBundledEmbedder } from './bundled-model.ts';
import { latencyOf, round } from './measure.ts';
import { questionVectors } from './question-vectors.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const QUESTIONS = 300;

export async function benchScale({
  sizes = SIZES,
}: {
  readonly sizes?: readonly number[];
} = {}): Promise<BenchResult> {
  const vectors = await questionVectors();
  const questions = benchQuestions().slice(0, QUESTIONS);
  const embedder = await openBundledEmbedder();
  const rows: unknown[] = [];
  for (const size of sizes) {
    const dir = await benchIndex(size);
    const begun = performance.now();
    const engine = await openEmbeddedReader({ dir, space: embedder.model });
    const openMs = round(performance.now() - begun);
    const searcher = new Searcher({ engine, embedder });
    const given = await latencyOf(questions, (query, at) =>
      searcher.searchWith(vectors[at] as Float32Array, { query }),
    );
    const filtered = await latencyOf(questions, (query, at) =>
      searcher.searchWith(vectors[at] as Float32Array, { query, filter: { from: '2025', to: '2025' } }),
    );
    const whole = await latencyOf(questions, (query) => searcher.search({ query }));
    const { bytes } = await engine.status();
    const isPerturbed = openBenchCorpus(size).isPerturbed;
    rows.push({
      papers: size,
      isPerturbed,
      openMs,
      diskBytesAPaper: Math.round(bytes / size),
      given,
      filtered,
      whole,
    });
    await engine.close();
  }
  await embedder.close();
  return { settings: { questions: QUESTIONS, hits: 10, filter: 'one year' }, results: rows };
}
