/**
 * BM25 as every engine computes it, so that they agree:
 * share = weight * idf * tf / (tf + k1 * (1 - b + b * length / average length)).
 * Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; the constant factor
 * (k1 + 1) is left out because it changes no order.
 */

/** Saturation of the term frequency, and how much longer papers are discounted. */
const K1 = 1.2;
const B = 0.75;

/** The denominator's k1 * (1 - b + b * length / average), for an indexed length. */
export function lengthNorm(length: number, averageLength: number): number {
  return K1 * (1 - B + (B * length) / averageLength);
}

/** ln(1 + (papers - df + 0.5) / (df + 0.5)): never negative, for `df` of `papers` papers. */
export function inverseDocumentFrequency(documentFrequency: number, papers: number): number {
  return Math.log(1 + (papers - documentFrequency + 0.5) / (documentFrequency + 0.5));
}
