/**
 * For each term the papers that hold it, and how often: about 1.7 bytes a posting.
 *
 * A posting is the gap to the docId before, shifted left by one, in 7-bit groups, low group first; the lowest bit
 * says that the term occurs once, otherwise one byte with the frequency follows. docIds only ever grow, so adding
 * is appending. What came from a snapshot (`base`) is never touched; what came since grows in lists of its own,
 * and `compacted` joins the two, leaving out papers that are gone.
 */
import type { DocId } from '../ranking.ts';
import { grown } from './grow.ts';

export interface PostingSections {
  /** starts[t] to starts[t + 1] are the bytes of term t; one entry more than there are terms. */
  readonly starts: Uint32Array;
  readonly frequencies: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Called with the encoded bytes of one run of postings, which counts its gaps from docId 0. */
export type RunVisitor = (bytes: Uint8Array, start: number, end: number) => void;

interface FreshList {
  bytes: Uint8Array;
  length: number;
  count: number;
  last: DocId;
}

const NO_SECTIONS: PostingSections = {
  starts: new Uint32Array(1),
  frequencies: new Uint32Array(0),
  bytes: new Uint8Array(0),
};

export class PostingLists {
  readonly #base: PostingSections;
  readonly #fresh = new Map<number, FreshList>();

  constructor(base: PostingSections = NO_SECTIONS) {
    this.#base = base;
  }

  /** `docId` must be above every docId given for this term before; `frequency` is 1 to 255. */
  append(term: number, docId: DocId, frequency: number): void {
    let list = this.#fresh.get(term);
    if (!list) {
      list = { bytes: new Uint8Array(8), length: 0, count: 0, last: 0 };
      this.#fresh.set(term, list);
    }
    list.bytes = grown(list.bytes, list.length + 6);
    list.length = encodePosting(list.bytes, list.length, { gap: docId - list.last, frequency });
    list.last = docId;
    list.count++;
  }

  /** Papers that hold the term, those that are gone since the last compaction included. */
  documentFrequency(term: number): number {
    return (this.#base.frequencies[term] ?? 0) + (this.#fresh.get(term)?.count ?? 0);
  }

  /** The one or two runs of a term's postings, lower docIds first. */
  visitRuns(term: number, visit: RunVisitor): void {
    const start = this.#base.starts[term] ?? 0;
    const end = this.#base.starts[term + 1] ?? start;
    if (end > start) visit(this.#base.bytes, start, end);
    const fresh = this.#fresh.get(term);
    if (fresh) visit(fresh.bytes, 0, fresh.length);
  }

  /** All postings of papers that `isLive`, as the sections of a snapshot for `terms` terms. */
  compacted(terms: number, isLive: (docId: DocId) => boolean): PostingSections {
    const starts = new Uint32Array(terms + 1);
    const frequencies = new Uint32Array(terms);
    let bytes = new Uint8Array(this.#base.bytes.length + 1024);
    let length = 0;
    for (let term = 0; term < terms; term++) {
      let last = 0;
      this.visitRuns(term, (run, start, end) => {
        bytes = grown(bytes, length + (end - start) + 8);
        decodeRun(run, start, end, (docId, frequency) => {
          if (!isLive(docId)) return;
          length = encodePosting(bytes, length, { gap: docId - last, frequency });
          last = docId;
          frequencies[term] = (frequencies[term] ?? 0) + 1;
        });
      });
      starts[term + 1] = length;
    }
    return { starts, frequencies, bytes: bytes.slice(0, length) };
  }
}

/** Calls `visit` for every posting of a run, in ascending order of docId. */
export function decodeRun(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: (docId: DocId, frequency: number) => void,
): void {
  let docId = 0;
  let at = start;
  while (at < end) {
    let byte = bytes[at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
    }
    docId += value >>> 1;
    visit(docId, value & 1 ? 1 : (bytes[at++] ?? 0));
  }
}

/** Writes one posting at `at` and returns where the next begins. Takes at most 6 bytes. */
function encodePosting(
  bytes: Uint8Array,
  at: number,
  { gap, frequency }: { gap: number; frequency: number },
): number {
  let position = at;
  let rest = gap * 2 + (frequency === 1 ? 1 : 0);
  while (rest >= 0x80) {
    bytes[position++] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 128);
  }
  bytes[position++] = rest;
  if (frequency !== 1) bytes[position++] = frequency;
  return position;
}
