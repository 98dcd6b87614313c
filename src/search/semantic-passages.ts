/**
 * The sentences of hits that are nearest to a question by the model, instead of those that hold most of its words.
 * The model reads every sentence it compares, so how many and how much of each is bounded.
 */
import type { Embedder } from '../embed/embedder.ts';
import { cutBefore } from '../text/clusters.ts';
import type { Hit } from './answer.ts';
import type { PassageFinder, WeighedSentence } from './passage.ts';

/** What the model reads of one hit, in UTF-16 units: ten hits take less than 300 ms on two cores. */
const READ_OF_A_HIT = 600;
/** Of one sentence; what it is about is said by then. */
const READ_OF_A_SENTENCE = 200;
/** A sentence costs as much as so many units even when it has fewer, and a stub of one says nothing. */
const LEAST_OF_A_SENTENCE = 60;

export interface SemanticPassageOptions {
  readonly embedder: Pick<Embedder, 'embedDocuments'>;
  /** Of the question, unit length. */
  readonly vector: Float32Array;
  readonly passages: PassageFinder;
  /** INTERRUPTED when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** The same hits with other passages; those without a text, or with one sentence, keep what they have. */
export async function withSemanticPassages(
  hits: readonly Hit[],
  { embedder, vector, passages, signal }: SemanticPassageOptions,
): Promise<Hit[]> {
  const choices = hits.map(({ paper }) => readable(passages.weighed(paper.abstract)));
  const texts = choices.flatMap((sentences) =>
    sentences.length > 1 ? sentences.map(({ text }) => text.slice(0, cutBefore(text, lengthRead(text)))) : [],
  );
  if (texts.length === 0) return [...hits];
  const vectors = await embedder.embedDocuments(texts, signal ? { signal } : {});
  let next = 0;
  return hits.map((hit, at) => {
    const sentences = choices[at] ?? [];
    if (sentences.length < 2) return hit;
    const near = nearest(sentences, vectors.slice(next, next + sentences.length), vector);
    next += sentences.length;
    if (near === undefined) return hit;
    return { ...hit, match: { ...hit.match, passage: passages.show(hit.paper.abstract, near.range) } };
  });
}

/** Those with most of the words first, then the earlier ones, as far as the budget goes; in the order of the text. */
function readable(sentences: readonly WeighedSentence[]): WeighedSentence[] {
  let left = READ_OF_A_HIT;
  return [...sentences]
    .sort((a, b) => b.weight - a.weight || a.range.start - b.range.start)
    .filter(({ text }) => {
      const length = Math.max(LEAST_OF_A_SENTENCE, lengthRead(text));
      if (length > left) return false;
      left -= length;
      return true;
    })
    .sort((a, b) => a.range.start - b.range.start);
}

function lengthRead({ length }: string): number {
  return Math.min(length, READ_OF_A_SENTENCE);
}

function nearest(
  sentences: readonly WeighedSentence[],
  vectors: readonly Float32Array[],
  vector: Float32Array,
): WeighedSentence | undefined {
  let best: WeighedSentence | undefined;
  let bestSimilarity = Number.NEGATIVE_INFINITY;
  sentences.forEach((sentence, at) => {
    const similarity = (vectors[at] ?? new Float32Array(0)).reduce(
      (sum, component, place) => sum + component * (vector[place] ?? 0),
      0,
    );
    if (similarity <= bestSimilarity) return;
    best = sentence;
    bestSimilarity = similarity;
  });
  return best;
}
