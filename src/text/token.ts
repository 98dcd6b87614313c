/** A term and where it stands: half-open, in UTF-16 units of the text given. A joined form spans its compound. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}
