/**
 * Remembers the vectors of questions: people page, filter and ask again, and each of that would cost a run of the
 * model. Papers pass through, for no text of a paper is embedded twice.
 */
import { LRUCache } from 'lru-cache';
import type { Embedder, ModelIdentity } from './embedder.ts';

export interface CachedEmbedderOptions {
  /** Questions remembered; the least recently asked is forgotten first. 1,000 vectors of 384 floats are 1.5 MB. */
  readonly maxQuestions?: number;
}

const DEFAULT_MAX_QUESTIONS = 1_000;

export class CachedEmbedder implements Embedder {
  readonly model: ModelIdentity;
  readonly #embedder: Embedder;
  readonly #vectors: LRUCache<string, Promise<Float32Array>>;

  constructor(embedder: Embedder, { maxQuestions = DEFAULT_MAX_QUESTIONS }: CachedEmbedderOptions = {}) {
    this.model = embedder.model;
    this.#embedder = embedder;
    this.#vectors = new LRUCache({ max: maxQuestions });
  }

  /**
   * The vector is shared by all who ask the same: do not write to it. Questions are the same that differ in nothing
   * but white space and the form of their letters (NFC). One that is being embedded is waited for, not embedded
   * again; a failure is not remembered.
   */
  embedQuery(text: string): Promise<Float32Array> {
    const question = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
    const known = this.#vectors.get(question);
    if (known !== undefined) return known;
    const vector = this.#embedder.embedQuery(question);
    this.#vectors.set(question, vector);
    vector.catch(() => {
      if (this.#vectors.peek(question) === vector) this.#vectors.delete(question);
    });
    return vector;
  }

  embedDocuments(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array[]> {
    return this.#embedder.embedDocuments(texts, options);
  }

  close(): Promise<void> {
    this.#vectors.clear();
    return this.#embedder.close();
  }
}
