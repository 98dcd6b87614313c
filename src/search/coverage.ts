/**
 * How much of what was asked a paper says at all: evidence that, unlike a BM25 score, means the same from one
 * question and corpus to the next. `confidence.ts` is built on it.
 */
import { TermFinder } from '../text/term-finder.ts';
import type { Token } from '../text/token.ts';

export class CoverageMeter {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #terms: TermFinder;
  readonly #total: number;

  /** How telling each term of the question is; a word the corpus does not know is the most telling. */
  constructor(weights: ReadonlyMap<string, number>) {
    this.#weights = weights;
    this.#terms = new TermFinder(weights.keys());
    this.#total = sum(weights.values());
  }

  /**
   * The share of the question's terms, by weight, that stand in title or abstract, in [0, 1]; 0 for a question
   * without terms. How often they stand there does not matter. `inAbstract` are the places that `PassageFinder` finds.
   */
  of(title: string, inAbstract: readonly Token[]): number {
    if (this.#total === 0) return 0;
    const found = new Set([...this.#terms.find(title), ...inAbstract].map(({ term }) => term));
    return Math.min(1, sum([...found].map((term) => this.#weights.get(term) ?? 0)) / this.#total);
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
