/**
 * Writes for a server: stores what is sent, then embeds it. Storing goes before embedding, batch by batch, so that what
 * comes in while a long embedding runs is found by its words at once. The index is locked only while there is work.
 */
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import type { BodyFormat, RowAnswer } from '../api/writing-desk.ts';
import type { Engine } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import { AddTally } from '../indexer/add-report.ts';
import { attachCurrent } from '../indexer/attach-current.ts';
import { batchesOf } from '../indexer/batches-of.ts';
import { asDiskFull } from '../indexer/disk-full.ts';
import { embedPending } from '../indexer/embed-pending.ts';
import { type RowFate, storePapers } from '../indexer/store-papers.ts';
import { readPosted } from '../ingest/read-posted.ts';
import type { Row, RowPlace } from '../ingest/row.ts';
import { type OpenedModel, openModelOf, type Scene } from './open-model.ts';
import { withReader } from './opening.ts';
import { packageVersion } from './package-version.ts';
import { type FromWriter, sentFault, type ToWriter } from './writer-protocol.ts';

const BATCH_SIZE = 500;
/** Of one body. The answer says what became of each, and is made in memory. */
const MOST_ROWS = 100_000;
const PROGRESS_EVERY_MS = 200;

export interface WriterWorkOptions extends Scene {
  readonly send: (message: FromWriter) => void;
}

export class WriterWork {
  readonly #scene: Scene;
  readonly #send: (message: FromWriter) => void;
  readonly #bodies = new Map<string, PassThrough>();
  /** Whose bodies ended before their end. */
  readonly #broken = new Set<string>();
  readonly #stopping = new AbortController();
  readonly #tasks = new Set<Promise<void>>();
  /** Whose papers wait to be embedded. */
  readonly #waiting = new Set<string>();
  #isEmbedding = false;
  #users = 0;
  #engine: Promise<Engine> | undefined;
  #closing: Promise<void> = Promise.resolve();
  /** Ends when the batch in hand is stored: two that revise one paper at once would lose what one of them says. */
  #storing: Promise<void> = Promise.resolve();
  #model: OpenedModel | undefined;

  constructor({ send, ...scene }: WriterWorkOptions) {
    this.#scene = scene;
    this.#send = send;
  }

  take(message: ToWriter): void {
    switch (message.kind) {
      case 'add':
        this.#begin(message.id, this.#add(message.id, message.format));
        break;
      case 'remove':
        this.#begin(message.id, this.#remove(message.id, message.ids));
        break;
      case 'piece':
        this.#takePiece(message.id, message.bytes);
        break;
      case 'end':
        this.#bodies.get(message.id)?.end();
        break;
      case 'broken':
        this.#broken.add(message.id);
        this.#bodies.get(message.id)?.end();
        break;
      default:
        break;
    }
  }

  /** What is being embedded is finished and kept; the rest waits for the next time. */
  async stop(): Promise<void> {
    const reason = new AppError('INTERRUPTED', { message: 'The server is stopping.' });
    this.#stopping.abort(reason);
    for (const body of this.#bodies.values()) body.destroy(reason);
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    await this.#closing;
    await this.#model?.embedder.close();
  }

  #begin(id: string, work: Promise<void>): void {
    const task = work
      .catch((error: unknown) =>
        this.#send({ kind: 'failed', ids: [id], fault: sentFault(asDiskFull(error)) }),
      )
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  #takePiece(id: string, bytes: Uint8Array): void {
    const body = this.#bodies.get(id);
    // The stream calls back when it has room again; one that has failed has no need of more.
    if (body?.writable) body.write(bytes, () => this.#send({ kind: 'taken', id }));
    else this.#send({ kind: 'taken', id });
  }

  async #add(id: string, format: BodyFormat): Promise<void> {
    const body = new PassThrough();
    this.#bodies.set(id, body);
    // Whoever reads it learns of a failure there.
    body.on('error', () => undefined);
    try {
      await this.#withEngine((engine) => this.#store(id, { body, format, engine }));
    } finally {
      this.#bodies.delete(id);
      this.#broken.delete(id);
      body.destroy();
    }
  }

