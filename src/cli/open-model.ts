/**
 * The model a command works with: the one that was asked for, else the one the index was made with, else the bundled
 * one; fetched from the hub where it is not on this machine yet.
 */
import { resolve } from 'node:path';
import { packagePath } from '../config/package-root.ts';
import { proxiesIn } from '../config/proxies.ts';
import { BUNDLED_MODEL, HASHING_MODEL } from '../config/setting-notes.ts';
import type { Settings } from '../config/settings.ts';
import type { Embedder, ModelIdentity } from '../embed/embedder.ts';
import { presetNamed } from '../embed/presets.ts';
import type { TransformerEmbedder } from '../embed/transformer-embedder.ts';
import type { VectorSpace } from '../engine/engine.ts';
import { AppError, isAppError } from '../fault/app-error.ts';
import type { WantedModel } from '../hub/fetch-model.ts';
import type { ModelFolders } from '../hub/find-model.ts';
import { atWork } from './at-work.ts';
import type { Io } from './io.ts';
import { size } from './layout.ts';

/** What every opening needs: where to read and write, and what was set. */
export interface Scene {
  readonly io: Io;
  readonly settings: Settings;
}

export interface OpenedModel {
  readonly embedder: Embedder & Partial<Pick<TransformerEmbedder, 'warmUp'>>;
  /** What an index that is made with it remembers: the identity of its vectors, and how to find the model again. */
  readonly space: ModelIdentity & { readonly source: string };
  /** Where its files lie; the embedder that compares words has none. */
  readonly folder?: string;
}

/** MODEL_MISSING, MODEL_FAILED, MODEL_FETCH_FAILED; INDEX_INCOMPATIBLE where the index's own model is another by now. */
export async function openModel(scene: Scene): Promise<OpenedModel> {
  const { model: named, index } = scene.settings;
  if (named !== undefined) return openNamed(named, scene);
  const space = await spaceOf(resolve(index));
  return space ? openModelOf(space, scene) : openNamed(BUNDLED_MODEL, scene);
}

/** The model that made the vectors of an index, and no other. */
export async function openModelOf(space: VectorSpace, scene: Scene): Promise<OpenedModel> {
  const source = space.source ?? space.name;
  const opened = await openNamed(source, scene).catch((error: unknown) => {
    if (!isAppError(error, 'MODEL_MISSING')) throw error;
    throw new AppError(
      'MODEL_MISSING',
      {
        message: `The index was made with the model ${space.name} from ${source}, which is not there: ${error.message}`,
        remedy: 'Name its folder with --model, or embed the papers anew: `pharos rebuild --model NAME`.',
      },
      { cause: error },
    );
  });
  if (opened.space.fingerprint === space.fingerprint) return opened;
  await opened.embedder.close();
  throw new AppError('INDEX_INCOMPATIBLE', {
    message: `The index was made with other files of the model ${space.name} than those at ${opened.folder ?? source}`,
    remedy: 'Name the folder of the old files with --model, or run `pharos rebuild --model NAME`.',
  });
}

export function modelFolders({ modelsDir }: Settings): ModelFolders {
  return { bundledDir: packagePath('models'), modelsDir: resolve(modelsDir) };
}

/** Its folder. At once where it is on this machine. */
export async function fetchNamed(
  reference: string,
  scene: Scene,
): Promise<{ folder: string; source: string }> {
  const { findModel } = await import('../hub/find-model.ts');
  const folders = modelFolders(scene.settings);
  const place = await findModel(reference, folders);
  if ('folder' in place) return place;
  await fetchWanted(place.wanted, scene);
  const fetched = await findModel(reference, folders);
  if ('folder' in fetched) return fetched;
  throw new Error(`${reference} was fetched and is not there`);
}

async function openNamed(reference: string, scene: Scene): Promise<OpenedModel> {
  if (reference === HASHING_MODEL) {
    const { HashingEmbedder } = await import('../embed/hashing-embedder.ts');
    const embedder = new HashingEmbedder();
    return { embedder, space: { ...embedder.model, source: HASHING_MODEL } };
  }
  const { folder, source } = await fetchNamed(reference, scene);
  const { openTransformerEmbedder } = await import('../embed/transformer-embedder.ts');
  const embedder = await openTransformerEmbedder({ modelFolder: folder, workers: scene.settings.threads });
  return { embedder, folder, space: { ...embedder.model, source } };
}

async function fetchWanted(wanted: WantedModel, { io, settings }: Scene): Promise<void> {
  const { fetchModel } = await import('../hub/fetch-model.ts');
  const { HubClient } = await import('../hub/hub-client.ts');
  const bytes = presetNamed(wanted.name)?.bytes;
  const about = bytes === undefined ? '' : ` (${size(bytes)})`;
  io.stderr.write(`Fetching the model ${wanted.name}${about} from ${settings.hub}.\n`);
  await atWork(io, async ({ onProgress, signal }) => {
    const client = new HubClient({ hub: settings.hub, proxies: proxiesIn(io.environment), signal });
    const { modelsDir } = modelFolders(settings);
    const onNotice = (notice: string) => io.stderr.write(`${notice}\n`);
    await fetchModel(wanted, { client, modelsDir, onProgress, onNotice, signal }).finally(() =>
      client.close(),
    );
  });
}

/** Undefined where there is no index yet. */
async function spaceOf(dir: string): Promise<VectorSpace | undefined> {
  const { hasIndex } = await import('../engine/embedded/index-folder.ts');
  if (!hasIndex(dir)) return undefined;
  const { openEmbeddedReader } = await import('../engine/embedded/open.ts');
  try {
    const reader = await openEmbeddedReader({ dir });
    const { space } = reader;
    await reader.close();
    return space;
  } catch (error) {
    // A folder in which nothing has been stored yet; whoever reads it next says what else is wrong with it.
    if (isAppError(error, 'INDEX_MISSING')) return undefined;
    throw error;
  }
}
