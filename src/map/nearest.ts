/** The few best of many, kept in order as they are offered. */
export interface Neighbour {
  /** A place in whatever list was searched. */
  readonly at: number;
  /** Cosine. */
  readonly similarity: number;
}

export class Nearest {
  readonly #most: number;
  readonly #kept: Neighbour[] = [];
  #threshold = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
  }

  offer(at: number, similarity: number): void {
    if (similarity <= this.#threshold) return;
    let place = this.#kept.length;
    while (place > 0 && (this.#kept[place - 1]?.similarity ?? 0) < similarity) place -= 1;
    this.#kept.splice(place, 0, { at, similarity });
    if (this.#kept.length > this.#most) this.#kept.pop();
    if (this.#kept.length === this.#most) this.#threshold = this.#kept.at(-1)?.similarity ?? 0;
  }

  /** The most similar first. */
  take(): readonly Neighbour[] {
    return this.#kept;
  }
}
