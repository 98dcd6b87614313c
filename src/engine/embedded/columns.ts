/**
 * What filters look at, in typed arrays by docId: dates as integers, categories, authors and venue as ordinals
 * into string tables. A list column holds the values of all papers end to end.
 */
import type { Paper } from '../../paper/paper.ts';
import { dateRange, dayNumber } from '../../paper/partial-date.ts';
import { hasPart, PAPER_PARTS, type PaperPart } from '../filter.ts';
import type { DocId } from '../ranking.ts';
import { grown } from './grow.ts';
import { StringTable, type StringTableSections } from './string-table.ts';

export interface ListSections {
  readonly table: StringTableSections;
  /** ends[docId] is where the paper's values end; they begin where those of docId - 1 end. */
  readonly ends: Uint32Array;
  readonly values: Uint32Array;
}

export interface ColumnSections {
  readonly live: Uint8Array;
  readonly firstDates: Int32Array;
  readonly lastDates: Int32Array;
  /** By docId one bit for each of PAPER_PARTS that the paper has; undefined in snapshots from before there were any. */
  readonly parts: Uint8Array | undefined;
  readonly categories: ListSections;
  readonly authors: ListSections;
  readonly venues: ListSections;
}

/** More docIds than an index can have, and few enough to stand below a date in a double. */
const DOC_IDS = 2 ** 28;
const UNKNOWN = 0;
const PASSES = 1;
const FAILS = 2;

/** Several strings a paper, as ordinals. */
export class ListColumn {
  readonly table: StringTable;
  #ends: Uint32Array;
  #values: Uint32Array;
  #length: number;

  constructor(sections?: ListSections) {
    this.table = new StringTable(sections?.table);
    this.#ends = sections?.ends ?? new Uint32Array(0);
    this.#values = sections?.values ?? new Uint32Array(0);
    this.#length = this.#ends.length;
  }

  set(docId: DocId, strings: readonly string[]): void {
    this.#ends = grown(this.#ends, docId + 1);
    const start = this.#length === 0 ? 0 : (this.#ends[this.#length - 1] ?? 0);
    // docIds that were never stored have no values.
    this.#ends.fill(start, this.#length, docId + 1);
    this.#values = grown(this.#values, start + strings.length);
    let at = start;
    for (const text of strings) this.#values[at++] = this.table.intern(text);
    this.#ends[docId] = at;
    this.#length = docId + 1;
  }

  /**
   * Sets `into[docId]` to 1 for every paper with a value whose string passes. Each distinct string is asked at
   * most once, and only papers that are 1 in `among` are looked at.
   */
  markWhere(accepts: (text: string) => boolean, into: Uint8Array, among: Uint8Array): void {
    const verdicts = new Uint8Array(this.table.size);
    const passes = (ordinal: number) => {
      if (verdicts[ordinal] === UNKNOWN)
        verdicts[ordinal] = accepts(this.table.text(ordinal)) ? PASSES : FAILS;
      return verdicts[ordinal] === PASSES;
    };
    for (let docId = 0; docId < this.#length; docId++) {
      if (among[docId] === 1 && this.#valuesOf(docId).some(passes)) into[docId] = 1;
    }
  }

  #valuesOf(docId: DocId): Uint32Array {
    return this.#values.subarray(docId === 0 ? 0 : this.#ends[docId - 1], this.#ends[docId]);
  }

