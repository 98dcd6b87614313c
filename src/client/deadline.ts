/** How long to wait for the next sign of life. It can be begun anew, which `AbortSignal.timeout` cannot. */

export class Deadline {
  readonly ms: number;
  readonly #over = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.ms = ms;
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  get isOver(): boolean {
    return this.signal.aborted;
  }

  /** From now on it counts from the beginning. */
  start(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#over.abort(), this.ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
