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
}
