/** What a server says of itself, as docs/api.md promises it. */

export interface ServerStatus {
  readonly papers: number;
  /** Papers that are found by meaning. */
  readonly embedded: number;
  /** Grows with every change. */
  readonly generation: number;
  readonly model: string;
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly bytes: number;
  readonly ready: boolean;
  /** `notes` has a sentence for each thing that a person should see to. */
  readonly health: { readonly ok: boolean; readonly notes: readonly string[] };
  /** What is being done to the index right now. */
  readonly work: readonly ServerWork[];
}

export interface ServerWork {
  readonly stage: string;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  /** In ISO 8601, in UTC. */
  readonly started: string;
}
