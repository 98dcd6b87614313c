/**
 * Of several ways to do the same, which has been the fastest lately? Tries the others now and then, so that it
 * notices when the machine becomes busy or quiet. Knows nothing of what the ways are.
 */

export interface Lap {
  /** How much was done, in any unit that is the same for all ways. */
  readonly work: number;
  readonly tookMs: number;
}

/** The median of so many laps: two outliers in a row do not count. */
const LAPS_REMEMBERED = 5;
/** Another way must need at most this part of the time, or chance would change the way all the time. */
const CLEARLY_FASTER = 0.8;
/** Seldom enough that a slow try does not show at the 95th percentile. */
const CHOICES_PER_TRY = 32;

export class Pace<Way> {
  readonly #laps: Map<Way, number[]>;
  #current: Way;
  #choices = 0;
  #tries = 0;

  /** The first is chosen until another proves faster. */
  constructor(ways: readonly [Way, ...Way[]]) {
    this.#laps = new Map(ways.map((way) => [way, []]));
    this.#current = ways[0];
  }

  /** The way to go this time. A call that is not followed by `record` is forgiven. */
  choose(): Way {
    this.#change();
    this.#choices++;
    if (this.#choices % CHOICES_PER_TRY !== 0) return this.#current;
    const others = [...this.#laps.keys()].filter((way) => way !== this.#current);
    return others[this.#tries++ % others.length] ?? this.#current;
  }

  record(way: Way, { work, tookMs }: Lap): void {
    const laps = this.#laps.get(way);
    laps?.push(tookMs / work);
    if (laps && laps.length > LAPS_REMEMBERED) laps.shift();
  }

  #change(): void {
    for (const way of this.#laps.keys()) {
      if (this.#msPerWork(way) < CLEARLY_FASTER * this.#msPerWork(this.#current)) this.#current = way;
    }
  }

  #msPerWork(way: Way): number {
    const laps = [...(this.#laps.get(way) ?? [])].sort((a, b) => a - b);
    return laps[laps.length >> 1] ?? Number.POSITIVE_INFINITY;
  }
}