  sections(length: number): ListSections {
    const last = this.#length === 0 ? 0 : (this.#ends[this.#length - 1] ?? 0);
    const ends = grown(this.#ends, length);
    ends.fill(last, this.#length, length);
    return {
      table: this.table.sections(),
      ends: ends.subarray(0, length),
      values: this.#values.subarray(0, last),
    };
  }
}

export class Columns {
  readonly categories: ListColumn;
  readonly authors: ListColumn;
  readonly venues: ListColumn;
  #live: Uint8Array;
  #firstDates: Int32Array;
  #lastDates: Int32Array;
  #parts: Uint8Array;
  #length: number;
  #liveCount = 0;
  /** False where a snapshot did not know what its papers have; `setParts` is to tell. */
  readonly knowsParts: boolean;

  constructor(sections?: ColumnSections) {
    this.categories = new ListColumn(sections?.categories);
    this.authors = new ListColumn(sections?.authors);
    this.venues = new ListColumn(sections?.venues);
    this.#live = sections?.live ?? new Uint8Array(0);
    this.#firstDates = sections?.firstDates ?? new Int32Array(0);
    this.#lastDates = sections?.lastDates ?? new Int32Array(0);
    this.#parts = sections?.parts ?? new Uint8Array(0);
    this.knowsParts = sections === undefined || sections.parts !== undefined;
    this.#length = this.#live.length;
    for (const live of this.#live) this.#liveCount += live;
  }

  /** One more than the highest docId ever set. */
  get length(): number {
    return this.#length;
  }

  /** Papers that were set and not removed. */
  get liveCount(): number {
    return this.#liveCount;
  }

  /** By docId 1 for papers that are there. Valid until the next change. */
  get live(): Uint8Array {
    return this.#live.subarray(0, this.#length);
  }

  /** Leaves no long work to the first paper that is added. */
  prepareToGrow(): void {
    for (const { table } of [this.categories, this.authors, this.venues]) table.prepareLookups();
  }

  isLive(docId: DocId): boolean {
    return this.#live[docId] === 1;
  }

  /** `docId` must be above all before it. */
  add(docId: DocId, paper: Paper): void {
    this.#live = grown(this.#live, docId + 1);
    this.#firstDates = grown(this.#firstDates, docId + 1);
    this.#lastDates = grown(this.#lastDates, docId + 1);
    const dates = paper.published === undefined ? { first: 0, last: 0 } : dateRange(paper.published);
    this.#firstDates[docId] = dates.first;
    this.#lastDates[docId] = dates.last;
    this.setParts(docId, paper);
    this.categories.set(docId, paper.categories);
    this.authors.set(docId, paper.authors);
    this.venues.set(docId, paper.venue === undefined ? [] : [paper.venue]);
    this.#live[docId] = 1;
    this.#liveCount++;
    this.#length = docId + 1;
  }

  remove(docId: DocId): void {
    if (!this.isLive(docId)) return;
    this.#live[docId] = 0;
    this.#liveCount--;
  }

  /** The first day the paper can be of, as `dayNumber` gives it; 0 without a date. */
  day(docId: DocId): number {
    return dayNumber(this.#firstDates[docId] ?? 0);
  }

  /** Keeps in `allowed` the papers that could be of a day in [first, last]; those without a date are dropped. */
  keepDates(first: number, last: number, allowed: Uint8Array): void {
    for (let docId = 0; docId < allowed.length; docId++) {
      const latest = this.#lastDates[docId] ?? 0;
      if (latest === 0 || latest < first || (this.#firstDates[docId] ?? 0) > last) allowed[docId] = 0;
    }
  }

  /** Keeps in `allowed` the papers that can be of no day outside [first, last]; those without a date are dropped. */
  keepWithin(first: number, last: number, allowed: Uint8Array): void {
    for (let docId = 0; docId < allowed.length; docId++) {
      const earliest = this.#firstDates[docId] ?? 0;
      if (earliest === 0 || earliest < first || (this.#lastDates[docId] ?? 0) > last) allowed[docId] = 0;
    }
  }

  /** How many of some papers are of each day, YYYYMMDD, as far as it is known to the day. */
  countDays(docIds: Uint32Array): Map<number, number> {
    const counts = new Map<number, number>();
    for (const docId of docIds) {
      const day = this.#firstDates[docId] ?? 0;
      if (day !== 0 && day === this.#lastDates[docId]) counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return counts;
  }

  /** For papers of a snapshot that did not know their parts. */
  setParts(docId: DocId, paper: Paper): void {
    this.#parts = grown(this.#parts, docId + 1);
    this.#parts[docId] = partBits(PAPER_PARTS.filter((part) => hasPart(paper, part)));
  }

  /** Keeps in `allowed` the papers that have all of the parts. */
  keepParts(parts: readonly PaperPart[], allowed: Uint8Array): void {
    const wanted = partBits(parts);
    for (let docId = 0; docId < allowed.length; docId++) {
      if (((this.#parts[docId] ?? 0) & wanted) !== wanted) allowed[docId] = 0;
    }
  }

  /** The newest `limit` of some docIds, the lower docId first on ties. */
  newest(docIds: Uint32Array, limit: number): Uint32Array {
    // Numbers sort natively: the date above, the docId below, counted down so that one order serves both.
    const keys = Float64Array.from(
      docIds,
      (docId) => (this.#firstDates[docId] ?? 0) * DOC_IDS + (DOC_IDS - 1 - docId),
    ).sort();
    const first = Math.max(0, keys.length - limit);
    return Uint32Array.from(keys.subarray(first).reverse(), (key) => DOC_IDS - 1 - (key % DOC_IDS));
  }

  sections(): ColumnSections & { readonly parts: Uint8Array } {
    return {
      live: this.live,
      firstDates: this.#firstDates.subarray(0, this.#length),
      lastDates: this.#lastDates.subarray(0, this.#length),
      parts: grown(this.#parts, this.#length).subarray(0, this.#length),
      categories: this.categories.sections(this.#length),
      authors: this.authors.sections(this.#length),
      venues: this.venues.sections(this.#length),
    };
  }
}

function partBits(parts: readonly PaperPart[]): number {
  return parts.reduce((bits, part) => bits | (1 << PAPER_PARTS.indexOf(part)), 0);
}
