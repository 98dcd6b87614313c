/** What every benchmark gives: how it was set and what came out, both as plain JSON. */
export interface BenchResult {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly results: unknown;
}
