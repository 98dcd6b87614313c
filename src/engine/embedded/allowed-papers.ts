/**
 * Which papers a filter lets through, as one byte a docId. Filters come again and again (the next page, the same
 * year), so the last few answers are kept until the papers change.
 */
import { LRUCache } from 'lru-cache';
import { dateRange } from '../../paper/partial-date.ts';
import { terms } from '../../text/analyze.ts';
import { nameTokens } from '../../text/names.ts';
import { type Filter, filterKey, matchesCategory, nameMatcher } from '../filter.ts';
import type { DocId } from '../ranking.ts';
import type { TextTest } from '../text-test.ts';
import type { Columns, ListColumn } from './columns.ts';
import type { LexicalIndex } from './lexical-index.ts';
import type { PaperStore } from './paper-store.ts';
import type { Traits } from './traits.ts';

export interface AllowedPapers {
  /** 1 by docId where the paper may be found. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** False when every live paper passes. */
  readonly isFiltered: boolean;
  /** The docIds that pass, ascending; made when first asked for. */
  docIds(): Uint32Array;
}

/** What a filter has to ask of papers.db. */
export type FilterSource = Pick<PaperStore, 'holders' | 'lookup' | 'arrivedSince'>;

const KEPT = 16;

export class AllowedPapersCache {
  readonly #columns: Columns;
  readonly #lexical: LexicalIndex;
  readonly #traits: Traits;
  readonly #kept = new LRUCache<string, AllowedPapers>({ max: KEPT });

  constructor({ columns, lexical, traits }: { columns: Columns; lexical: LexicalIndex; traits: Traits }) {
    this.#columns = columns;
    this.#lexical = lexical;
    this.#traits = traits;
  }

  /** Must be called after every change of the columns. */
  clear(): void {
    this.#kept.clear();
  }

  for(filter: Filter, source: FilterSource): AllowedPapers {
    const key = filterKey(filter);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const allowed = key === '' ? this.#everything() : this.#filtered(filter, source);
    this.#kept.set(key, allowed);
    return allowed;
  }

  #everything(): AllowedPapers {
    const mask = this.#columns.live;
    return { mask, count: this.#columns.liveCount, isFiltered: false, docIds: lazyDocIds(mask) };
  }

  #filtered(filter: Filter, source: FilterSource): AllowedPapers {
    const mask = this.#columns.live.slice();
    this.#narrow(mask, filter, source);
    let count = 0;
    for (const allowed of mask) count += allowed;
    return { mask, count, isFiltered: true, docIds: lazyDocIds(mask) };
  }

  /** Keeps in `mask` the papers that pass: first what is cheap, since the rest looks only at what is left. */
  #narrow(mask: Uint8Array, filter: Filter, source: FilterSource): void {
    const { from, to, categories, venues, authors, ids, has = [], texts = [], all = [], not = [] } = filter;
    if (filter.sources?.length) this.#traits.keepSources(filter.sources, mask);
    if (from || to) {
      const first = from ? dateRange(from).first : 0;
      const last = to ? dateRange(to).last : Number.MAX_SAFE_INTEGER;
      this.#columns.keepDates(first, last, mask);
    }
    if (filter.within) {
      const [first, last] = filter.within;
      this.#columns.keepWithin(dateRange(first).first, dateRange(last).last, mask);
    }
    if (filter.arrivedFrom) keepOnly(source.arrivedSince(filter.arrivedFrom), mask);
    if (has.length > 0) this.#columns.keepParts(has, mask);
    keepAny(this.#columns.categories, categories, mask, (wanted) => (text) => matchesCategory(text, wanted));
    keepAny(this.#columns.venues, venues, mask, nameMatcher);
    if (ids?.length)
      keepOnly(
        ids.flatMap((id) => docIdsNamed(id, source)),
        mask,
      );
    this.#keepAuthors(authors, mask);
    for (const test of texts) this.#keepHolders(test, mask, source);
    for (const other of all) this.#narrow(mask, other, source);
    for (const other of not) {
      const excluded = mask.slice();
      this.#narrow(excluded, other, source);
      subtract(mask, excluded);
    }
  }

  /** Words anywhere are what the posting lists hold; order, spelling and field are known to papers.db. */
  #keepHolders(test: TextTest, mask: Uint8Array, source: FilterSource): void {
    if (test.as !== 'words' || test.in !== undefined) {
      keepOnly(source.holders(test), mask);
      return;
    }
    const wanted = terms(test.text);
    if (wanted.length === 0) mask.fill(0);
    for (const term of new Set(wanted)) this.#keepTerm(term, mask);
  }

  #keepTerm(term: string, mask: Uint8Array): void {
    const holders = new Uint8Array(mask.length);
    this.#lexical.markHolders(term, holders);
    intersect(mask, holders);
  }

  /**
   * There are more authors than papers, so reading all their names takes half a second at 100,000 papers. The
   * posting lists say which papers hold the words of the name at all, and only their authors are read.
   */
  #keepAuthors(wanted: readonly string[] | undefined, mask: Uint8Array): void {
    if (wanted === undefined || wanted.length === 0) return;
    const marked = new Uint8Array(mask.length);
    for (const name of wanted)
      this.#columns.authors.markWhere(nameMatcher(name), marked, this.#mayHold(name, mask));
    intersect(mask, marked);
  }

  /** The papers of `mask` that hold every word of the name longer than an initial. */
  #mayHold(name: string, mask: Uint8Array): Uint8Array {
    const among = mask.slice();
    for (const word of nameTokens(name).filter((token) => token.length > 1)) {
      const [term, ...others] = terms(word);
      if (term === undefined || others.length > 0) continue;
      this.#keepTerm(term, among);
    }
    return among;
  }
}

/** Keeps in `mask` the papers that have, for at least one wanted value, a string in the column that matches it. */
function keepAny(
  column: ListColumn,
  wanted: readonly string[] | undefined,
  mask: Uint8Array,
  matcher: (wanted: string) => (text: string) => boolean,
): void {
  if (wanted === undefined || wanted.length === 0) return;
  const matchers = wanted.map(matcher);
  const marked = new Uint8Array(mask.length);
  column.markWhere((text) => matchers.some((matches) => matches(text)), marked, mask);
  intersect(mask, marked);
}

function intersect(mask: Uint8Array, other: Uint8Array): void {
  for (let docId = 0; docId < mask.length; docId++) if (other[docId] !== 1) mask[docId] = 0;
}

function subtract(mask: Uint8Array, other: Uint8Array): void {
  for (let docId = 0; docId < mask.length; docId++) if (other[docId] === 1) mask[docId] = 0;
}

/** Keeps in `mask` the docIds given. papers.db may be ahead of the mask, and name papers it does not know yet. */
function keepOnly(docIds: readonly DocId[], mask: Uint8Array): void {
  const marked = new Uint8Array(mask.length);
  for (const docId of docIds) marked[docId] = 1;
  intersect(mask, marked);
}

function docIdsNamed(id: string, source: FilterSource): DocId[] {
  const kinds = ['id', 'doi'] as const;
  return source.lookup(kinds.map((kind) => ({ kind, value: id }))).flat();
}

function lazyDocIds(mask: Uint8Array): () => Uint32Array {
  let docIds: Uint32Array | undefined;
  return () => {
    docIds ??= Uint32Array.from(setBits(mask));
    return docIds;
  };
}

function* setBits(mask: Uint8Array): Generator<number> {
  for (let docId = 0; docId < mask.length; docId++) if (mask[docId] === 1) yield docId;
}
