/**
 * What the vectors of a model depend on, and the fingerprint over it that an index is held to. The files are hashed
 * at every start: 23 MB take some tens of milliseconds, and size or date would not notice other weights.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { TEXT_TEMPLATE } from '../paper/embedded-text.ts';
import type { ModelIdentity } from './embedder.ts';
import type { ModelFolder } from './model-folder.ts';

/** Two folders with the same preset, weights and tokenizer have the same fingerprint, wherever they lie. */
export async function identifyModel({
  preset,
  weights,
  tokenizer,
}: Omit<ModelFolder, 'path'>): Promise<ModelIdentity> {
  const { name, revision, dtype, dimensions, pooling, maxTokens, queryPrefix, documentPrefix } = preset;
  const settings = { name, revision, dtype, dimensions, pooling, maxTokens, queryPrefix, documentPrefix };
  const identity = { ...settings, textTemplate: TEXT_TEMPLATE };
  const files = await Promise.all([fileHash(weights), fileHash(tokenizer)]);
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

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
