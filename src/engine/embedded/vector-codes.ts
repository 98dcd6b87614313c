/**
 * Every vector in one byte a component, and the exact scan over them.
 *
 * A selective filter leaves few papers, and walking a graph for them is slow, so they are all compared. Codes
 * are 384 bytes a paper where floats are 1,536, and the WebAssembly kernel compares 30 papers a microsecond.
 * Quantisation: a component c becomes round(127 c / max|c|), so that a similarity is off by at most about .001.
 */
import type { DocId, Ranking } from '../ranking.ts';
import { grown } from './grow.ts';
import { createKernel, type Kernel, reserveBytes } from './kernel.ts';
import { TopK } from './top-k.ts';

const QUERY_BYTES = 8_192;
const CHUNK = 16_384;
const IDS_AT = QUERY_BYTES;
const SUMS_AT = IDS_AT + 4 * CHUNK;
const CODES_AT = SUMS_AT + 4 * CHUNK;
const CODE_MAX = 127;
// 12 bits rather than 15 keep the sum of 4,096 components within int32.
const QUERY_MAX = 4_095;

export class VectorCodes {
  readonly dimensions: number;
  readonly #stride: number;
  readonly #kernel = createKernel(CODES_AT);
  /** What one unit of a code is worth; 0 for a paper without a vector. */
  #scales: Float32Array = new Float32Array(0);
  #length = 0;

  /** `dimensions` at most 4,096. */
  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#stride = Math.ceil(dimensions / 16) * 16;
  }

  has(docId: DocId): boolean {
    return (this.#scales[docId] ?? 0) !== 0;
  }

  set(docId: DocId, vector: Float32Array): void {
    this.#reserve(docId + 1);
    const codes = new Int8Array(this.#kernel.memory.buffer, CODES_AT + docId * this.#stride, this.dimensions);
    this.#scales[docId] = quantise(vector, codes, CODE_MAX);
  }

  /** Makes ready to compare one question with papers. It holds until the next question or change of the codes. */
  ask(vector: Float32Array): CodedQuestion {
    const coded = new Int16Array(this.#kernel.memory.buffer, 0, this.dimensions);
    const queryScale = quantise(vector, coded, QUERY_MAX);
    return new CodedQuestion(this.#kernel, { stride: this.#stride, scales: this.#scales, queryScale });
  }

  /** The `limit` nearest of the given papers that have a vector; similarities are cosines, off by at most .001. */
  nearest(vector: Float32Array, docIds: Uint32Array, limit: number): Ranking {
    const best = new TopK(Math.min(limit, docIds.length));
    const question = this.ask(vector);
    for (let start = 0; start < docIds.length; start += CHUNK) {
      const chunk = docIds.subarray(start, start + CHUNK);
      question.docIds.set(this.#within(chunk));
      question.compare(chunk.length);
      this.#offerAll(chunk, question, best);
    }
    return best.take();
  }

  /** Cosines of all pairs, row by row, off by at most .002; 0 where one of the two has no vector. At most 16,384. */
  similarities(docIds: readonly DocId[]): Float32Array {
    const count = docIds.length;
    const matrix = new Float32Array(count * count);
    const known = docIds.map((docId) => (this.has(docId) ? docId : 0));
    const scales = docIds.map((docId) => this.#scales[docId] ?? 0);
    const { buffer } = this.#kernel.memory;
    new Uint32Array(buffer, IDS_AT, count).set(known);
    const query = new Int16Array(buffer, 0, this.#stride);
    const codes = new Int8Array(buffer, CODES_AT);
    const sums = new Int32Array(buffer, SUMS_AT, count);
    for (const [row, scale] of scales.entries()) {
      if (scale === 0) continue;
      const start = (known[row] ?? 0) * this.#stride;
      query.set(codes.subarray(start, start + this.#stride));
      // Pairs before the diagonal are known from the other side.
      this.#kernel.dotMany(0, CODES_AT, this.#stride, IDS_AT + 4 * row, count - row, SUMS_AT);
      for (let column = row; column < count; column++) {
        const similarity = (sums[column - row] ?? 0) * scale * (scales[column] ?? 0);
        matrix[row * count + column] = similarity;
        matrix[column * count + row] = similarity;
      }
    }
    return matrix;
  }

  /** The raw state, for a snapshot: `scales` by docId, `codes` by docId in rows of `codes.length / scales.length`. */
  sections(): { scales: Float32Array; codes: Uint8Array } {
    return {
      scales: this.#scales.subarray(0, this.#length),
      codes: new Uint8Array(this.#kernel.memory.buffer, CODES_AT, this.#length * this.#stride),
    };
  }

  /** Makes room for `length` papers and returns where the codes and scales of a snapshot are to be read into. */
  restore(length: number): { scales: Float32Array; codes: Uint8Array } {
    this.#reserve(length);
    return this.sections();
  }

  /** Papers that came after the last that has a vector are beyond the codes: another one is compared in their place. */
  #within(docIds: Uint32Array): Uint32Array {
    for (const docId of docIds) {
      if (docId >= this.#length) return docIds.map((one) => (one < this.#length ? one : 0));
    }
    return docIds;
  }

  #offerAll(docIds: Uint32Array, question: CodedQuestion, best: TopK): void {
    let threshold = best.threshold;
    for (let at = 0; at < docIds.length; at++) {
      const docId = docIds[at] ?? 0;
      const similarity = question.similarity(at);
      if (similarity < threshold || !this.has(docId)) continue;
      best.offer(docId, similarity);
      threshold = best.threshold;
    }
  }

  #reserve(length: number): void {
    if (length <= this.#length) return;
    reserveBytes(this.#kernel, CODES_AT + length * this.#stride);
    this.#scales = grown(this.#scales, length);
    this.#length = length;
  }
}

/** One question among the codes: put docIds, compare, read similarities. */
export class CodedQuestion {
  /** Where the docIds to compare are put, from the first place on. */
  readonly docIds: Uint32Array;
  readonly #kernel: Kernel;
  readonly #stride: number;
  readonly #scales: Float32Array;
  readonly #queryScale: number;
  readonly #sums: Int32Array;

  constructor(
    kernel: Kernel,
    options: { readonly stride: number; readonly scales: Float32Array; readonly queryScale: number },
  ) {
    this.#kernel = kernel;
    this.#stride = options.stride;
    this.#scales = options.scales;
    this.#queryScale = options.queryScale;
    this.docIds = new Uint32Array(kernel.memory.buffer, IDS_AT, CHUNK);
    this.#sums = new Int32Array(kernel.memory.buffer, SUMS_AT, CHUNK);
  }

  /** The first `count` docIds. */
  compare(count: number): void {
    this.#kernel.dotMany(0, CODES_AT, this.#stride, IDS_AT, count, SUMS_AT);
  }

  /** Cosine with the docId at a place, as last compared; 0 for a paper without a vector. */
  similarity(at: number): number {
    return (this.#sums[at] ?? 0) * (this.#scales[this.docIds[at] ?? 0] ?? 0) * this.#queryScale;
  }
}

/** Writes round(max * c / max|c|) for each component and returns the worth of one unit. */
function quantise(vector: Float32Array, into: Int8Array | Int16Array, max: number): number {
  let largest = 0;
  for (const component of vector) largest = Math.max(largest, Math.abs(component));
  if (largest === 0) {
    into.fill(0);
    return 0;
  }
  const factor = max / largest;
  for (let at = 0; at < vector.length; at++) into[at] = Math.round((vector[at] ?? 0) * factor);
  return largest / max;
}
