/** A term and where it stands: half-open, in UTF-16 units of the text given. A joined form spans its compound. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
  /** True for what stands beside a word that is a token too: a run of its letters, or a compound joined. */
  readonly isExtra?: boolean;
}
