/**
 * The jobs of a server, in memory: what they stand for is in the index, so a server that starts again has forgotten
 * nothing but their names.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../fault/app-error.ts';

export type JobState = 'storing' | 'embedding' | 'done' | 'failed';

export interface Job {
  readonly id: string;
  readonly state: JobState;
  readonly createdMs: number;
  readonly changedMs: number;
  /** Rows of the body by what became of them. */
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

/** More are not kept: the oldest that are over go first. */
const MOST_JOBS = 1_000;

export class JobBook {
  readonly #jobs = new Map<string, Job>();
  readonly #watchers = new Map<string, Set<() => void>>();

  /** Jobs that are not over, the oldest first. */
  get underWay(): readonly Job[] {
    return [...this.#jobs.values()].filter((job) => !isOver(job));
  }

  open(): Job {
    const createdMs = Date.now();
    const outcomes = { added: 0, updated: 0, unchanged: 0, older: 0, refused: 0 };
    const job: Job = {
      id: randomUUID(),
      state: 'storing',
      createdMs,
      changedMs: createdMs,
      ...outcomes,
      embedding: null,
      error: null,
    };
    this.#jobs.set(job.id, job);
    this.#forgetOldest();
    return job;
  }

  /** JOB_NOT_FOUND. */
  get(id: string): Job {
    const job = this.#jobs.get(id);
    if (job) return job;
    throw new AppError('JOB_NOT_FOUND', {
      message: `There is no job ${JSON.stringify(id.slice(0, 100))} on this server.`,
    });
  }

  /** Tells whoever follows. A job that is over stays as it is. */
  change(id: string, change: Partial<Omit<Job, 'id' | 'createdMs' | 'changedMs'>>): void {
    const job = this.#jobs.get(id);
    if (!job || isOver(job)) return;
    this.#jobs.set(id, { ...job, ...change, changedMs: Date.now() });
    for (const wake of this.#watchers.get(id) ?? []) wake();
  }

  /** Whatever is not over fails, for one reason. */
  failAll(error: string): void {
    for (const id of this.#jobs.keys()) this.change(id, { state: 'failed', error });
  }

  /** Changes that come while the reader is busy are told as one. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<Job> {
    let told = this.get(id);
    yield told;
    while (!isOver(told) && !signal.aborted) {
      if (this.get(id) === told) await this.#changeOf(id, signal);
      const job = this.get(id);
      if (job !== told) yield job;
      told = job;
    }
  }

  #changeOf(id: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const watchers = this.#watchers.get(id) ?? new Set();
      this.#watchers.set(id, watchers);
      const wake = () => {
        watchers.delete(wake);
        if (watchers.size === 0) this.#watchers.delete(id);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      watchers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #forgetOldest(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= MOST_JOBS) return;
      if (isOver(job)) this.#jobs.delete(id);
    }
  }
}

function isOver({ state }: Job): boolean {
  return state === 'done' || state === 'failed';
}
