/**
 * When an answer was first seen as it is, for `Last-Modified`. Papers do not say when they came into a list, so this
 * is remembered; after a restart it is a later moment, so that nobody keeps an old answer for a new one.
 */
interface Seen {
  readonly digest: string;
  readonly since: Date;
}

const KEPT = 1_000;

export class LastChanged {
  readonly #now: () => Date;
  /** The one asked for last stands last. */
  readonly #seen = new Map<string, Seen>();

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** Of the answer that is known by `key`, given what tells its present state from others. */
  of(key: string, digest: string): Date {
    const before = this.#seen.get(key);
    const seen = before?.digest === digest ? before : { digest, since: this.#now() };
    this.#seen.delete(key);
    this.#seen.set(key, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > KEPT && oldest !== undefined) this.#seen.delete(oldest);
    return seen.since;
  }
}
