/**
 * Embeds every text once and remembers how long that took. Evaluation asks the same question page by page and mode
 * by mode; a person asks it once and waits for the model, so that time is counted where it was saved.
 */
import type { Embedder, ModelIdentity } from '../embed/embedder.ts';

interface Remembered {
  readonly vector: Float32Array;
  readonly tookMs: number;
}

type Embed = (text: string) => Promise<Float32Array>;

export class EmbeddingMemo implements Embedder {
  readonly model: ModelIdentity;
  readonly #embedder: Embedder;
  readonly #queries = new Map<string, Remembered>();
  readonly #documents = new Map<string, Remembered>();
  #savedMs = 0;

  constructor(embedder: Embedder) {
    this.model = embedder.model;
    this.#embedder = embedder;
  }

  /** Milliseconds of the model that answers since the last call would have needed without the memory. */
  takeSavedMs(): number {
    const saved = this.#savedMs;
    this.#savedMs = 0;
    return saved;
  }

  embedQuery(text: string): Promise<Float32Array> {
    return this.#remembered(this.#queries, text, (one) => this.#embedder.embedQuery(one));
  }

  embedDocuments(texts: readonly string[]): Promise<Float32Array[]> {
    const embed: Embed = async (one) => (await this.#embedder.embedDocuments([one]))[0] ?? new Float32Array();
    return Promise.all(texts.map((text) => this.#remembered(this.#documents, text, embed)));
  }

  /** The embedder belongs to whoever opened it. */
  async close(): Promise<void> {
    this.#queries.clear();
    this.#documents.clear();
  }

  async #remembered(memory: Map<string, Remembered>, text: string, embed: Embed): Promise<Float32Array> {
    const known = memory.get(text);
    if (known) {
      this.#savedMs += known.tookMs;
      return known.vector;
    }
    const startedMs = performance.now();
    const vector = await embed(text);
    memory.set(text, { vector, tookMs: performance.now() - startedMs });
    return vector;
  }
}
