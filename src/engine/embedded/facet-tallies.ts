/**
 * What a facet counts, field by field, as numbers: each field gives its values places, and adds papers to the counters
 * at those places or takes them away again. Place 0 is for papers that have no value. Plain loops over typed columns.
 */
import { SOURCES } from '../../paper/source.ts';
import type { FacetField } from '../facets.ts';
import type { Columns, ListSections } from './columns.ts';
import type { FacetLists } from './facet-lists.ts';
import type { Traits } from './traits.ts';

export interface FacetColumns {
  readonly columns: Columns;
  readonly traits: Traits;
  /** Brought up to the columns. */
  readonly lists: FacetLists;
}

export interface Tally {
  /** How many places there are. */
  size(from: FacetColumns): number;
  /** Adds `step` for each of the papers at the places of its values, each value once a paper. */
  add(from: FacetColumns, docIds: Uint32Array, into: Tallied): void;
}

export interface Tallied {
  readonly counters: Uint32Array;
  /** 1 to count, -1 to take back. */
  readonly step: 1 | -1;
}

const YEAR_PLACES = 3_000;
/** Dates are numbers of the form YYYYMMDD. */
const DATES_A_YEAR = 10_000;
const NO_REPEATS = new Uint8Array(0);

export const TALLIES: Readonly<Record<FacetField, Tally>> = {
  year: { size: () => YEAR_PLACES, add: addYears },
  category: {
    size: ({ lists }) => lists.keys.length + 1,
    add: ({ lists }, docIds, into) => addRows(lists.groups, docIds, into),
  },
  venue: {
    size: ({ columns }) => columns.venues.table.size + 1,
    add: ({ columns }, docIds, into) => addRows(columns.sections().venues, docIds, into),
  },
  author: {
    size: ({ columns }) => columns.authors.table.size + 1,
    add: ({ columns, lists }, docIds, into) =>
      addRows(columns.sections().authors, docIds, { ...into, repeats: lists.repeats }),
  },
  source: {
    size: () => SOURCES.length + 1,
    add: ({ traits }, docIds, into) => addOnes((docId) => traits.sourceAt(docId) + 1, docIds, into),
  },
  code: {
    size: () => 2,
    add: ({ traits }, docIds, into) => addOnes((docId) => (traits.hasCode(docId) ? 1 : 0), docIds, into),
  },
};

function addYears({ columns }: FacetColumns, docIds: Uint32Array, { counters, step }: Tallied): void {
  const { firstDates } = columns.sections();
  for (let place = 0; place < docIds.length; place++) {
    bump(counters, ((firstDates[docIds[place] ?? 0] ?? 0) / DATES_A_YEAR) | 0, step);
  }
}

function addOnes(placeOf: (docId: number) => number, docIds: Uint32Array, { counters, step }: Tallied): void {
  for (let place = 0; place < docIds.length; place++) bump(counters, placeOf(docIds[place] ?? 0), step);
}

/** `repeats` by docId 1 where a value stands twice; left out where none can. */
function addRows(
  { ends, values }: Pick<ListSections, 'ends' | 'values'>,
  docIds: Uint32Array,
  { counters, step, repeats = NO_REPEATS }: Tallied & { readonly repeats?: Uint8Array },
): void {
  for (let place = 0; place < docIds.length; place++) {
    const docId = docIds[place] ?? 0;
    const start = docId === 0 ? 0 : (ends[docId - 1] ?? 0);
    const end = ends[docId] ?? start;
    if (end === start) bump(counters, 0, step);
    if (repeats[docId] === 1) addOnce(values.subarray(start, end), { counters, step });
    else for (let at = start; at < end; at++) bump(counters, (values[at] ?? 0) + 1, step);
  }
}

function addOnce(row: Uint32Array, { counters, step }: Tallied): void {
  for (const ordinal of new Set(row)) bump(counters, ordinal + 1, step);
}

function bump(counters: Uint32Array, place: number, step: number): void {
  counters[place] = (counters[place] ?? 0) + step;
}
