/**
 * What may be asked, in the words of the HTTP API: the names and limits are those of docs/api.md. The library takes the
 * same, so that a program can change from one to the other.
 */
import type { FacetField } from '../engine/facets.ts';
import type { PaperPart } from '../engine/filter.ts';
import type { Source } from '../paper/source.ts';
import type { Mode, PassageChoice, Sort } from '../search/request.ts';

/** Which papers are meant at all. */
export interface PaperFilter {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, both ends included. */
  readonly from?: string;
  readonly to?: string;
  /** `cs.CL`, or `cs` for all of `cs.*`; any one of them. */
  readonly category?: readonly string[];
  /** Part of a name, or the whole name in double quotes; any one of them. */
  readonly author?: readonly string[];
  /** As `author`. */
  readonly venue?: readonly string[];
  /** All of them. */
  readonly has?: readonly PaperPart[];
  /** Any one of them. */
  readonly source?: readonly Source[];
}

export interface Narrowing extends PaperFilter {
  readonly mode?: Mode;
  /** Hits of one answer, 1 to 100. */
  readonly limit?: number;
  /** Hits to pass over first; not together with a cursor. */
  readonly offset?: number;
  /** 0 to 1. */
  readonly diversity?: number;
  readonly passage?: PassageChoice;
  readonly explain?: boolean;
  readonly sort?: Sort;
  /** `next` of the answer before, to the same question. */
  readonly cursor?: string;
  readonly fold?: boolean;
  readonly facets?: readonly FacetField[];
  readonly facetLimit?: number;
}

export interface SearchInput extends Narrowing {
  /** The question, in plain words or in the query language. */
  readonly q: string;
}

/** A paper by any of its names, or a text. */
export type Example = string | { readonly text: string };

/** At least one text or positive. A plain string in `positive` or `negative` is always a paper. */
export interface RelatedInput extends Narrowing {
  readonly text?: string | readonly string[];
  readonly positive?: readonly Example[];
  readonly negative?: readonly Example[];
}

export interface SuggestInput {
  /** The beginning of a title, a name or a category. */
  readonly q: string;
  /** 1 to 10. */
  readonly limit?: number;
}

export interface FacetsInput extends PaperFilter {
  /** All papers that pass the filters, where there is none. */
  readonly q?: string;
  readonly mode?: Mode;
  /** All of them unless given. */
  readonly facets?: readonly FacetField[];
  readonly facetLimit?: number;
}
