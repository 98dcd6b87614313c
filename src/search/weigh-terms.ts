/** How telling each term of a question is in this corpus, and whether the corpus knows it at all. */
import { inverseDocumentFrequency } from '../engine/bm25.ts';
import type { EngineReader, WeightedTerm } from '../engine/engine.ts';

export interface WeighedTerms {
  /** The weight in the question times idf. */
  readonly weights: ReadonlyMap<string, number>;
  /** How many of the terms any paper holds. */
  readonly knownTerms: number;
  /** Papers in the index. */
  readonly papers: number;
}

export async function weighTerms(
  engine: Pick<EngineReader, 'statistics'>,
  terms: readonly WeightedTerm[],
): Promise<WeighedTerms> {
  const { papers, documentFrequencies } = await engine.statistics(terms.map(({ term }) => term));
  const weights = new Map(
    terms.map(({ term, weight }, at) => [
      term,
      weight * inverseDocumentFrequency(documentFrequencies[at] ?? 0, papers),
    ]),
  );
  return { weights, papers, knownTerms: documentFrequencies.filter((count) => count > 0).length };
}
