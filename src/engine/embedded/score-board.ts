/**
 * Where the lexical scores of one question add up: a float by docId in the kernel's memory, cleared for each
 * question. Postings are copied in as they are needed, which takes a twentieth of the time of adding them up, so
 * that the memory holds 9 bytes a paper and no postings.
 */
import type { DocId, Ranking } from '../ranking.ts';
import { createKernel, reserveBytes } from './kernel.ts';
import { TopK } from './top-k.ts';

/**
 * docIds a call of the kernel walks. The threshold rises between calls, so the first ones are short: what is kept
 * from a few hundred papers already refuses most of the rest.
 */
const FIRST_STRIDE = 256;
const LONGEST_STRIDE = 4_096;
const FOUND_AT = 0;
const SCORES_AT = 4 * LONGEST_STRIDE;
/** The kernel takes docIds four at a time. */
const ALIGNMENT = 4;

export class ScoreBoard {
  readonly #kernel = createKernel(SCORES_AT);
  /** Room for docIds below this, a multiple of four. */
  #size = 0;
  /** The mask that lies in the kernel's memory. */
  #allowed: Uint8Array | undefined;

  /** Sets the norm of each docId to `byLength` at its length, and thereby the number of docIds. */
  setNorms(lengths: Uint16Array, byLength: Float32Array): void {
    this.#resize(lengths.length);
    const norms = new Float32Array(this.#kernel.memory.buffer, this.#normsAt, lengths.length);
    for (let docId = 0; docId < lengths.length; docId++) norms[docId] = byLength[lengths[docId] ?? 0] ?? 1;
  }

  clear(): void {
    new Float32Array(this.#kernel.memory.buffer, SCORES_AT, this.#size).fill(0);
  }

  /** Adds a run of encoded postings: factor * tf / (tf + norm) for each. */
  add(postings: Uint8Array, factor: number): void {
    // The kernel looks one byte beyond the last posting, and makes nothing of it.
    reserveBytes(this.#kernel, this.#runAt + postings.length + 1);
    const { memory, addPostings } = this.#kernel;
    new Uint8Array(memory.buffer, this.#runAt, postings.length).set(postings);
    addPostings(this.#runAt, this.#runAt + postings.length, factor, SCORES_AT, this.#normsAt);
  }

  /** The scores of some papers, 0 for those that are not allowed. */
  scores(docIds: readonly DocId[], allowed: Uint8Array): Float32Array {
    const scores = new Float32Array(this.#kernel.memory.buffer, SCORES_AT, this.#size);
    return Float32Array.from(docIds, (docId) => (allowed[docId] === 1 ? (scores[docId] ?? 0) : 0));
  }

  /**
   * The best `limit` of the allowed docIds (1 in `allowed`), and how many of those score at all. A mask must not
   * change while it is in use: another set of papers is another array. `weightOf` is at most 1, so that what is
   * below the threshold without it is so with it.
   */
  best(
    allowed: Uint8Array,
    limit: number,
    weightOf: (docId: DocId) => number = () => 1,
  ): Ranking & { readonly total: number } {
    const { memory, collect } = this.#kernel;
    this.#setAllowed(allowed);
    const scores = new Float32Array(memory.buffer, SCORES_AT, this.#size);
    const best = new TopK(Math.min(limit, allowed.length));
    let total = 0;
    let stride = FIRST_STRIDE;
    for (let from = 0, to = 0; from < this.#size; from = to) {
      const threshold = Math.max(0, best.threshold);
      to = Math.min(from + stride, this.#size);
      stride = Math.min(2 * stride, LONGEST_STRIDE);
      const [found, matched] = collect(from, to, threshold, SCORES_AT, this.#allowedAt, FOUND_AT);
      for (const docId of new Uint32Array(memory.buffer, FOUND_AT, found))
        best.offer(docId, (scores[docId] ?? 0) * weightOf(docId));
      total += matched;
    }
    return { ...best.take(), total };
  }

  /** Every allowed docId that scores, ascending. */
  members(allowed: Uint8Array): Uint32Array {
    const { memory, collect } = this.#kernel;
    this.#setAllowed(allowed);
    const members = new Uint32Array(this.#size);
    let length = 0;
    for (let from = 0; from < this.#size; from += LONGEST_STRIDE) {
      const to = Math.min(from + LONGEST_STRIDE, this.#size);
      const [found] = collect(from, to, 0, SCORES_AT, this.#allowedAt, FOUND_AT);
      members.set(new Uint32Array(memory.buffer, FOUND_AT, found), length);
      length += found;
    }
    return members.subarray(0, length);
  }

  get #normsAt(): number {
    return SCORES_AT + 4 * this.#size;
  }

  get #allowedAt(): number {
    return SCORES_AT + 8 * this.#size;
  }

  get #runAt(): number {
    return SCORES_AT + 9 * this.#size;
  }

  /** Most questions come with the mask of the one before. */
  #setAllowed(allowed: Uint8Array): void {
    if (allowed === this.#allowed) return;
    const mask = new Uint8Array(this.#kernel.memory.buffer, this.#allowedAt, this.#size);
    mask.fill(0);
    mask.set(allowed.subarray(0, this.#size));
    this.#allowed = allowed;
  }

  #resize(length: number): void {
    this.#allowed = undefined;
    this.#size = Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    reserveBytes(this.#kernel, this.#runAt);
  }
}
