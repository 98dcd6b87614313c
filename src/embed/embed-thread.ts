/**
 * One worker thread seen from outside: texts go in, vectors come out, and its end is kept safe. Which thread gets
 * which text is decided by `thread-pool.ts`.
 *
 * A thread is never terminated, only asked to stop: see `exit-guard.ts`.
 */
import { AppError } from '../fault/app-error.ts';
import type { ModelIdentity } from './embedder.ts';
import { guardExit, releaseExit } from './exit-guard.ts';
import { silenceRuntime } from './silent-runtime.ts';
import type { PoolThread, ThreadEvents } from './thread-pool.ts';
import { startWorker } from './worker-entry.ts';
import { BUSY, READY, STOP, STOPPING, type WorkerReply, type WorkerSetup } from './worker-protocol.ts';

export interface EmbedThreadOptions extends ThreadEvents {
  /** Absolute path of the model. */
  readonly folder: string;
  readonly model: ModelIdentity;
  /** Threads that ONNX Runtime uses on one text, the worker's own included. */
  readonly threads: number;
}

interface Waiting {
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: AppError) => void;
}

export class EmbedThread implements PoolThread {
  readonly #options: EmbedThreadOptions;
  readonly #state = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #worker;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #isReady = false;
  #failure: AppError | undefined;

  constructor(options: EmbedThreadOptions) {
    this.#options = options;
    silenceRuntime();
    // Loading counts as work, so the thread is busy from its first instant.
    Atomics.store(this.#state, BUSY, 1);
    const { folder, model, threads } = options;
    const setup: WorkerSetup = { folder, model, threads, state: this.#state };
    this.#worker = startWorker('embed-worker', { workerData: setup, name: 'pharos embed' });
    this.#worker.on('message', (reply: WorkerReply) => this.#take(reply));
    this.#worker.on('error', (cause) => {
      this.#failure = failed(`The embedding model at ${folder} failed`, cause);
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#end(code);
        resolve();
      });
    });
    guardExit(this.#state);
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get load(): number {
    return this.#waiting.size;
  }

  embed(text: string, { isUrgent }: { readonly isUrgent: boolean }): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, text, isUrgent });
    });
  }

  close(): Promise<void> {
    Atomics.store(this.#state, STOPPING, 1);
    this.#worker.ref();
    this.#worker.postMessage(STOP);
    return this.#ended;
  }

  #take(reply: WorkerReply): void {
    if (reply === READY) {
      this.#isReady = true;
      this.#options.onReady();
    } else {
      this.#settle(reply);
      this.#options.onAnswer();
    }
    // An idle thread does not keep the process alive; one that is being closed does until it has ended.
    if (this.load === 0 && Atomics.load(this.#state, STOPPING) === 0) this.#worker.unref();
  }

  #settle(reply: Exclude<WorkerReply, typeof READY>): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('vector' in reply) waiting?.resolve(reply.vector);
    else
      waiting?.reject(
        failed(`The embedding model ${this.#options.model.name} failed on a text`, reply.reason),
      );
  }

  #end(code: number): void {
    releaseExit(this.#state);
    const wasAsked = Atomics.load(this.#state, STOPPING) === 1;
    const failure =
      this.#failure ?? (wasAsked ? undefined : failed(`An embedding thread ended with code ${code}`));
    const reason = failure ?? new AppError('INTERRUPTED', { message: 'The embedder was closed' });
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#options.onEnd(failure);
  }
}

function failed(what: string, cause?: unknown): AppError {
  const why = cause instanceof Error ? cause.message : cause;
  return new AppError('MODEL_FAILED', { message: why === undefined ? what : `${what}: ${why}` }, { cause });
}
