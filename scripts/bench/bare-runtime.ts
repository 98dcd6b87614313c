/**
 * ONNX Runtime called directly on texts that are token ids already: no tokeniser, no pooling, no vectors sent back.
 * The yardstick of `embed.ts`, in worker threads as the embedder is.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { silenceRuntime } from '../../src/embed/silent-runtime.ts';

export interface BareRuntimeOptions {
  readonly weights: string;
  readonly workers: number;
  /** Of each worker's session. */
  readonly threads: number;
}

type TokenIds = readonly number[];

export class BareRuntime {
  readonly #workers: readonly Worker[];

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  static async open({ weights, workers, threads }: BareRuntimeOptions): Promise<BareRuntime> {
    silenceRuntime();
    const entry = new URL('bare-runtime-worker.mjs', import.meta.url);
    const started = Array.from(
      { length: workers },
      () => new Worker(entry, { workerData: { weights, threads }, execArgv: [] }),
    );
    await Promise.all(started.map((worker) => once(worker, 'message')));
    return new BareRuntime(started);
  }

  /** Runs every batch once; each worker takes the next when it is done, and always has one more waiting. */
  async run(batches: readonly (readonly TokenIds[])[]): Promise<void> {
    const queue = batches.values();
    await Promise.all(this.#workers.map((worker) => pull(worker, queue)));
  }

  /** Only when nothing runs: ONNX Runtime does not survive being torn down at work. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function pull(worker: Worker, queue: Iterator<readonly TokenIds[]>): Promise<void> {
  return new Promise((resolve) => {
    let underway = 0;
    const send = () => {
      const next = queue.next();
      if (next.done) return;
      underway++;
      worker.postMessage(next.value);
    };
    const take = () => {
      underway--;
      send();
      if (underway > 0) return;
      worker.off('message', take);
      resolve();
    };
    worker.on('message', take);
    send();
    send();
    if (underway === 0) resolve();
  });
}
