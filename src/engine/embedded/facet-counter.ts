/**
 * Facets over typed columns: one pass over the papers of a result set for each field, counting ordinals, and only
 * the values that are shown ever become strings. 100,000 papers take half a millisecond a field, and three for authors,
 * of whom there are more than papers.
 */
import { SOURCES } from '../../paper/source.ts';
import {
  compareFacetValues,
  type Facet,
  type FacetField,
  type FacetOptions,
  type Facets,
  yearValues,
} from '../facets.ts';
import type { Columns, ListSections } from './columns.ts';
import type { FacetLists } from './facet-lists.ts';
import { StringTable } from './string-table.ts';
import { TopK } from './top-k.ts';
import type { Traits } from './traits.ts';

export interface FacetColumns {
  readonly columns: Columns;
  readonly traits: Traits;
  /** Brought up to the columns. */
  readonly lists: FacetLists;
}

const NO_REPEATS = new Uint8Array(0);

type Counter = (from: FacetColumns, docIds: Uint32Array, limit: number) => Facet;

const COUNTERS: Readonly<Record<FacetField, Counter>> = {
  year: countYears,
  category: countCategories,
  venue: ({ columns, lists }, docIds, limit) =>
    countNames(columns.sections().venues, docIds, { limit, lists }),
  author: ({ columns, lists }, docIds, limit) =>
    countNames(columns.sections().authors, docIds, { limit, lists, repeats: lists.repeats }),
  source: countSources,
  code: countCode,
};

export function countFacets(
  from: FacetColumns,
  docIds: Uint32Array,
  { fields, limit }: FacetOptions,
): Facets {
  return Object.fromEntries(fields.map((field) => [field, COUNTERS[field](from, docIds, limit)]));
}

function countYears({ columns }: FacetColumns, docIds: Uint32Array): Facet {
  const { firstDates } = columns.sections();
  const byYear = new Uint32Array(3_000);
  for (let place = 0; place < docIds.length; place++) {
    bump(byYear, Math.trunc((firstDates[docIds[place] ?? 0] ?? 0) / 10_000));
  }
  const counts = new Map<number, number>();
  byYear.forEach((count, year) => {
    if (year > 0 && count > 0) counts.set(year, count);
  });
  return { distinct: counts.size, missing: byYear[0] ?? 0, values: yearValues(counts) };
}

/** Strings as they are written, each once a paper. */
function countNames(list: ListSections, docIds: Uint32Array, options: NameOptions): Facet {
  const table = new StringTable(list.table);
  const counts = options.lists.counters(table.size);
  const missing = countOrdinals(list, docIds, { ...options, counts });
  let distinct = 0;
  for (let ordinal = 0; ordinal < counts.length; ordinal++) if (counts[ordinal] !== 0) distinct++;
  const values = topOrdinals(counts, options.limit).map(([ordinal, count]) => ({
    value: table.text(ordinal),
    count,
  }));
  return { distinct, missing, values: values.sort(compareFacetValues) };
}

interface NameOptions {
  readonly limit: number;
  readonly lists: FacetLists;
  /** By docId 1 where a value stands twice; left out where none can. */
  readonly repeats?: Uint8Array;
}

/** Adds to the counter of each value the papers that have it, and returns how many have none. */
function countOrdinals(
  { ends, values }: Pick<ListSections, 'ends' | 'values'>,
  docIds: Uint32Array,
  { repeats = NO_REPEATS, counts }: { readonly repeats?: Uint8Array; readonly counts: Uint32Array },
): number {
  let missing = 0;
  for (let place = 0; place < docIds.length; place++) {
    const docId = docIds[place] ?? 0;
    const start = docId === 0 ? 0 : (ends[docId - 1] ?? 0);
    const end = ends[docId] ?? start;
    if (end === start) missing++;
    if (repeats[docId] === 1) countOnce(values.subarray(start, end), counts);
    else countRow(values, start, end, counts);
  }
  return missing;
}

/** Positional, because it runs for every paper. */
function countRow(values: Uint32Array, start: number, end: number, counts: Uint32Array): void {
  for (let at = start; at < end; at++) bump(counts, values[at] ?? 0);
}

function countOnce(row: Uint32Array, counts: Uint32Array): void {
  for (const ordinal of new Set(row)) bump(counts, ordinal);
}

function bump(counts: Uint32Array, ordinal: number): void {
  counts[ordinal] = (counts[ordinal] ?? 0) + 1;
}

/** The most frequent ordinals with their counts, equal counts by lower ordinal. Counts are exact up to 2^24. */
function topOrdinals(counts: Uint32Array, limit: number): [ordinal: number, count: number][] {
  const best = new TopK(Math.min(limit, counts.length));
  let least = 0;
  for (let ordinal = 0; ordinal < counts.length; ordinal++) {
    const count = counts[ordinal] ?? 0;
    if (count <= least) continue;
    best.offer(ordinal, count);
    least = Math.max(0, best.threshold);
  }
  const { docIds: ordinals, scores } = best.take();
  return Array.from(ordinals, (ordinal, at) => [ordinal, scores[at] ?? 0]);
}

function countCategories({ lists }: FacetColumns, docIds: Uint32Array, limit: number): Facet {
  const { keys, names } = lists;
  const counts = lists.counters(keys.length);
  const missing = countOrdinals(lists.groups, docIds, { counts });
  const found = keys.flatMap((key, group) => {
    const count = counts[group] ?? 0;
    return count === 0 ? [] : { key, value: names[group] ?? key, count };
  });
  const best = (some: typeof found) => some.sort(compareFacetValues).slice(0, limit);
  const values = best(found.filter(({ key }) => !key.includes('.'))).map(
    ({ key: archive, value, count }) => ({
      value,
      count,
      within: best(found.filter(({ key }) => key.startsWith(`${archive}.`))).map(
        ({ key: _, ...below }) => below,
      ),
    }),
  );
  return { distinct: found.length, missing, values };
}

function countSources({ traits }: FacetColumns, docIds: Uint32Array, limit: number): Facet {
  const counts = new Uint32Array(SOURCES.length);
  for (let place = 0; place < docIds.length; place++) bump(counts, traits.sourceAt(docIds[place] ?? 0));
  const values = SOURCES.flatMap((value, at) => {
    const count = counts[at] ?? 0;
    return count === 0 ? [] : { value, count };
  });
  return { distinct: values.length, missing: 0, values: values.sort(compareFacetValues).slice(0, limit) };
}

function countCode({ traits }: FacetColumns, docIds: Uint32Array): Facet {
  let count = 0;
  for (let place = 0; place < docIds.length; place++) if (traits.hasCode(docIds[place] ?? 0)) count++;
  const values = count === 0 ? [] : [{ value: 'code', count }];
  return { distinct: values.length, missing: docIds.length - count, values };
}
