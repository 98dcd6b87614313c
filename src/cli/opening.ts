/**
 * Opens what commands work with: the index for reading or writing, the searcher over it. With `open-model.ts` the
 * one place where the parts are chosen. Every part is loaded when it is needed, so that `status` does not wait for a model.
 */
import { resolve } from 'node:path';
import type { Lists } from '../discover/lists.ts';
import type { Recommender } from '../discover/recommender.ts';
import type { Engine, EngineReader, VectorSpace } from '../engine/engine.ts';
import { isAppError } from '../fault/app-error.ts';
import type { Searcher } from '../search/searcher.ts';
import { type AtWork, atWork } from './at-work.ts';
import { type ObserveStage, observeStages } from './observe-stages.ts';
import { openModel, openModelOf, type Scene } from './open-model.ts';
import { packageVersion } from './package-version.ts';
import { openProfiles } from './profiles.ts';

export interface SearchScene extends Scene {
  /** Goes on taking in what other processes add. */
  readonly isFollowing?: boolean;
  /** Embedded while the index loads: the model takes about as long to start. */
  readonly question?: string;
  /** The vectors to open the model of, whatever was set. */
  readonly space?: VectorSpace;
  /** Told how long the stages of each search take. */
  readonly observe?: ObserveStage;
  /** Told once, when another process has embedded the papers anew with another model. */
  readonly onSuperseded?: (by: VectorSpace) => void;
}

export interface WriterScene extends Scene {
  /** What the index is made with; left out to open one that is there. */
  readonly space?: VectorSpace;
  /** Waits for another writer instead of failing with INDEX_LOCKED. */
  readonly isPatient: boolean;
}

export interface OpenSearch {
  readonly reader: EngineReader;
  readonly searcher: Searcher;
  readonly recommender: Recommender;
  readonly lists: Lists;
  /** Readies every thread of the model, so that no question waits for one. */
  readonly warmUp: () => Promise<void>;
}

export interface ClosableSearch extends OpenSearch {
  readonly close: () => Promise<void>;
}

/** What the metrics call the steps of a search. */
const STAGES = {
  lexical: 'words',
  semantic: 'meaning',
  lookup: 'names',
  facets: 'facets',
  byDate: 'dates',
  papers: 'papers',
} as const;
/** Each holds a copy of the model and embeds some 250 questions a second, more than a machine can answer. */
const QUESTION_THREADS = 2;

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
export async function withSearch<T>(scene: SearchScene, use: (search: OpenSearch) => Promise<T>): Promise<T> {
  const search = await openSearch(scene);
  return use(search).finally(() => search.close());
}

/** `space` is what the vectors of the index are, for one whose model is to be that one, whatever was set. */
export async function openSearch({
  io,
  settings,
  isFollowing = false,
  question,
  space,
  onSuperseded,
  observe = () => undefined,
}: SearchScene): Promise<ClosableSearch> {
  const { openEmbeddedReader } = await import('../engine/embedded/open.ts');
  const { Searcher } = await import('../search/searcher.ts');
  const { Lists } = await import('../discover/lists.ts');
  const { Recommender } = await import('../discover/recommender.ts');
  const { CachedEmbedder } = await import('../embed/query-cache.ts');
  const threads = Math.min(settings.threads, QUESTION_THREADS);
  const scene = { io, settings: { ...settings, threads } };
  const model = await (space ? openModelOf(space, scene) : openModel(scene));
  const embedder = new CachedEmbedder(observeStages(model.embedder, { embedQuery: 'model' }, observe));
  // Should it fail, the searcher asks again and tells why.
  if (question !== undefined) embedder.embedQuery(question).catch(() => undefined);
  const { createProgress } = await import('./progress.ts');
  const progress = createProgress(io.stderr);
  try {
    const reader = await openEmbeddedReader({
      dir: resolve(settings.index),
      space: model.space,
      follow: isFollowing,
      onProgress: progress.onProgress,
      onNotice: (notice) => io.stderr.write(`${notice}\n`),
      ...(onSuperseded && { onSuperseded }),
    });
    return {
      reader,
      searcher: new Searcher({ engine: observeStages(reader, STAGES, observe), embedder }),
      recommender: new Recommender({ engine: reader, embedder, profiles: openProfiles(settings) }),
      lists: new Lists({ engine: reader }),
      warmUp: async () => model.embedder.warmUp?.(),
      close: async () => {
        await reader.close();
        await embedder.close();
      },
    };
  } catch (error) {
    await embedder.close();
    throw error;
  } finally {
    progress.stop();
  }
}

/** The index for writing, with progress and Ctrl-C. */
export async function withWriter<T>(
  scene: WriterScene,
  use: (engine: Engine, work: AtWork) => Promise<T>,
): Promise<T> {
  const space = scene.space ?? (await withReader(scene, async (reader) => reader.space));
  return atWork(
    scene.io,
    async (work) => {
      const engine = await openWriter(scene, space, work);
      return use(engine, work).finally(() => engine.close());
    },
    { notedIn: resolve(scene.settings.index) },
  );
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
