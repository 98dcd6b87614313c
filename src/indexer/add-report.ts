/** What an `add` did, counted while it does it. Numbers of rows unless they say otherwise. */
import { AppError } from '../fault/app-error.ts';
import type { RowPlace } from '../ingest/row.ts';

/** A row that is not a paper. */
export interface FaultySample extends RowPlace {
  readonly reason: string;
}

export interface AddReport {
  /** Rows read: the sum of added, updated, unchanged, older, removed and faulty. */
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows passed over because a newer version of the paper was there. */
  readonly older: number;
  /** Papers that their source has withdrawn. */
  readonly removed: number;
  readonly faulty: number;
  /** The first faulty rows. */
  readonly samples: readonly FaultySample[];
  /** Papers embedded by the model, those that an interrupted run left behind included. */
  readonly embedded: number;
  /** Vectors taken from a file. */
  readonly imported: number;
  /** True when the index is what it was before. */
  readonly nothingChanged: boolean;
  readonly tookMs: number;
}

export type RowOutcome = 'added' | 'updated' | 'unchanged' | 'older' | 'removed';

export const SAMPLE_LIMIT = 10;

export class AddTally {
  readonly #startedMs = performance.now();
  readonly #outcomes: Record<RowOutcome, number> = {
    added: 0,
    updated: 0,
    unchanged: 0,
    older: 0,
    removed: 0,
  };
  readonly #samples: FaultySample[] = [];
  #faulty = 0;
  embedded = 0;
  imported = 0;

  count(outcome: RowOutcome): void {
    this.#outcomes[outcome]++;
  }

  countFaulty(place: RowPlace, fault: AppError): void {
    this.#faulty++;
    if (this.#samples.length < SAMPLE_LIMIT) this.#samples.push({ ...place, reason: fault.message });
  }

  /** Rows that are not faulty, and whose papers are in the index as they should be. */
  get stored(): number {
    const { added, updated, unchanged, older, removed } = this.#outcomes;
    return added + updated + unchanged + older + removed;
  }

  get read(): number {
    return this.stored + this.#faulty;
  }

  report(): AddReport {
    const { added, updated, removed } = this.#outcomes;
    return {
      read: this.read,
      ...this.#outcomes,
      faulty: this.#faulty,
      samples: [...this.#samples],
      embedded: this.embedded,
      imported: this.imported,
      nothingChanged: added + updated + removed + this.embedded + this.imported === 0,
      tookMs: Math.round(performance.now() - this.#startedMs),
    };
  }

  /** The error of a run that was asked to stop: what is safe already, so that nobody starts again from nothing. */
  interrupted(cause: unknown): AppError {
    const message =
      `Interrupted after ${this.read.toLocaleString('en-US')} rows were read and ` +
      `${this.embedded.toLocaleString('en-US')} papers embedded; all of that is kept`;
    return new AppError('INTERRUPTED', { message }, { cause });
  }
}
