/**
 * The Embedder that runs a sentence-transformer from a local folder, in worker threads, without ever asking the
 * network. Opening checks and identifies the files; threads start with the first text.
 */
import { availableParallelism } from 'node:os';
import { AppError } from '../fault/app-error.ts';
import { EmbedThread } from './embed-thread.ts';
import type { Embedder, ModelIdentity } from './embedder.ts';
import { readModelFolder } from './model-folder.ts';
import { identifyModel } from './model-identity.ts';
import { documentInput, questionInput } from './model-input.ts';
import { Pace } from './pace.ts';
import { ThreadPool } from './thread-pool.ts';

export interface TransformerEmbedderOptions {
  /** A folder as `models/README.md` describes it. */
  readonly modelFolder: string;
  /** At most so many threads, each with its own copy of the model; as many as there are cores by default. */
  readonly workers?: number;
}

export interface TransformerEmbedder extends Embedder {
  /** Starts all threads and loads the model in each, so that no later call waits for that. */
  warmUp(): Promise<void>;
}

// How much of a text is looked at for each token the model reads. English takes about five UTF-16 units a token, so
// nothing that counts is lost, and the rest of a book is never tokenised.
const UNITS_PER_TOKEN = 16;

// A question is too little work for many threads to share.
const MOST_QUESTION_THREADS = 4;
// The model needs 1.5 ms for a text of no length and 1 ms for every 22 UTF-16 units.
const QUESTION_OVERHEAD = 33;

/** Rejects with MODEL_MISSING, or MODEL_FAILED where the configuration of the model cannot be used. */
export async function openTransformerEmbedder({
  modelFolder,
  workers = availableParallelism(),
}: TransformerEmbedderOptions): Promise<TransformerEmbedder> {
  const found = await readModelFolder(modelFolder);
  const model = await identifyModel(found);
  const folder = found.path;
  const openPool = (size: number, threads: number) =>
    new ThreadPool({ size, start: (events) => new EmbedThread({ folder, model, threads, ...events }) });
  const papers = openPool(Math.max(1, workers), 1);
  const questions = workers > 1 ? openPool(1, Math.min(workers, MOST_QUESTION_THREADS)) : papers;
  return new PooledEmbedder(model, { papers, questions });
}

interface Pools {
  /** Workers of one thread each: the most texts a second, whatever else the machine does. */
  readonly papers: ThreadPool;
  /**
   * One worker of several threads. A lone question on an idle machine takes two thirds of the time; but threads of
   * one session wait for each other at every step, so on a busy machine it takes twice the time.
   */
  readonly questions: ThreadPool;
}

class PooledEmbedder implements TransformerEmbedder {
  readonly model: ModelIdentity;
  readonly #pools: Pools;
  readonly #pace: Pace<ThreadPool>;
  #questionsInFlight = 0;

  constructor(model: ModelIdentity, pools: Pools) {
    this.model = model;
    this.#pools = pools;
    this.#pace = new Pace([pools.questions, pools.papers]);
  }

  async embedQuery(text: string): Promise<Float32Array> {
    const input = this.#beginning(questionInput(text, this.model));
    const isAlone = this.#questionsInFlight === 0;
    const pool = this.#readyPool(isAlone ? this.#pace.choose() : this.#pools.papers);
    const begun = performance.now();
    this.#questionsInFlight++;
    try {
      const vector = await pool.embedQuestion(input);
      const tookMs = performance.now() - begun;
      if (isAlone) this.#pace.record(pool, { work: QUESTION_OVERHEAD + input.length, tookMs });
      return vector;
    } finally {
      this.#questionsInFlight--;
    }
  }

  async embedDocuments(
    texts: readonly string[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Float32Array[]> {
    const job = { isOver: false };
    const vectors = new Array<Float32Array>(texts.length);
    const embedOne = async (text: string, at: number) => {
      vectors[at] = await this.#pools.papers.embedPaper(
        this.#beginning(documentInput(text, this.model)),
        job,
      );
    };
    const work = () => Promise.all(longestFirst(texts).map(([at, text]) => embedOne(text, at)));
    try {
      await orInterrupted(work, signal);
      return vectors;
    } finally {
      job.isOver = true;
    }
  }

  async warmUp(): Promise<void> {
    await Promise.all(this.#distinctPools().map((pool) => pool.warmUp()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#distinctPools().map((pool) => pool.close()));
  }

  /** No question waits for another model to load while there is one that could answer it. */
  #readyPool(wanted: ThreadPool): ThreadPool {
    if (wanted.isReady) return wanted;
    wanted.prepare();
    return this.#pools.questions;
  }

  #distinctPools(): ThreadPool[] {
    return [...new Set([this.#pools.papers, this.#pools.questions])];
  }

  #beginning(text: string): string {
    return text.slice(0, this.model.maxTokens * UNITS_PER_TOKEN);
  }
}

/** The long ones first, so that all threads end together. */
function longestFirst(texts: readonly string[]): [at: number, text: string][] {
  return [...texts.entries()].sort(([, a], [, b]) => b.length - a.length);
}

/** Settles as the work does, or rejects with INTERRUPTED as soon as the signal aborts, whichever comes first. */
async function orInterrupted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work();
  return new Promise((resolve, reject) => {
    const interrupt = () =>
      reject(new AppError('INTERRUPTED', { message: 'Embedding was interrupted' }, { cause: signal.reason }));
    if (signal.aborted) return interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    work()
      .finally(() => signal.removeEventListener('abort', interrupt))
      .then(resolve, reject);
  });
}
