/** What is answered, by every door and the command line alike. */
import type { Facets } from '../engine/facets.ts';
import type { Paper, PaperId } from '../paper/paper.ts';
import type { SameWork } from '../paper/same-work.ts';
import type { Note } from './note.ts';
import type { Mode, Sort } from './request.ts';

/** The best sentence of a hit. Ranges are half-open, in UTF-16 units of `text`, ascending, never overlapping. */
export interface Passage {
  readonly text: string;
  readonly highlights: readonly (readonly [start: number, end: number])[];
}

export type MatchedField = 'title' | 'abstract' | 'authors' | 'venue';

/** A word of the question that a paper holds. */
export interface MatchedWord {
  /** As the first of the fields writes it. */
  readonly word: string;
  readonly fields: readonly MatchedField[];
  /** Of the lexical score of the paper, in [0, 1]. */
  readonly share: number;
}

export interface ScoreShare {
  /**
   * Where it comes from: `feedback` is likeness to the first papers, `neighbours` what speaks for the papers near to
   * this one, and `name` what puts a paper first that the question names.
   */
  readonly name: 'words' | 'meaning' | 'feedback' | 'neighbours' | 'name';
  readonly share: number;
}

export interface Explanation {
  /** The weightiest first; their shares add up to 1. Empty where words do not count or none matches. */
  readonly words: readonly MatchedWord[];
  /** They add up to the score of the hit. */
  readonly shares: readonly ScoreShare[];
}

/** Why a paper was found. A rank is 1-based within its retrieval; null where it is not among the ranks known there. */
export interface Match {
  readonly lexicalRank: number | null;
  readonly semanticRank: number | null;
  /** Cosine of question and paper in [-1, 1]; null where it was not measured. */
  readonly similarity: number | null;
  /**
   * How the question named this very paper, or one of its authors, which puts it first; `text` where a pasted text is
   * its own.
   */
  readonly exact: 'id' | 'doi' | 'title' | 'text' | 'author' | null;
  /** The share of the question's words, weighted by how rare they are, that title and abstract hold, in [0, 1]. */
  readonly coverage: number;
  readonly passage: Passage | null;
  /** Only where it was asked for. */
  readonly explanation?: Explanation;
}

/** Another paper of the same work as a hit. */
export interface OtherPaper {
  readonly id: PaperId;
  readonly title: string;
  /** What tells that they are one work: an id or DOI, title and authors, or nearly the same abstract. */
  readonly why: SameWork;
}

export interface Hit {
  /** 1-based over the whole result set, not the page. */
  readonly rank: number;
  readonly score: number;
  /** How often a hit with such evidence was relevant on judged collections, in [0, 1]; see confidence.ts. */
  readonly confidence: number;
  readonly paper: Paper;
  readonly match: Match;
  /** The other papers of this work in the index, whether or not they pass the filter; empty where nothing is folded. */
  readonly others: readonly OtherPaper[];
}

/** A word of the question that no paper holds, and the known words that were looked for beside it. */
export interface Correction {
  /** As it stands in the question. */
  readonly typed: string;
  /** The likeliest first; never empty. */
  readonly meant: readonly string[];
}

export interface SearchAnswer {
  readonly query: string;
  readonly mode: Mode;
  readonly sort: Sort;
  /**
   * Papers that pass the filter and hold a word of the question or are among its nearest; all that pass, where the
   * question only restricts. Papers, not hits: those that are folded into another count.
   */
  readonly total: number;
  readonly hits: readonly Hit[];
  /** What of the question was understood otherwise than written; usually empty. */
  readonly notes: readonly Note[];
  /** Absent where every word is known or none is near. */
  readonly didYouMean?: readonly Correction[];
  /** The cursor of the next page; null at the end of the list. */
  readonly next: string | null;
  /** Counts over the whole result set, where they were asked for. */
  readonly facets?: Facets;
  /** Milliseconds inside the searcher, the embedding of the question included. */
  readonly tookMs: number;
}
