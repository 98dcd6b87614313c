/**
 * What somebody means by a model: the name of a preset, a folder, or `owner/name` on the hub. A bare name is a
 * preset before it is a folder (write `./name` for that), and what is a folder is never asked of the hub.
 */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isPinned, MODEL_PRESETS, type ModelPreset, presetNamed } from '../embed/presets.ts';
import { AppError } from '../fault/app-error.ts';
import { nearestName } from '../text/nearest.ts';
import type { WantedModel } from './fetch-model.ts';
import { findCached, revisionIn } from './model-cache.ts';

export interface ModelFolders {
  /** Where the model lies that comes with Pharos. */
  readonly bundledDir: string;
  readonly modelsDir: string;
}

export type ModelPlace =
  /** On this machine. */
  | { readonly folder: string; readonly source: string }
  /** To be fetched. */
  | { readonly wanted: WantedModel; readonly source: string };

const HUB_ID = /^([\w.-]+\/[\w.-]+?)(?:@([\w.-]+))?$/;
const [BUNDLED] = MODEL_PRESETS;

/**
 * `source` is what finds the same model again from any folder. MODEL_MISSING where the reference means nothing,
 * with the name that was probably meant.
 */
export async function findModel(reference: string, folders: ModelFolders): Promise<ModelPlace> {
  const preset = presetNamed(reference);
  if (preset) return presetPlace(preset, folders);
  if (await isFolder(resolve(reference))) {
    const folder = resolve(reference);
    return { folder, source: folder };
  }
  const [, hubId, revision = 'main'] = HUB_ID.exec(reference) ?? [];
  if (hubId === undefined || reference.startsWith('.')) throw unknown(reference);
  return hubPlace(
    { name: hubId, hubId, revision, sha256: {} },
    { modelsDir: folders.modelsDir, source: reference },
  );
}

/** Undefined where it would have to be fetched. */
export async function presentFolder(preset: ModelPreset, folders: ModelFolders): Promise<string | undefined> {
  const place = await presetPlace(preset, folders);
  return 'folder' in place && (await isFolder(place.folder)) ? place.folder : undefined;
}

function presetPlace(preset: ModelPreset, { bundledDir, modelsDir }: ModelFolders): Promise<ModelPlace> {
  const { name, hubId, revision, sha256 } = preset;
  if (preset === BUNDLED) return Promise.resolve({ folder: join(bundledDir, name), source: name });
  return hubPlace(
    { name, hubId, revision: isPinned(preset) ? revision : 'main', sha256 },
    { modelsDir, source: name },
  );
}

async function hubPlace(
  wanted: WantedModel,
  { modelsDir, source }: { readonly modelsDir: string; readonly source: string },
): Promise<ModelPlace> {
  const folder = await findCached(modelsDir, wanted);
  if (folder === undefined) return { wanted, source };
  // Not a branch, which may be another model by the time the index is opened again.
  const isPreset = presetNamed(wanted.name) !== undefined;
  return { folder, source: isPreset ? source : `${wanted.hubId}@${revisionIn(folder)}` };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function unknown(reference: string): AppError {
  const nearest = nearestName(
    reference,
    MODEL_PRESETS.map(({ name }) => name),
  );
  const message = `There is no model ${reference}: it is neither a known name nor a folder`;
  const remedy = nearest
    ? `Did you mean ${nearest}? \`pharos models\` lists the known names.`
    : '`pharos models` lists the known names; a model of the hub is OWNER/NAME.';
  return new AppError('MODEL_MISSING', { message, remedy });
}
