/**
 * What counting wants to have ready: by paper the categories with everything above them, each once, and a mark on the
 * few papers that name an author twice. Then a facet is one plain pass. Derived from the columns, which only grow, so
 * it is brought up to them before each counting; 20 bytes a paper, and none where no facet is asked for.
 */
import { categoryPrefixes } from '../facets.ts';
import type { Columns, ListSections } from './columns.ts';
import { grown } from './grow.ts';
import { StringTable } from './string-table.ts';

type Rows = Pick<ListSections, 'ends' | 'values'>;

export class FacetLists {
  /** In lower case; groups are numbered by their place here. */
  readonly keys: string[] = [];
  /** The spelling of a category that was met first; undefined for what only stands above others. */
  readonly names: (string | undefined)[] = [];
  readonly #groups = new Map<string, number>();
  /** By ordinal of a category its groups, from the archive down to itself. */
  readonly #chains: number[][] = [];
  #groupEnds = new Uint32Array(0);
  #groupValues = new Uint32Array(0);
  #repeats = new Uint8Array(0);
  #counters = new Uint32Array(0);
  #length = 0;

  /** By paper the groups it counts for. */
  get groups(): Rows {
    return { ends: this.#groupEnds, values: this.#groupValues };
  }

  /** By docId 1 where an author is named twice. */
  get repeats(): Uint8Array {
    return this.#repeats;
  }

  /** `size` counters at 0, the same memory each time: a fresh megabyte for the authors costs as much as counting them. */
  counters(size: number): Uint32Array {
    this.#counters = grown(this.#counters, size);
    return this.#counters.subarray(0, size).fill(0);
  }

  extendTo(columns: Columns): void {
    if (this.#length === columns.length) return;
    const { categories, authors } = columns.sections();
    this.#addChains(new StringTable(categories.table));
    this.#groupEnds = grown(this.#groupEnds, columns.length);
    this.#repeats = grown(this.#repeats, columns.length);
    for (let docId = this.#length; docId < columns.length; docId++) {
      this.#addGroups(docId, rowOf(categories, docId));
      this.#repeats[docId] = hasRepeats(rowOf(authors, docId)) ? 1 : 0;
    }
    this.#length = columns.length;
  }

  #addChains(table: StringTable): void {
    for (let ordinal = this.#chains.length; ordinal < table.size; ordinal++) {
      const name = table.text(ordinal);
      const chain = categoryPrefixes(name).map((key) => this.#groupOf(key));
      this.#chains.push(chain);
      this.names[chain.at(-1) ?? 0] ??= name;
    }
  }

  #groupOf(key: string): number {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    this.#groups.set(key, this.keys.length);
    return this.keys.push(key) - 1;
  }

  #addGroups(docId: number, ordinals: Uint32Array): void {
    const start = docId === 0 ? 0 : (this.#groupEnds[docId - 1] ?? 0);
    let end = start;
    for (const ordinal of ordinals) {
      for (const group of this.#chains[ordinal] ?? []) {
        if (this.#groupValues.subarray(start, end).includes(group)) continue;
        this.#groupValues = grown(this.#groupValues, end + 1);
        this.#groupValues[end++] = group;
      }
    }
    this.#groupEnds[docId] = end;
  }
}

function rowOf({ ends, values }: Rows, docId: number): Uint32Array {
  return values.subarray(docId === 0 ? 0 : ends[docId - 1], ends[docId]);
}

function hasRepeats(row: Uint32Array): boolean {
  return row.length > 1 && new Set(row).size < row.length;
}
