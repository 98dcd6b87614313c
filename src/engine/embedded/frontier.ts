/** Where a walk through the graph goes next: a binary heap over typed arrays with the most similar point on top. */
import type { DocId } from '../ranking.ts';
import { grown } from './grow.ts';

const FIRST_CAPACITY = 1_024;

export class Frontier {
  #docIds = new Uint32Array(FIRST_CAPACITY);
  #scores = new Float64Array(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The score on top; there must be one. */
  get best(): number {
    return this.#scores[0] ?? Number.NEGATIVE_INFINITY;
  }

  clear(): void {
    this.#size = 0;
  }

  push(docId: DocId, score: number): void {
    if (this.#size === this.#docIds.length) {
      this.#docIds = grown(this.#docIds, this.#size + 1);
      this.#scores = grown(this.#scores, this.#size + 1);
    }
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#scores[parent] ?? 0) >= score) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#place(at, docId, score);
  }

  /** Takes the point on top; there must be one. */
  pop(): DocId {
    const top = this.#docIds[0] ?? 0;
    const last = --this.#size;
    const score = this.#scores[last] ?? 0;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && (this.#scores[child + 1] ?? 0) > (this.#scores[child] ?? 0)) child++;
      if ((this.#scores[child] ?? 0) <= score) break;
      this.#move(child, at);
      at = child;
    }
    this.#place(at, this.#docIds[last] ?? 0, score);
    return top;
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#docIds[from] ?? 0, this.#scores[from] ?? 0);
  }

  #place(at: number, docId: DocId, score: number): void {
    this.#docIds[at] = docId;
    this.#scores[at] = score;
  }
}
