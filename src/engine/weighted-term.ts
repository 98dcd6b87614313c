/** A term as `text/analyze` makes it, with a factor on its BM25 share. */
export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}
