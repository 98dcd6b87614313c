/** Facets and dates of an exact engine, straight from the papers. */
import type { Paper } from '../../paper/paper.ts';
import { dateRange, dayNumber } from '../../paper/partial-date.ts';
import { sourceOf } from '../../paper/source.ts';
import {
  categoryPrefixes,
  compareFacetValues,
  type Facet,
  type FacetField,
  type FacetOptions,
  type Facets,
  type FacetValue,
  yearValues,
} from '../facets.ts';

const VALUES: Readonly<Record<Exclude<FacetField, 'category'>, (paper: Paper) => readonly string[]>> = {
  year: ({ published }) => (published === undefined ? [] : [published.slice(0, 4)]),
  venue: ({ venue }) => (venue === undefined ? [] : [venue]),
  author: ({ authors }) => authors,
  source: (paper) => [sourceOf(paper)],
  code: ({ code }) => (code === undefined ? [] : ['code']),
};

export function exactFacets(papers: readonly Paper[], { fields, limit }: FacetOptions): Facets {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      field === 'category' ? categoryFacet(papers, limit) : plainFacet(papers, field, limit),
    ]),
  );
}

/** The first day a paper can be of; 0 without a date. */
export function dayOf({ published }: Pick<Paper, 'published'>): number {
  return published === undefined ? 0 : dayNumber(dateRange(published).first);
}

function plainFacet(papers: readonly Paper[], field: Exclude<FacetField, 'category'>, limit: number): Facet {
  const counts = countEach(papers, VALUES[field]);
  const values =
    field === 'year'
      ? yearValues(new Map([...counts].map(([year, count]) => [Number(year), count])))
      : top(counts, limit);
  return {
    distinct: counts.size,
    missing: papers.filter((paper) => VALUES[field](paper).length === 0).length,
    values,
  };
}

/** `a.b.c` counts for `a`, `a.b` and itself, as it does for their filters. */
function categoryFacet(papers: readonly Paper[], limit: number): Facet {
  const counts = countEach(papers, ({ categories }) => categories.flatMap(categoryPrefixes));
  const names = new Map(
    papers
      .flatMap(({ categories }) => categories.map((name) => [name.toLowerCase(), name] as const))
      .toReversed(),
  );
  const archives = new Map([...counts].filter(([key]) => !key.includes('.')));
  const within = (archive: string) =>
    top(
      new Map(
        [...counts].flatMap(([key, count]) => {
          const name = names.get(key) ?? key;
          return key.startsWith(`${archive}.`) ? [[name, count] as const] : [];
        }),
      ),
      limit,
    );
  return {
    distinct: counts.size,
    missing: papers.filter(({ categories }) => categories.length === 0).length,
    values: top(archives, limit).map(({ value, count }) => ({
      value: names.get(value) ?? value,
      count,
      within: within(value),
    })),
  };
}

/** For each value the number of papers that have it, however often they say so. */
function countEach(
  papers: readonly Paper[],
  valuesOf: (paper: Paper) => readonly string[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const paper of papers) {
    for (const value of new Set(valuesOf(paper))) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function top(counts: ReadonlyMap<string, number>, limit: number): FacetValue[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort(compareFacetValues)
    .slice(0, limit);
}
