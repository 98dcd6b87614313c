/** What the routes need to change the index. Made by the composition root, which knows who writes and how. */
import type { Job } from './job-book.ts';

/** What became of one row of a body: the id under which it is found, or why it is no paper. */
export type RowAnswer = RowPlace &
  ({ readonly id: string; readonly outcome: string } | { readonly reason: string });

/** Both count from 1. Blank lines are no rows; `line` is where the row begins. */
interface RowPlace {
  readonly row: number;
  readonly line: number;
}

export const BODY_FORMATS = ['json', 'jsonl'] as const;
export type BodyFormat = (typeof BODY_FORMATS)[number];

export interface AddOptions {
  readonly format: BodyFormat;
  /** Aborted when the caller has gone; what was read by then is kept. */
  readonly signal: AbortSignal;
}

export interface Added {
  readonly job: Job;
  /** In the order of the body. */
  readonly rows: readonly RowAnswer[];
}

export interface WritingDesk {
  /**
   * Resolves when every paper of the body is stored and found by its words. They are embedded afterwards, which the
   * job tells. INDEX_LOCKED, DISK_FULL, BODY_INVALID, BODY_TOO_LARGE, INTERRUPTED.
   */
  add(body: AsyncIterable<Buffer>, options: AddOptions): Promise<Added>;
  /** Resolves when they are found no more. INDEX_LOCKED. */
  remove(ids: readonly string[]): Promise<void>;
  /** JOB_NOT_FOUND. */
  job(id: string): Job;
  /** The job as it is, and again whenever it has changed, until it is over. JOB_NOT_FOUND. */
  follow(id: string, signal: AbortSignal): AsyncIterable<Job>;
  /** The oldest first. */
  readonly jobsUnderWay: readonly Job[];
}
