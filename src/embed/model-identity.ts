/**
 * What the vectors of a model depend on, and the fingerprint over it that an index is held to. The files are hashed
 * at every start: 23 MB take some tens of milliseconds, and size or date would not notice other weights.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../fault/app-error.ts';
import type { ModelIdentity } from './embedder.ts';
import type { ModelFolder } from './model-folder.ts';
import { templateWith } from './model-input.ts';

/**
 * Two folders with the same recipe, weights and tokenizer have the same fingerprint, wherever they lie.
 * Rejects with MODEL_FAILED where a fetched file is not what it was when it was fetched.
 */
export async function identifyModel(folder: ModelFolder): Promise<ModelIdentity> {
  const { recipe, weights, tokenizer } = folder;
  const { name, revision, dtype, dimensions, pooling, maxTokens, queryPrefix, documentPrefix } = recipe;
  const settings = { name, revision, dtype, dimensions, pooling, maxTokens, queryPrefix, documentPrefix };
  const identity = { ...settings, textTemplate: templateWith(recipe.separator) };
  const files = await Promise.all([recordedHash(weights, folder), recordedHash(tokenizer, folder)]);
  return { ...identity, fingerprint: fingerprintOf(identity, files) };
}

/** Hex SHA-256 over the settings in the order of their names, and over what else makes the vectors. */
export function fingerprintOf(
  settings: Readonly<Record<string, string | number>>,
  ingredients: readonly string[] = [],
): string {
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sorted, ingredients]))
    .digest('hex');
}

async function recordedHash(path: string, folder: ModelFolder): Promise<string> {
  const hash = await fileHash(path);
  const name = relative(folder.path, path).replaceAll('\\', '/');
  const recorded = folder.record?.files[name]?.sha256;
  if (recorded === undefined || recorded === hash) return hash;
  throw new AppError('MODEL_FAILED', {
    message: `${path} is not the file that was fetched: its SHA-256 is ${hash}, not ${recorded}`,
    remedy: 'Delete the folder and run `pharos models fetch` again.',
  });
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
