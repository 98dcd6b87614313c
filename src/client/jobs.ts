/** What a server does after it has answered: how far an addition has come, asked once or followed to its end. */
import { eventData } from './event-data.ts';
import type { RequestOptions } from './paper-search.ts';
import { pause } from './pause.ts';
import { PharosProblem } from './pharos-problem.ts';
import type { Call, Transport } from './transport.ts';

export type JobState = 'storing' | 'embedding' | 'done' | 'failed';

export interface Job {
  readonly id: string;
  readonly state: JobState;
  readonly createdMs: number;
  readonly changedMs: number;
  /** Rows by what became of them. */
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly older: number;
  readonly refused: number;
  /** Of all papers that wait to be embedded, those of other jobs included; null until that has begun. */
  readonly embedding: { readonly done: number; readonly total: number } | null;
  /** Why it failed, null otherwise. */
  readonly error: string | null;
}

export interface FollowOptions extends RequestOptions {
  /**
   * Longest to go without a word of the server before it is given up: as many times as are needed it is asked anew, since
   * a connection may break although nothing is wrong with the job. 60,000 unless given.
   */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** Of what is said so, asking again is no use. */
const TRANSIENT = new Set(['UNREACHABLE', 'TIMEOUT', 'ANSWER_UNREADABLE']);

export class Jobs {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** JOB_NOT_FOUND, also by a server that was started anew: it knows the papers still, and no jobs. */
  get(id: string, options: RequestOptions = {}): Promise<Job> {
    return this.#transport.json({ ...options, path: pathOf(id) });
  }

  /**
   * The job as it is, and again whenever it has changed, until it is `done` or `failed`. What a broken connection swallowed
   * is told as one change. JOB_NOT_FOUND as `get`.
   */
  async *follow(id: string, options: FollowOptions = {}): AsyncGenerator<Job, void, undefined> {
    let told: Job | undefined;
    for await (const job of this.#unbroken(id, options)) {
      if (told?.changedMs === job.changedMs && told.state === job.state) continue;
      told = job;
      yield job;
      if (job.state === 'done' || job.state === 'failed') return;
    }
  }

  /** Whatever the server tells of the job, over as many connections as that takes. */
  async *#unbroken(
    id: string,
    { patienceMs = PATIENCE_MS, ...call }: FollowOptions,
  ): AsyncGenerator<Job, void, undefined> {
    let pauseMs = FIRST_PAUSE_MS;
    let failingSinceMs: number | undefined;
    for (;;) {
      try {
        for await (const job of this.#events({ ...call, path: `${pathOf(id)}/events` })) {
          failingSinceMs = undefined;
          pauseMs = FIRST_PAUSE_MS;
          yield job;
        }
      } catch (error) {
        failingSinceMs ??= Date.now();
        if (!isTransient(error) || Date.now() - failingSinceMs >= patienceMs) throw error;
        pauseMs = Math.max(pauseMs, (error.retryAfterSeconds ?? 0) * 1000);
      }
      await pause(pauseMs, call.signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  async *#events(call: Call): AsyncGenerator<Job, void, undefined> {
    for await (const data of eventData(this.#transport.pieces(call))) yield readJob(data);
    throw new PharosProblem({
      code: 'UNREACHABLE',
      message: 'The events ended before the job was over',
      remedy: 'Ask for the job again.',
    });
  }
}

function readJob(data: string): Job {
  try {
    return JSON.parse(data) as Job;
  } catch (error) {
    const message = 'An event does not hold a job';
    const remedy = 'Check that the address is that of a Pharos.';
    throw new PharosProblem({ code: 'ANSWER_UNREADABLE', message, remedy }, { cause: error });
  }
}

function pathOf(id: string): string {
  return `api/v1/jobs/${encodeURIComponent(id)}`;
}

function isTransient(error: unknown): error is PharosProblem {
  return (
    error instanceof PharosProblem && (TRANSIENT.has(error.code) || error.retryAfterSeconds !== undefined)
  );
}
