/**
 * Which papers a filter lets through, as one byte a docId. Filters come again and again (the next page, the same
 * year), so the last few answers are kept until the papers change.
 */
import { LRUCache } from 'lru-cache';
import { dateRange } from '../../paper/partial-date.ts';
import { terms } from '../../text/analyze.ts';
import { nameTokens } from '../../text/names.ts';
import { type Filter, isUnfiltered, matchesCategory, nameMatcher } from '../filter.ts';
import type { Columns, ListColumn } from './columns.ts';
import type { LexicalIndex } from './lexical-index.ts';

export interface AllowedPapers {
  /** 1 by docId where the paper may be found. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** False when every live paper passes. */
  readonly isFiltered: boolean;
  /** The docIds that pass, ascending; made when first asked for. */
  docIds(): Uint32Array;
}

const KEPT = 16;

export class AllowedPapersCache {
  readonly #columns: Columns;
  readonly #lexical: LexicalIndex;
  readonly #kept = new LRUCache<string, AllowedPapers>({ max: KEPT });

  constructor(columns: Columns, lexical: LexicalIndex) {
    this.#columns = columns;
    this.#lexical = lexical;
  }

  /** Must be called after every change of the columns. */
  clear(): void {
    this.#kept.clear();
  }

  for(filter: Filter): AllowedPapers {
    const key = isUnfiltered(filter) ? '' : JSON.stringify(filter, Object.keys(filter).sort());
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const allowed = key === '' ? this.#everything() : this.#filtered(filter);
    this.#kept.set(key, allowed);
    return allowed;
  }

  #everything(): AllowedPapers {
    const mask = this.#columns.live;
    return { mask, count: this.#columns.liveCount, isFiltered: false, docIds: lazyDocIds(mask) };
  }

  #filtered(filter: Filter): AllowedPapers {
    const mask = this.#columns.live.slice();
    if (filter.from || filter.to) {
      const first = filter.from ? dateRange(filter.from).first : 0;
      const last = filter.to ? dateRange(filter.to).last : Number.MAX_SAFE_INTEGER;
      this.#columns.keepDates(first, last, mask);
    }
    keepAny(
      this.#columns.categories,
      filter.categories,
      mask,
      (wanted) => (text) => matchesCategory(text, wanted),
    );
    keepAny(this.#columns.venues, filter.venues, mask, nameMatcher);
    this.#keepAuthors(filter.authors, mask);
    let count = 0;
    for (const allowed of mask) count += allowed;
    return { mask, count, isFiltered: true, docIds: lazyDocIds(mask) };
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
      const holders = new Uint8Array(mask.length);
      this.#lexical.markHolders(term, holders);
      intersect(among, holders);
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