  async #store(
    id: string,
    {
      body,
      format,
      engine,
    }: { readonly body: PassThrough; readonly format: BodyFormat; readonly engine: Engine },
  ): Promise<void> {
    const tally = new AddTally();
    let number = 0;
    try {
      for await (const batch of batchesOf(readPosted(this.#wholeOf(id, body), format), BATCH_SIZE)) {
        const rows: RowAnswer[] = [];
        const onRow = ({ place }: Row, fate: RowFate) => void rows.push(answerOf(place, ++number, fate));
        await this.#alone(() => storePapers(incoming(batch), { engine, tally, onRow }));
        this.#send({ kind: 'rows', id, rows });
        if (tally.read >= MOST_ROWS) throw tooManyRows();
      }
      this.#send({ kind: 'stored', id, report: tally.report() });
    } finally {
      this.#embedFor(id);
    }
  }

  /** Everything that came of a body, and then the news that it was not all. */
  async *#wholeOf(id: string, body: PassThrough): AsyncGenerator<Buffer> {
    yield* body;
    if (this.#broken.has(id)) throw new AppError('INTERRUPTED', { message: 'The body broke off.' });
  }

  async #remove(id: string, ids: readonly string[]): Promise<void> {
    await this.#withEngine(async (engine) => {
      await this.#alone(async () => void (await engine.remove(ids)));
      this.#send({ kind: 'removed', id });
      this.#embedFor(id);
    });
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    const before = this.#storing;
    let leave: () => void = () => undefined;
    this.#storing = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    await work().finally(leave);
  }

  #embedFor(id: string): void {
    this.#waiting.add(id);
    if (this.#isEmbedding) return;
    this.#isEmbedding = true;
    const task = this.#embedWaiting().finally(() => {
      this.#isEmbedding = false;
      this.#tasks.delete(task);
    });
    this.#tasks.add(task);
  }

  /** Never rejects. */
  async #embedWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      const ids = [...this.#waiting];
      this.#waiting.clear();
      try {
        await this.#withEngine((engine) => this.#embed(engine, ids));
        this.#send({ kind: 'embedded', ids });
      } catch (error) {
        this.#send({ kind: 'failed', ids, fault: sentFault(asDiskFull(error)) });
      }
    }
  }

  async #embed(engine: Engine, ids: readonly string[]): Promise<void> {
    const { signal } = this.#stopping;
    const { papers, embedded } = await engine.status();
    if (papers > embedded) {
      let toldMs = 0;
      await embedPending({
        engine: attachCurrent(engine),
        embedder: (await this.#modelOf(engine)).embedder,
        signal,
        sizes: { concurrency: this.#scene.settings.threads + 1 },
        onProgress: ({ done, total = done }) => {
          const nowMs = Date.now();
          if (nowMs - toldMs < PROGRESS_EVERY_MS) return;
          toldMs = nowMs;
          this.#send({ kind: 'progress', ids, done, total });
        },
      });
    }
    signal.throwIfAborted();
    await engine.checkpoint();
  }

  async #modelOf({ space }: Engine): Promise<OpenedModel> {
    if (this.#model?.space.fingerprint === space.fingerprint) return this.#model;
    await this.#model?.embedder.close();
    this.#model = undefined;
    this.#model = await openModelOf(space, this.#scene);
    return this.#model;
  }

  async #withEngine(use: (engine: Engine) => Promise<void>): Promise<void> {
    this.#users++;
    this.#engine ??= this.#open();
    const opening = this.#engine;
    try {
      await use(await opening);
    } finally {
      this.#users--;
      if (this.#users === 0) this.#close(opening);
    }
  }

  async #open(): Promise<Engine> {
    await this.#closing;
    this.#stopping.signal.throwIfAborted();
    const space = await withReader(this.#scene, async (reader) => reader.space);
    const { openEmbeddedEngine } = await import('../engine/embedded/open.ts');
    return openEmbeddedEngine({
      dir: resolve(this.#scene.settings.index),
      space,
      pharos: packageVersion(),
      signal: this.#stopping.signal,
      onNotice: (notice) => this.#scene.io.stderr.write(`${notice}\n`),
    });
  }

  #close(opening: Promise<Engine>): void {
    this.#engine = undefined;
    this.#closing = opening.then(
      (engine) => engine.close(),
      // It was never open, and whoever wanted it has been told.
      () => undefined,
    );
  }
}

function answerOf({ line }: RowPlace, row: number, fate: RowFate): RowAnswer {
  return fate instanceof AppError ? { row, line, reason: fate.message } : { row, line, ...fate };
}

async function* incoming(rows: readonly Row[]) {
  for (const row of rows) yield { row };
}

function tooManyRows(): AppError {
  return new AppError('BODY_TOO_LARGE', {
    message: `A body may hold ${MOST_ROWS} papers; that many have been stored, the rest has not been read.`,
    remedy: 'Send the rest in bodies of their own.',
  });
}
