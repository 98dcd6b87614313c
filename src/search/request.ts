/** What may be asked. Everything optional outside; `Searcher` completes it with the defaults named here. */
import type { Filter } from '../engine/filter.ts';
import type { PaperId } from '../paper/paper.ts';

export const MODES = ['hybrid', 'semantic', 'keyword'] as const;
export type Mode = (typeof MODES)[number];

export const DEFAULT_LIMIT = 10;
export const MAX_LIMIT = 100;
/** Deepest rank that can be asked for: offset + limit. */
export const MAX_DEPTH = 10_000;
/** Longest question, in UTF-16 units; a longer text is a question for `related`. */
export const MAX_QUERY_LENGTH = 4_000;
/** Longest pasted text, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 200_000;

interface Paging {
  readonly limit?: number;
  readonly offset?: number;
  readonly mode?: Mode;
  readonly filter?: Filter;
}

export interface SearchRequest extends Paging {
  readonly query: string;
}

/** At least one positive paper or text. The papers named are never in the answer. */
export interface RelatedRequest extends Paging {
  readonly positive?: readonly PaperId[];
  readonly negative?: readonly PaperId[];
  readonly positiveTexts?: readonly string[];
  readonly negativeTexts?: readonly string[];
}
