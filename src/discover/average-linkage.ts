/**
 * Agglomerative clustering by average linkage (Sokal & Michener, 1958): each item begins alone, and the two groups
 * whose members are most alike on average become one, again and again. Nothing in it is random: equal likenesses go
 * to the groups whose first members come first.
 */

export interface LinkageOptions {
  /** Groups that are less alike than this on average stay apart. */
  readonly leastSimilarity: number;
  /** Above this number groups are joined however unlike they are. */
  readonly mostGroups: number;
}

/** `similarities` is a symmetric matrix, row by row. The groups as ascending item numbers, by their first members. */
export function averageLinkage(
  similarities: Float32Array,
  count: number,
  { leastSimilarity, mostGroups }: LinkageOptions,
): number[][] {
  const links = new Links(similarities, count);
  for (let left = count; left > 1; left -= 1) {
    const [one, other, similarity] = links.nearestPair();
    if (similarity < leastSimilarity && left <= mostGroups) break;
    links.join(one, other);
  }
  return links.groups();
}

/** A group goes by its first member. Sums of likenesses are kept, so that joining two groups adds two rows. */
class Links {
  readonly #count: number;
  readonly #sums: Float64Array;
  readonly #members: number[][];
  /** Groups in ascending order. */
  #alive: number[];
  /** For each group the one above it in number that it is most like, -1 for none, and how much. */
  readonly #nearest: Int32Array;
  readonly #likeness: Float64Array;

  constructor(similarities: Float32Array, count: number) {
    this.#count = count;
    this.#sums = Float64Array.from(similarities);
    this.#members = Array.from({ length: count }, (_, item) => [item]);
    this.#alive = Array.from({ length: count }, (_, item) => item);
    this.#nearest = new Int32Array(count);
    this.#likeness = new Float64Array(count);
    for (const group of this.#alive) this.#findNearest(group);
  }

  groups(): number[][] {
    return this.#alive.map((group) => this.#membersOf(group).toSorted((a, b) => a - b));
  }

  nearestPair(): readonly [one: number, other: number, similarity: number] {
    let best = this.#alive[0] ?? 0;
    for (const group of this.#alive) {
      if ((this.#likeness[group] ?? 0) > (this.#likeness[best] ?? 0)) best = group;
    }
    return [best, this.#nearest[best] ?? -1, this.#likeness[best] ?? 0];
  }

  join(one: number, other: number): void {
    for (const group of this.#alive) {
      if (group === one || group === other) continue;
      const sum = this.#sum(one, group) + this.#sum(other, group);
      this.#sums[one * this.#count + group] = sum;
      this.#sums[group * this.#count + one] = sum;
    }
    this.#members[one] = [...this.#membersOf(one), ...this.#membersOf(other)];
    this.#alive = this.#alive.filter((group) => group !== other);
    for (const group of this.#alive) {
      const nearest = this.#nearest[group];
      if (group === one || nearest === one || nearest === other) this.#findNearest(group);
      else if (group < one && this.#average(group, one) > (this.#likeness[group] ?? 0))
        this.#findNearest(group);
    }
  }

  #findNearest(group: number): void {
    let nearest = -1;
    let likeness = Number.NEGATIVE_INFINITY;
    for (const other of this.#alive) {
      if (other <= group) continue;
      const average = this.#average(group, other);
      if (average <= likeness) continue;
      nearest = other;
      likeness = average;
    }
    this.#nearest[group] = nearest;
    this.#likeness[group] = likeness;
  }

  #average(one: number, other: number): number {
    return this.#sum(one, other) / (this.#membersOf(one).length * this.#membersOf(other).length);
  }

  #sum(one: number, other: number): number {
    return this.#sums[one * this.#count + other] ?? 0;
  }

  #membersOf(group: number): number[] {
    return this.#members[group] ?? [];
  }
}
