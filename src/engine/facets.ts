/**
 * Facets: how many papers of a result set have each value of a field. Every count is the number of papers that the
 * matching filter would leave, so that choosing a value gives what it promised:
 *
 * | field | a value | as a filter |
 * |---|---|---|
 * | year | `2017`; every year from the first to the last, in that order | `from` and `to` of that year |
 * | category | an archive (`cs`), with its categories (`cs.CL`) `within` it | that category |
 * | venue, author | the whole name as it is written | that name in double quotes |
 * | source | `arxiv`, `acl`, `doi`, `other` | that source |
 * | code | `code` | `has` of it |
 */
export const FACET_FIELDS = ['year', 'category', 'venue', 'author', 'source', 'code'] as const;
export type FacetField = (typeof FACET_FIELDS)[number];

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  /** The categories of an archive; absent for every other field. */
  readonly within?: readonly FacetValue[];
}

export interface Facet {
  /** How many values there are, shown or not; archives and categories both. */
  readonly distinct: number;
  /** Papers that have no value. */
  readonly missing: number;
  /** The most frequent first, equal counts by value; years in their order, with those between that have none. */
  readonly values: readonly FacetValue[];
}

export type Facets = { readonly [Field in FacetField]?: Facet };

export interface FacetOptions {
  readonly fields: readonly FacetField[];
  /** Most values a field, and most categories within an archive; years are always all there. */
  readonly limit: number;
}

/** A category below an archive and all that stands between, in lower case: `a.b.c` -> `a`, `a.b`, `a.b.c`. */
export function categoryPrefixes(category: string): string[] {
  const parts = category.toLowerCase().split('.');
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'));
}

/** The order in which values are listed. */
export function compareFacetValues(a: FacetValue, b: FacetValue): number {
  return b.count - a.count || (a.value < b.value ? -1 : Number(a.value > b.value));
}

/** The histogram: every year from the first counted to the last, those without a paper as 0. */
export function yearValues(counts: ReadonlyMap<number, number>): FacetValue[] {
  const years = [...counts.keys()];
  const first = Math.min(...years);
  const length = years.length === 0 ? 0 : Math.max(...years) - first + 1;
  return Array.from({ length }, (_, at) => ({
    value: String(first + at),
    count: counts.get(first + at) ?? 0,
  }));
}
