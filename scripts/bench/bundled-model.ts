/** The model of the benchmarks: the one that is bundled. */
import { resolve } from 'node:path';
import type { ModelIdentity } from '../../src/embed/embedder.ts';
import { readModelFolder } from '../../src/embed/model-folder.ts';
import { identifyModel } from '../../src/embed/model-identity.ts';
import { openTransformerEmbedder, type TransformerEmbedder } from '../../src/embed/transformer-embedder.ts';

export const MODEL_FOLDER = resolve(import.meta.dirname, '../../models/all-MiniLM-L6-v2');

export async function bundledModelIdentity(): Promise<ModelIdentity> {
  return identifyModel(await readModelFolder(MODEL_FOLDER));
}

export async function openBundledEmbedder(
  options: { readonly workers?: number } = {},
): Promise<TransformerEmbedder> {
  return openTransformerEmbedder({ modelFolder: MODEL_FOLDER, ...options });
}
