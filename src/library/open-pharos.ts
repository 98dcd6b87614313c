/** Opens an index inside the program that asks: the same search as behind every door, without a server. */
import { resolve } from 'node:path';
import { type OpenedModel, openModel, type Scene } from '../cli/open-model.ts';
import { packageVersion } from '../cli/package-version.ts';
import { resolveSettings } from '../config/resolve-settings.ts';
import { CachedEmbedder } from '../embed/query-cache.ts';
import { hasIndex } from '../engine/embedded/index-folder.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../engine/embedded/open.ts';
import { Searcher } from '../search/searcher.ts';
import { EmbeddedPharos } from './embedded-pharos.ts';
import type { Pharos } from './pharos.ts';
import { quietIo } from './quiet-io.ts';

export interface OpenPharosOptions {
  /** The folder of the index. */
  readonly index: string;
  /** Makes the index where there is none; otherwise that is INDEX_MISSING, so that a misspelt path is not empty. */
  readonly create?: boolean;
  /** As `--model`: that of the index unless given, the bundled one for a new index. */
  readonly model?: string;
  /** As `--models-dir`. */
  readonly modelsDir?: string;
  /** As `--hub`. */
  readonly hub?: string;
  /** Worker threads that embed papers; one a core unless given. */
  readonly threads?: number;
  /** Told in a sentence what takes long and what is not as it should be. Nothing is printed. */
  readonly onNotice?: (notice: string) => void;
}

/**
 * Rejects with an AppError: SETTINGS_INVALID, INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_DAMAGED, or a code of the model.
 * PHAROS_ variables are not read: an option that is left out has the default of docs/configuration.md.
 */
export async function openPharos(options: OpenPharosOptions): Promise<Pharos> {
  const { index, create = false, onNotice } = options;
  const scene = { io: quietIo({ onNotice }), settings: settingsOf(options) };
  const dir = resolve(index);
  if (!create && !hasIndex(dir)) await openEmbeddedReader({ dir });
  const model = await openModel(scene);
  try {
    if (!hasIndex(dir)) await makeIndex(dir, model);
    return await openWith(model, scene, onNotice);
  } catch (error) {
    await model.embedder.close();
    throw error;
  }
}

function settingsOf({ index, model, modelsDir, hub, threads }: OpenPharosOptions): Scene['settings'] {
  const count = threads === undefined ? undefined : String(threads);
  return resolveSettings({
    flags: Object.fromEntries(
      Object.entries({ index, model, modelsDir, hub, threads: count }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    ),
  }).settings;
}

async function makeIndex(dir: string, { space }: OpenedModel): Promise<void> {
  const engine = await openEmbeddedEngine({ dir, space, pharos: packageVersion() });
  await engine.close();
}

async function openWith(
  model: OpenedModel,
  { settings }: Scene,
  onNotice: ((notice: string) => void) | undefined,
): Promise<Pharos> {
  const reader = await openEmbeddedReader({
    dir: resolve(settings.index),
    space: model.space,
    follow: true,
    isAlwaysCurrent: true,
    onNotice,
    onSuperseded: ({ name }) =>
      onNotice?.(`The index was embedded anew with ${name}; open it again to search by that model`),
  });
  const embedder = new CachedEmbedder(model.embedder);
  const searcher = new Searcher({ engine: reader, embedder });
  return new EmbeddedPharos({ reader, searcher, embedder, model, settings, onNotice });
}
