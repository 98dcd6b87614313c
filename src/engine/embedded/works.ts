/**
 * Which papers are one work. Each paper leaves a few keys (`workKeys`) as 32-bit hashes; who meets another under a
 * key is compared with it once, when it comes in, and what is found true is kept as a link. Links are all that a
 * question needs, and one paper in a hundred has any.
 */
import type { Paper } from '../../paper/paper.ts';
import { sameWork, workKeys } from '../../paper/same-work.ts';
import { hash32 } from '../../text/hash32.ts';
import type { DocId } from '../ranking.ts';
import { grown } from './grow.ts';

export interface WorkSections {
  /** keyEnds[docId] is where the paper's keys end; they begin where those of docId - 1 end. */
  readonly keyEnds: Uint32Array;
  readonly keys: Uint32Array;
  /** Two docIds a link. */
  readonly links: Uint32Array;
}

/** A stored paper, undefined where it went. */
export type PaperReader = (docId: DocId) => Paper | undefined;

/** A key that so many papers share tells nothing of any of them, and comparing them all would take ever longer. */
const MOST_HOLDERS = 64;

export class Works {
  #keyEnds: Uint32Array;
  #keys: Uint32Array;
  #length: number;
  readonly #links = new Map<DocId, DocId[]>();
  /** Who holds a key. Made when the first paper is added: a reader of a finished index never needs it. */
  #holders: Map<number, DocId | DocId[]> | undefined;

  constructor(sections?: WorkSections) {
    this.#keyEnds = sections?.keyEnds ?? new Uint32Array(0);
    this.#keys = sections?.keys ?? new Uint32Array(0);
    this.#length = this.#keyEnds.length;
    const links = sections?.links ?? new Uint32Array(0);
    for (let at = 0; at + 1 < links.length; at += 2) this.#link(links[at] ?? 0, links[at + 1] ?? 0);
  }

  /** `docId` must be above all before it. `read` gives papers that are still there. */
  add(docId: DocId, paper: Paper, read: PaperReader): void {
    const keys = [...new Set(workKeys(paper).map(hash32))];
    for (const other of this.#holdersOf(keys)) {
      const held = read(other);
      if (held && sameWork(paper, held)) this.#link(docId, other);
    }
    this.#append(docId, keys);
  }

  /** The others of the work, however many links away, ascending. `isLive` is asked for each. */
  othersOf(docId: DocId, isLive: (docId: DocId) => boolean): DocId[] {
    if (!this.#links.has(docId)) return [];
    const found = new Set([docId]);
    for (const at of found) {
      for (const next of this.#links.get(at) ?? []) if (isLive(next)) found.add(next);
    }
    found.delete(docId);
    return [...found].sort((a, b) => a - b);
  }

  /** Leaves no long work to the first paper that is added. */
  prepareToGrow(): void {
    this.#table();
  }

  /** Without the links of papers that are not live. */
  sections(length: number, isLive: (docId: DocId) => boolean): WorkSections {
    const last = this.#length === 0 ? 0 : (this.#keyEnds[this.#length - 1] ?? 0);
    const keyEnds = grown(this.#keyEnds, length);
    keyEnds.fill(last, this.#length, length);
    const links = [...this.#links].flatMap(([docId, others]) =>
      others
        .filter((other) => docId < other && isLive(docId) && isLive(other))
        .flatMap((other) => [docId, other]),
    );
    return {
      keyEnds: keyEnds.subarray(0, length),
      keys: this.#keys.subarray(0, last),
      links: Uint32Array.from(links),
    };
  }

  #holdersOf(keys: readonly number[]): Set<DocId> {
    const table = this.#table();
    return new Set(
      keys.flatMap((key) => {
        const held = table.get(key) ?? [];
        const holders = typeof held === 'number' ? [held] : held;
        return holders.length > MOST_HOLDERS ? [] : holders;
      }),
    );
  }

  #append(docId: DocId, keys: readonly number[]): void {
    this.#keyEnds = grown(this.#keyEnds, docId + 1);
    const start = this.#length === 0 ? 0 : (this.#keyEnds[this.#length - 1] ?? 0);
    // docIds that were never stored have no keys.
    this.#keyEnds.fill(start, this.#length, docId + 1);
    this.#keys = grown(this.#keys, start + keys.length);
    this.#keys.set(keys, start);
    this.#keyEnds[docId] = start + keys.length;
    this.#length = docId + 1;
    for (const key of keys) hold(this.#table(), key, docId);
  }

  #table(): Map<number, DocId | DocId[]> {
    if (this.#holders) return this.#holders;
    const table = new Map<number, DocId | DocId[]>();
    let at = 0;
    for (let docId = 0; docId < this.#length; docId++) {
      for (const end = this.#keyEnds[docId] ?? 0; at < end; at++) hold(table, this.#keys[at] ?? 0, docId);
    }
    this.#holders = table;
    return table;
  }

  #link(a: DocId, b: DocId): void {
    this.#links.set(a, [...(this.#links.get(a) ?? []), b]);
    this.#links.set(b, [...(this.#links.get(b) ?? []), a]);
  }
}

/** Most keys have one holder, and a list for each would take three times the memory. */
function hold(table: Map<number, DocId | DocId[]>, key: number, docId: DocId): void {
  const held = table.get(key);
  if (held === undefined) table.set(key, docId);
  else if (typeof held === 'number') table.set(key, [held, docId]);
  else if (held.length <= MOST_HOLDERS) held.push(docId);
}
