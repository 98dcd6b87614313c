/**
 * What Pharos knows of one paper. A field that a source does not give is absent, never guessed.
 * Made only by `normalizePaper`, so every Paper is NFC, trimmed, free of control characters and has a title.
 */

/** The public id: an arXiv id without version, a lower-case DOI, an ACL id, `pmid:<number>`, or `title:<hash>`. */
export type PaperId = string;

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the precision the source gave. */
export type PartialDate = string;

export interface Paper {
  readonly id: PaperId;
  readonly title: string;
  /** Empty where there is none. */
  readonly abstract: string;
  /** Who wrote the abstract when it is not the authors': `Pharos` for the summaries of the sample. */
  readonly abstractBy?: string;
  readonly authors: readonly string[];
  /** How many authors there are, when the source says so and does not list them all. */
  readonly authorCount?: number;
  readonly published?: PartialDate;
  readonly updated?: PartialDate;
  readonly categories: readonly string[];
  /** Words that somebody put on it, in a library or a journal: they order one person's papers, categories everybody's. */
  readonly tags?: readonly string[];
  readonly venue?: string;
  readonly url?: string;
  readonly doi?: string;
  /** Address of the code. */
  readonly code?: string;
  readonly comment?: string;
  readonly journalRef?: string;
  readonly license?: string;
  readonly language?: string;
  /** Version of the text, 1 or more; a higher one replaces a lower one. */
  readonly version?: number;
  /** Words that say what it is about, chosen by people or by a model; never empty. */
  readonly keywords?: readonly string[];
  readonly upvotes?: number;
  /** Number of comments. */
  readonly comments?: number;
}
