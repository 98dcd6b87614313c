/**
 * The best k of many scored papers, in a bounded binary heap over typed arrays: the worst kept paper sits at
 * the root, so that most candidates are refused by one comparison. Ties keep the lower docId.
 */
import type { DocId, Ranking } from '../ranking.ts';

export class TopK {
  readonly #docIds: Uint32Array;
  readonly #scores: Float32Array;
  #size = 0;

  constructor(k: number) {
    this.#docIds = new Uint32Array(k);
    this.#scores = new Float32Array(k);
  }

  /** Lowest score that still matters: offering less than this changes nothing. -Infinity until full. */
  get threshold(): number {
    return this.#size < this.#scores.length
      ? Number.NEGATIVE_INFINITY
      : (this.#scores[0] ?? Number.POSITIVE_INFINITY);
  }

  offer(docId: DocId, score: number): void {
    const capacity = this.#scores.length;
    if (this.#size < capacity) {
      this.#place(this.#size++, docId, score);
      this.#siftUp(this.#size - 1);
    } else if (capacity > 0 && this.#isWorse(0, docId, score)) {
      this.#place(0, docId, score);
      this.#siftDown(0);
    }
  }

  /** Empties the heap into a ranking, best first. */
  take(): Ranking {
    const size = this.#size;
    const docIds = new Uint32Array(size);
    const scores = new Float32Array(size);
    for (let at = size - 1; at >= 0; at--) {
      docIds[at] = this.#docIds[0] ?? 0;
      scores[at] = this.#scores[0] ?? 0;
      this.#size--;
      this.#place(0, this.#docIds[this.#size] ?? 0, this.#scores[this.#size] ?? 0);
      this.#siftDown(0);
    }
    return { docIds, scores };
  }

  #place(at: number, docId: DocId, score: number): void {
    this.#docIds[at] = docId;
    this.#scores[at] = score;
  }

  /** Whether the entry at `at` ranks below the given one. */
  #isWorse(at: number, docId: DocId, score: number): boolean {
    const other = this.#scores[at] ?? 0;
    // The heap holds float32, so compare what would be stored.
    const rounded = Math.fround(score);
    return other < rounded || (other === rounded && (this.#docIds[at] ?? 0) > docId);
  }

  #siftUp(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(at, this.#docIds[parent] ?? 0, this.#scores[parent] ?? 0)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #siftDown(start: number): void {
    let at = start;
    for (;;) {
      let worst = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < this.#size; child++) {
        if (this.#isWorse(child, this.#docIds[worst] ?? 0, this.#scores[worst] ?? 0)) worst = child;
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #swap(a: number, b: number): void {
    const docId = this.#docIds[a] ?? 0;
    const score = this.#scores[a] ?? 0;
    this.#place(a, this.#docIds[b] ?? 0, this.#scores[b] ?? 0);
    this.#place(b, docId, score);
  }
}
