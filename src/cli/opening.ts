/**
 * Opens what commands work with: the embedder, the index for reading or writing, the searcher. The one place
 * where the parts are chosen. Every part is loaded when it is needed, so that `status` does not wait for a model.
 */
import { resolve } from 'node:path';
import { HASHING_MODEL } from '../config/setting-notes.ts';
import type { Settings } from '../config/settings.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { TransformerEmbedder } from '../embed/transformer-embedder.ts';
import type { Engine, EngineReader, VectorSpace } from '../engine/engine.ts';
import { isAppError } from '../fault/app-error.ts';
import type { OnProgress } from '../indexer/index-progress.ts';
import type { Searcher } from '../search/searcher.ts';
import type { Io } from './io.ts';
import { packageVersion } from './package-version.ts';

/** What every opening needs: where to read and write, and what was set. */
export interface Scene {
  readonly io: Io;
  readonly settings: Settings;
}

export interface SearchScene extends Scene {
  /** Goes on taking in what other processes add. */
  readonly isFollowing?: boolean;
  /** Embedded while the index loads: the model takes about as long to start. */
  readonly question?: string;
}

export interface WriterScene extends Scene {
  /** What the index is made with; left out to open one that is there. */
  readonly space?: VectorSpace;
  /** Waits for another writer instead of failing with INDEX_LOCKED. */
  readonly isPatient: boolean;
}

export interface AtWork {
  readonly onProgress: OnProgress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface OpenSearch {
  readonly reader: EngineReader;
  readonly searcher: Searcher;
  /** Readies every thread of the model, so that no question waits for one. */
  readonly warmUp: () => Promise<void>;
}

type OpenedEmbedder = Embedder & Partial<Pick<TransformerEmbedder, 'warmUp'>>;

/** Each holds a copy of the model and embeds some 250 questions a second, more than a machine can answer. */
const QUESTION_THREADS = 2;

export async function openEmbedder({ model, threads }: Settings): Promise<OpenedEmbedder> {
  if (model === HASHING_MODEL) {
    const { HashingEmbedder } = await import('../embed/hashing-embedder.ts');
    return new HashingEmbedder();
  }
  const { openTransformerEmbedder } = await import('../embed/transformer-embedder.ts');
  return openTransformerEmbedder({ modelFolder: resolve(model), workers: threads });
}

/** The index for reading what is stored. Nothing is ranked, so nothing is loaded. */
export async function withReader<T>(
  { settings }: Scene,
  use: (reader: EngineReader) => Promise<T>,
): Promise<T> {
  const { openEmbeddedReader } = await import('../engine/embedded/open.ts');
  const reader = await openEmbeddedReader({ dir: resolve(settings.index) });
  return use(reader).finally(() => reader.close());
}

/** The index for asking. */
export async function withSearch<T>(
  { io, settings, isFollowing = false, question }: SearchScene,
  use: (search: OpenSearch) => Promise<T>,
): Promise<T> {
  const { openEmbeddedReader } = await import('../engine/embedded/open.ts');
  const { Searcher } = await import('../search/searcher.ts');
  const { CachedEmbedder } = await import('../embed/query-cache.ts');
  const threads = Math.min(settings.threads, QUESTION_THREADS);
  const model = await openEmbedder({ ...settings, threads });
  const embedder = new CachedEmbedder(model);
  // Should it fail, the searcher asks again and tells why.
  if (question !== undefined) embedder.embedQuery(question).catch(() => undefined);
  const { createProgress } = await import('./progress.ts');
  const progress = createProgress(io.stderr);
  try {
    const reader = await openEmbeddedReader({
      dir: resolve(settings.index),
      space: embedder.model,
      follow: isFollowing,
      onProgress: progress.onProgress,
      onNotice: (notice) => io.stderr.write(`${notice}\n`),
    });
    progress.stop();
    const searcher = new Searcher({ engine: reader, embedder });
    const warmUp = async () => model.warmUp?.();
    return await use({ reader, searcher, warmUp }).finally(() => reader.close());
  } finally {
    progress.stop();
    await embedder.close();
  }
}

/** The index for writing, with progress and Ctrl-C. */
export async function withWriter<T>(
  scene: WriterScene,
  use: (engine: Engine, work: AtWork) => Promise<T>,
): Promise<T> {
  const space = scene.space ?? (await withReader(scene, async (reader) => reader.space));
  return atWork(scene.io, async (work) => {
    const engine = await openWriter(scene, space, work);
    return use(engine, work).finally(() => engine.close());
  });
}

/** Shows progress while something long runs, and takes it away whatever happens. */
export async function atWork<T>(io: Io, run: (work: AtWork) => Promise<T>): Promise<T> {
  const { createProgress } = await import('./progress.ts');
  const progress = createProgress(io.stderr);
  try {
    return await run({ onProgress: progress.onProgress, signal: io.interruptible() });
  } finally {
    progress.stop();
  }
}

async function openWriter(
  { io, settings, isPatient }: WriterScene,
  space: VectorSpace,
  { onProgress, signal }: AtWork,
): Promise<Engine> {
  const { openEmbeddedEngine } = await import('../engine/embedded/open.ts');
  const onNotice = (notice: string) => io.stderr.write(`${notice}\n`);
  const options = {
    dir: resolve(settings.index),
    space,
    pharos: packageVersion(),
    onProgress,
    onNotice,
    signal,
  };
  try {
    return await openEmbeddedEngine(options);
  } catch (error) {
    if (!isPatient || !isAppError(error, 'INDEX_LOCKED')) throw error;
    io.stderr.write(`${error.message}; waiting for it to finish.\n`);
    return openEmbeddedEngine({ ...options, waitMs: Number.POSITIVE_INFINITY });
  }
}
