/** What may be asked. Everything optional outside; `Searcher` completes it with the defaults named here. */
import type { FacetField } from '../engine/facets.ts';
import type { Filter } from '../engine/filter.ts';
import type { PaperId } from '../paper/paper.ts';

export const MODES = ['hybrid', 'semantic', 'keyword'] as const;
export type Mode = (typeof MODES)[number];

/** By relevance; newest first; oldest first; by relevance weighted by recency (`engine/recency.ts`). */
export const SORTS = ['relevance', 'date', 'oldest', 'fresh'] as const;
export type Sort = (typeof SORTS)[number];

export const DEFAULT_FACET_LIMIT = 10;
export const MAX_FACET_LIMIT = 100;
export const DEFAULT_LIMIT = 10;
export const MAX_LIMIT = 100;
/** Deepest rank that can be asked for: offset + limit. */
export const MAX_DEPTH = 10_000;
/** Longest question, in UTF-16 units; a longer text is a question for `related`. */
export const MAX_QUERY_LENGTH = 4_000;
/** Longest pasted text, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 200_000;

/** How the passage of a hit is chosen: by the words of the question at no cost, or by the model. */
export const PASSAGES = ['words', 'semantic'] as const;
export type PassageChoice = (typeof PASSAGES)[number];

interface Paging {
  readonly limit?: number;
  readonly offset?: number;
  readonly mode?: Mode;
  readonly filter?: Filter;
  /** From 0, the plain ranking, to 1: how much a hit is to differ from those above it. */
  readonly diversity?: number;
  readonly passage?: PassageChoice;
  /** Whether each hit says which words and which side its score comes from. */
  readonly explain?: boolean;
  readonly sort?: Sort;
  /** `next` of an earlier answer to the same question; not together with an offset. */
  readonly cursor?: string;
  /** Shows every work once, as the paper of it that stands highest; true unless said otherwise. */
  readonly fold?: boolean;
  readonly facets?: readonly FacetField[];
  /** Most values a facet. */
  readonly facetLimit?: number;
}

/** What is no part of the question. */
export interface AskOptions {
  /** Ends the work of the model on texts that nobody waits for any more; what was asked rejects with INTERRUPTED. */
  readonly signal?: AbortSignal;
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
