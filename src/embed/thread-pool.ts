/**
 * Shares texts out among worker threads. Threads pull: each holds the text it works on and a little more, so that it
 * stays busy while this thread writes to the disk. Questions go first, to the thread with least to do. Threads are
 * started when there is work for them, and after a crash by the next call.
 */
import { AppError } from '../fault/app-error.ts';

/** Texts of one call; those not yet handed to a thread are forgotten when it is over. */
export interface Job {
  isOver: boolean;
}

/** What a pool needs of a thread. */
export interface PoolThread {
  /** False while the model is loading. */
  readonly isReady: boolean;
  /** Texts sent and not answered yet. */
  readonly load: number;
  /** Rejects with MODEL_FAILED when the model cannot make a vector of the text or the thread ends. */
  embed(text: string, options: { readonly isUrgent: boolean }): Promise<Float32Array>;
  /** Resolves when the thread has ended. What it has not answered by then is rejected. */
  close(): Promise<void>;
}

/** What a thread tells its pool. */
export interface ThreadEvents {
  /** The model is loaded. */
  readonly onReady: () => void;
  /** A text was answered. */
  readonly onAnswer: () => void;
  /** The thread is gone, for the reason given, or because it was closed. Called once. */
  readonly onEnd: (failure?: AppError) => void;
}

interface PoolOptions {
  readonly size: number;
  readonly start: (events: ThreadEvents) => PoolThread;
}

interface QueuedText {
  readonly text: string;
  readonly job?: Job;
  readonly resolve: (vector: Float32Array | Promise<Float32Array>) => void;
  readonly reject: (error: AppError) => void;
}

/** Papers a thread may hold: one in work and two that bridge a pause of the main thread of some 100 ms. */
const PAPERS_PER_THREAD = 3;

export class ThreadPool {
  readonly #size: number;
  readonly #start: PoolOptions['start'];
  readonly #threads = new Set<PoolThread>();
  #questions: QueuedText[] = [];
  #papers: QueuedText[] = [];
  #isClosed = false;

  constructor({ size, start }: PoolOptions) {
    this.#size = size;
    this.#start = start;
  }

  /** True when a text need not wait for a model to load. */
  get isReady(): boolean {
    return this.#leastBusy() !== undefined;
  }

  /** Begins to load the model in one thread, so that a later call finds it ready. Failures show in that call. */
  prepare(): void {
    this.#requireOpen();
    this.#grow(1);
  }

  /** A text that goes before all papers that wait. */
  embedQuestion(text: string): Promise<Float32Array> {
    return this.#enqueue(this.#questions, text);
  }

  embedPaper(text: string, job: Job): Promise<Float32Array> {
    return this.#enqueue(this.#papers, text, job);
  }

  /** Starts every thread and has each embed something, so that no later call waits for a model. */
  async warmUp(): Promise<void> {
    this.#requireOpen();
    this.#grow(this.#size);
    await Promise.all([...this.#threads].map((thread) => thread.embed('warm', { isUrgent: true })));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#abandon(closed());
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #enqueue(queue: QueuedText[], text: string, job?: Job): Promise<Float32Array> {
    this.#requireOpen();
    return new Promise((resolve, reject) => {
      queue.push({ text, resolve, reject, ...(job && { job }) });
      this.#grow(this.#questions.length + this.#papers.length + this.#load());
      this.#dispatch();
    });
  }

  #load(): number {
    let load = 0;
    for (const thread of this.#threads) load += thread.load;
    return load;
  }

  #grow(wanted: number): void {
    while (this.#threads.size < Math.min(wanted, this.#size)) {
      const thread = this.#start({
        onReady: () => this.#dispatch(),
        onAnswer: () => this.#dispatch(),
        onEnd: (failure) => this.#lose(thread, failure),
      });
      this.#threads.add(thread);
    }
  }

  #dispatch(): void {
    for (let thread = this.#leastBusy(); thread; thread = this.#leastBusy()) {
      const question = this.#questions.shift();
      const queued = question ?? (thread.load < PAPERS_PER_THREAD ? this.#nextPaper() : undefined);
      if (!queued) return;
      queued.resolve(thread.embed(queued.text, { isUrgent: queued === question }));
    }
  }

  #leastBusy(): PoolThread | undefined {
    let best: PoolThread | undefined;
    for (const thread of this.#threads) {
      if (thread.isReady && (!best || thread.load < best.load)) best = thread;
    }
    return best;
  }

  #nextPaper(): QueuedText | undefined {
    let next = this.#papers.shift();
    while (next?.job?.isOver) next = this.#papers.shift();
    return next;
  }

  #lose(thread: PoolThread, failure: AppError | undefined): void {
    this.#threads.delete(thread);
    if (this.#threads.size === 0 && failure) this.#abandon(failure);
  }

  #abandon(reason: AppError): void {
    const abandoned = [...this.#questions, ...this.#papers];
    this.#questions = [];
    this.#papers = [];
    for (const { reject } of abandoned) reject(reason);
  }

  #requireOpen(): void {
    if (this.#isClosed) throw closed();
  }
}

function closed(): AppError {
  return new AppError('INTERRUPTED', { message: 'The embedder was closed' });
}
