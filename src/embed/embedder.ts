/**
 * What turns text into vectors. Two methods because models treat questions and papers differently.
 * Every vector has unit length, so a dot product is the cosine similarity.
 */

/** What a vector depends on. Two models with the same fingerprint make the same vectors. */
export interface ModelIdentity {
  readonly name: string;
  readonly revision: string;
  readonly dtype: string;
  readonly dimensions: number;
  readonly pooling: 'mean' | 'cls' | 'last' | 'hashing';
  readonly maxTokens: number;
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  /** How a paper becomes text, for instance `title\nabstract`. */
  readonly textTemplate: string;
  /** Hex SHA-256 over all of the above and the weights. */
  readonly fingerprint: string;
}

export interface Embedder {
  readonly model: ModelIdentity;
  /** The vector of a question, `dimensions` floats of unit length. */
  embedQuery(text: string): Promise<Float32Array>;
  /** One vector a text, in the order given. Rejects with INTERRUPTED when the signal aborts. */
  embedDocuments(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array[]>;
  /** Stops the workers. Safe to call twice. */
  close(): Promise<void>;
}
