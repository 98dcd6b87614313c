/** The two scores of an exact engine, straight from their definitions, and how scores become a ranking. */
import { inverseDocumentFrequency, lengthNorm } from '../bm25.ts';
import type { WeightedTerm } from '../engine.ts';
import type { IndexedText } from '../indexed-text.ts';
import type { DocId, Ranking } from '../ranking.ts';

export interface Scored {
  readonly docId: DocId;
  readonly score: number;
}

/** The BM25 score of each text over all of them; undefined where none of the terms occurs. */
export function bm25Scores(
  texts: readonly IndexedText[],
  terms: readonly WeightedTerm[],
): (number | undefined)[] {
  const averageLength = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const inTexts = documentFrequencies(
    texts,
    terms.map(({ term }) => term),
  );
  const factors = terms.map(
    ({ weight }, at) => weight * inverseDocumentFrequency(inTexts[at] ?? 0, texts.length),
  );
  return texts.map(({ frequencies, length }) => {
    const norm = lengthNorm(length, averageLength);
    let score: number | undefined;
    terms.forEach(({ term }, at) => {
      const tf = frequencies.get(term);
      if (tf !== undefined) score = (score ?? 0) + ((factors[at] ?? 0) * tf) / (tf + norm);
    });
    return score;
  });
}

/** For each term, how many of the texts hold it. */
export function documentFrequencies(texts: readonly IndexedText[], terms: readonly string[]): number[] {
  return terms.map((term) => texts.filter(({ frequencies }) => frequencies.has(term)).length);
}

/** The dot product of two unit vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, component, at) => sum + component * (b[at] ?? 0), 0);
}

/** The best `limit`, by score as a float32 and then by lower docId. */
export function toRanking(found: readonly Scored[], limit: number): Ranking {
  const best = found
    .map(({ docId, score }) => ({ docId, score: Math.fround(score) }))
    .sort((a, b) => b.score - a.score || a.docId - b.docId)
    .slice(0, limit);
  return {
    docIds: Uint32Array.from(best, ({ docId }) => docId),
    scores: Float32Array.from(best, ({ score }) => score),
  };
}
