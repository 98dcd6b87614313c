/** A paper as it is given to an index, by a program or over HTTP. */

/** As a line of a JSON Lines file: a title and whatever else is known, under the names of docs/usage.md. */
export interface PaperInput {
  readonly title: string;
  readonly id?: string;
  readonly abstract?: string;
  readonly authors?: readonly string[];
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly published?: string;
  readonly categories?: readonly string[];
  readonly venue?: string;
  readonly url?: string;
  readonly doi?: string;
  readonly [field: string]: unknown;
}
