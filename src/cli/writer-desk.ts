/**
 * The writing of a server, in a process of its own: parsing, storing, embedding and snapshots would keep questions
 * waiting here. The process is started when something is to be written and let go when nothing was for a while.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Job, JobBook } from '../api/job-book.ts';
import type { Added, AddOptions, RowAnswer, WritingDesk } from '../api/writing-desk.ts';
import { AppError } from '../fault/app-error.ts';
import type { Scene } from './open-model.ts';
import { asFault, type FromWriter, type ToWriter } from './writer-protocol.ts';

export interface WriterDeskOptions extends Scene {
  /** Makes what was committed found by the searches of this process. */
  readonly refresh: () => Promise<void>;
  readonly log: { readonly warn: (facts: object, message: string) => void };
  /** How long a process that has nothing to do is kept, with its model. */
  readonly idleMs?: number;
}

interface Request {
  readonly rows: RowAnswer[];
  readonly done: Promise<void>;
  readonly settle: (error?: AppError) => void;
  /** Called when the writer has room for the next piece, or none is wanted any more. */
  takeNext: () => void;
}

const IDLE_MS = 60_000;

export class WriterDesk implements WritingDesk {
  readonly #options: WriterDeskOptions;
  readonly #jobs = new JobBook();
  readonly #requests = new Map<string, Request>();
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: WriterDeskOptions) {
    this.#options = options;
  }

  get jobsUnderWay(): readonly Job[] {
    return this.#jobs.underWay;
  }

  job: WritingDesk['job'] = (id) => this.#jobs.get(id);

  follow: WritingDesk['follow'] = (id, signal) => this.#jobs.follow(id, signal);

  async add(body: AsyncIterable<Buffer>, { format, signal }: AddOptions): Promise<Added> {
    this.#requireOpen();
    const { id } = this.#jobs.open();
    const request = this.#open(id);
    try {
      this.#send({ kind: 'add', id, format });
      await this.#sendBody(id, { body, request, signal });
      await request.done;
      await this.#options.refresh();
      return { job: this.#jobs.get(id), rows: request.rows };
    } finally {
      this.#forget(id);
    }
  }

  async remove(ids: readonly string[]): Promise<void> {
    this.#requireOpen();
    const id = randomUUID();
    const request = this.#open(id);
    try {
      this.#send({ kind: 'remove', id, ids });
      await request.done;
      await this.#options.refresh();
    } finally {
      this.#forget(id);
    }
  }

  /** What is being embedded is kept; jobs that are not over fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#letGo();
    await this.#ended;
  }

  #open(id: string): Request {
    const { promise, resolve, reject } = withResolvers();
    // It may fail while the body is still being sent, and is looked at afterwards.
    promise.catch(() => undefined);
    const request: Request = {
      rows: [],
      done: promise,
      settle: (error) => {
        if (error) reject(error);
        else resolve();
        request.takeNext();
      },
      takeNext: () => undefined,
    };
    this.#requests.set(id, request);
    return request;
  }

  #forget(id: string): void {
    this.#requests.delete(id);
    this.#restWhenIdle();
  }

  /** Ends early when the writer has failed. */
  async #sendBody(
    id: string,
    {
      body,
      request,
      signal,
    }: { readonly body: AsyncIterable<Buffer>; readonly request: Request; readonly signal: AbortSignal },
  ): Promise<void> {
    let isOver = false;
    request.done.then(
      () => undefined,
      () => {
        isOver = true;
      },
    );
    try {
      for await (const bytes of body) {
        // Nothing more is wanted of it; the failure is told by whoever waits for the request.
        if (isOver) return;
        const taken = new Promise<void>((resolve) => {
          request.takeNext = resolve;
        });
        this.#send({ kind: 'piece', id, bytes });
        await taken;
      }
      this.#send({ kind: 'end', id });
    } catch (error) {
      // The caller has gone. Anything else is a defect.
      this.#send({ kind: 'broken', id });
      if (!signal.aborted && !isCutOff(error)) throw error;
    }
  }

  #send(message: ToWriter): void {
    this.#child ??= this.#start();
    clearTimeout(this.#idle);
    this.#child.send(message);
  }

  #start(): ChildProcess {
    const isSource = import.meta.url.endsWith('.ts');
    const entry = fileURLToPath(new URL(`writer-process.${isSource ? 'ts' : 'js'}`, import.meta.url));
    const { io, settings, log } = this.#options;
    const child = fork(entry, [], {
      env: { ...io.environment },
      // From sources (development and tests) Node 20 needs help with TypeScript.
      execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.on('data', (text: Buffer) => log.warn({ text: text.toString().trim() }, 'the writer says'));
    child.on('message', (message: FromWriter) => this.#take(message));
    child.on('error', (error) => log.warn({ reason: error.message }, 'the writer failed'));
    const ended = once(child, 'close').finally(() => this.#lose(child));
    this.#ended = Promise.all([this.#ended, ended]);
    child.send({ kind: 'settings', settings } satisfies ToWriter);
    return child;
  }

  #lose(child: ChildProcess): void {
    if (this.#child === child) this.#child = undefined;
    if (this.#child !== undefined) return;
    const gone = new AppError('INTERRUPTED', { message: 'The process that writes has ended' });
    for (const { settle } of this.#requests.values()) settle(gone);
    this.#jobs.failAll(gone.message);
  }

  #take(message: FromWriter): void {
    switch (message.kind) {
      case 'taken':
        this.#requests.get(message.id)?.takeNext();
        break;
      case 'rows':
        this.#requests.get(message.id)?.rows.push(...message.rows);
        break;
      case 'stored': {
        const { added, updated, unchanged, older, faulty: refused } = message.report;
        this.#jobs.change(message.id, { state: 'embedding', added, updated, unchanged, older, refused });
        this.#requests.get(message.id)?.settle();
        break;
      }
      case 'removed':
        this.#requests.get(message.id)?.settle();
        break;
      case 'progress':
        for (const id of message.ids) {
          this.#jobs.change(id, { embedding: { done: message.done, total: message.total } });
        }
        break;
      case 'embedded':
        void this.#finish(message.ids);
        break;
      case 'failed':
        this.#fail(message);
        break;
    }
  }

  async #finish(ids: readonly string[]): Promise<void> {
    try {
      await this.#options.refresh();
    } catch (error) {
      // The index answers from what it has; the papers are stored all the same.
      this.#options.log.warn({ reason: (error as Error).message }, 'new papers were not taken in yet');
    }
    for (const id of ids) this.#jobs.change(id, { state: 'done' });
    this.#restWhenIdle();
  }

  #fail({ ids, fault }: Extract<FromWriter, { kind: 'failed' }>): void {
    const error = asFault(fault);
    this.#options.log.warn({ code: fault.code, reason: fault.message }, 'papers were not written');
    for (const id of ids) {
      this.#requests.get(id)?.settle(error);
      this.#jobs.change(id, { state: 'failed', error: error.title });
    }
    this.#restWhenIdle();
  }

  #restWhenIdle(): void {
    clearTimeout(this.#idle);
    if (this.#child === undefined || this.#requests.size > 0 || this.#jobs.underWay.length > 0) return;
    this.#idle = setTimeout(() => this.#letGo(), this.#options.idleMs ?? IDLE_MS);
    this.#idle.unref();
  }

  #letGo(): void {
    clearTimeout(this.#idle);
    const child = this.#child;
    if (child?.connected) child.send({ kind: 'stop' } satisfies ToWriter);
    // One that is started meanwhile waits for nothing that this one holds: it has no index open.
    if (!this.#isClosed) this.#child = undefined;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new AppError('INTERRUPTED', { message: 'The server is stopping' });
  }
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: AppError) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** What Node says of a body whose sender has gone. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}
