/** Who gets which text when: on threads that answer when the test says so. */
import { describe, expect, it } from 'vitest';
import { type PoolThread, type ThreadEvents, ThreadPool } from '../../src/embed/thread-pool.ts';
import { AppError } from '../../src/fault/app-error.ts';

const JOB = { isOver: false };
const VECTOR = Float32Array.of(1);
const FAILURE = new AppError('MODEL_FAILED', { message: 'broken' });

interface Sent {
  readonly text: string;
  readonly isUrgent: boolean;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

class ScriptedThread implements PoolThread {
  isReady = false;
  isClosed = false;
  readonly sent: Sent[] = [];
  readonly #events: ThreadEvents;

  constructor(events: ThreadEvents) {
    this.#events = events;
  }

  get load(): number {
    return this.sent.length;
  }

  get texts(): string[] {
    return this.sent.map(({ text }) => text);
  }

  embed(text: string, { isUrgent }: { readonly isUrgent: boolean }): Promise<Float32Array> {
    return new Promise((resolve, reject) => this.sent.push({ text, isUrgent, resolve, reject }));
  }

  becomeReady(): void {
    this.isReady = true;
    this.#events.onReady();
  }

  answer(): void {
    this.sent.shift()?.resolve(VECTOR);
    this.#events.onAnswer();
  }

  fail(): void {
    for (const { reject } of this.sent.splice(0)) reject(FAILURE);
    this.#events.onEnd(FAILURE);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.#events.onEnd();
  }
}

function poolOf(size: number) {
  const threads: ScriptedThread[] = [];
  const pool = new ThreadPool({
    size,
    start: (events) => {
      const thread = new ScriptedThread(events);
      threads.push(thread);
      return thread;
    },
  });
  const thread = (at: number): ScriptedThread => threads[at] ?? expect.fail(`there is no thread ${at}`);
  const settled: string[] = [];
  const note = (text: string, work: Promise<unknown>): void => {
    work.then(
      () => settled.push(text),
      (error: AppError) => settled.push(`${text}: ${error.code}`),
    );
  };
  const paper = (text: string, job = JOB) => note(text, pool.embedPaper(text, job));
  const question = (text: string) => note(text, pool.embedQuestion(text));
  return { pool, threads, thread, paper, question, settled };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('ThreadPool', () => {
  it('starts threads as there is work, and not more than it may', async () => {
    const { threads, thread, question, paper } = poolOf(2);
    expect(threads).toHaveLength(0);
    question('one');
    expect(threads).toHaveLength(1);
    thread(0).becomeReady();
    thread(0).answer();
    question('next');
    expect(threads).toHaveLength(1);
    for (let at = 0; at < 9; at++) paper(`paper ${at}`);
    expect(threads).toHaveLength(2);
  });

  it('hands nothing to a thread whose model is loading, and shares out evenly', () => {
    const { thread, paper } = poolOf(2);
    for (let at = 0; at < 8; at++) paper(`${at}`);
    expect([thread(0).texts, thread(1).texts]).toEqual([[], []]);
    thread(0).becomeReady();
    expect(thread(0).texts).toEqual(['0', '1', '2']);
    thread(1).becomeReady();
    expect(thread(1).texts).toEqual(['3', '4', '5']);
    thread(1).answer();
    expect(thread(1).texts).toEqual(['4', '5', '6']);
  });

  it('sends a question at once, as urgent, to the thread with least to do', () => {
    const { thread, paper, question } = poolOf(2);
    for (let at = 0; at < 8; at++) paper(`${at}`);
    thread(0).becomeReady();
    thread(1).becomeReady();
    thread(1).answer();
    thread(1).answer();
    thread(1).answer();
    question('first');
    question('second');
    const urgent = [thread(0), thread(1)].map(({ sent }) =>
      sent.filter(({ isUrgent }) => isUrgent).map(({ text }) => text),
    );
    expect(urgent).toEqual([['second'], ['first']]);
  });

  it('lets a question go before papers that were there earlier', () => {
    const { thread, paper, question } = poolOf(1);
    paper('paper');
    question('question');
    thread(0).becomeReady();
    expect(thread(0).texts).toEqual(['question', 'paper']);
  });

  it('forgets the texts of a job that is over', () => {
    const { thread, paper } = poolOf(1);
    const job = { isOver: false };
    for (let at = 0; at < 6; at++) paper(`old ${at}`, job);
    paper('new');
    thread(0).becomeReady();
    job.isOver = true;
    thread(0).answer();
    expect(thread(0).texts).toEqual(['old 1', 'old 2', 'new']);
  });

  it('goes on with the other threads when one fails', async () => {
    const { thread, paper, settled } = poolOf(2);
    for (let at = 0; at < 7; at++) paper(`${at}`);
    thread(0).becomeReady();
    thread(1).becomeReady();
    thread(0).fail();
    for (let at = 0; at < 4; at++) thread(1).answer();
    await turn();
    expect(settled.sort()).toEqual([
      '0: MODEL_FAILED',
      '1: MODEL_FAILED',
      '2: MODEL_FAILED',
      '3',
      '4',
      '5',
      '6',
    ]);
  });

  it('tells all who wait when no thread is left, and starts again with the next call', async () => {
    const { threads, thread, paper, question, settled } = poolOf(1);
    paper('paper');
    thread(0).fail();
    await turn();
    expect(settled).toEqual(['paper: MODEL_FAILED']);
    question('again');
    thread(1).becomeReady();
    thread(1).answer();
    await turn();
    expect(settled).toEqual(['paper: MODEL_FAILED', 'again']);
    expect(threads).toHaveLength(2);
  });

  it('prepares one thread ahead of need', () => {
    const { pool, threads, thread } = poolOf(3);
    pool.prepare();
    pool.prepare();
    expect(threads).toHaveLength(1);
    expect(pool.isReady).toBe(false);
    thread(0).becomeReady();
    expect(pool.isReady).toBe(true);
  });

  it('warms up every thread', async () => {
    const { pool, threads, thread } = poolOf(3);
    const warm = pool.warmUp();
    expect(threads.map(({ load }) => load)).toEqual([1, 1, 1]);
    for (const at of [0, 1, 2]) thread(at).answer();
    await expect(warm).resolves.toBeUndefined();
  });

  it('rejects what waits when it is closed, and all that comes after', async () => {
    const { pool, thread, paper, question, settled } = poolOf(1);
    paper('waits');
    await pool.close();
    await pool.close();
    await turn();
    expect(settled).toEqual(['waits: INTERRUPTED']);
    expect(thread(0).isClosed).toBe(true);
    expect(() => question('late')).toThrow(expect.objectContaining({ code: 'INTERRUPTED' }));
  });
});
