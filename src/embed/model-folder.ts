/**
 * A folder with a sentence-transformer as transformers.js lays it out: what must be in it, and what tells how to use
 * it, a preset or its own files. Reads no weights; that they are sound shows when a worker loads them.
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../fault/app-error.ts';
import { describeModel, WEIGHT_FILES } from './describe-model.ts';
import { type ModelRecord, readModelRecord } from './model-record.ts';
import { type ModelRecipe, presetNamed } from './presets.ts';

export interface ModelFolder {
  /** Absolute. */
  readonly path: string;
  readonly recipe: ModelRecipe;
  /** The ONNX file. */
  readonly weights: string;
  /** tokenizer.json. */
  readonly tokenizer: string;
  /** What was fetched; undefined for a folder that somebody made. */
  readonly record: ModelRecord | undefined;
}

const CONFIG_FILE = 'config.json';
export const TOKENIZER_FILE = 'tokenizer.json';
/** What a folder must hold beside its weights. */
export const NEEDED_FILES = [CONFIG_FILE, TOKENIZER_FILE, 'tokenizer_config.json'] as const;

/**
 * Rejects with MODEL_MISSING, naming the path, where the folder or one of its files is not there or not readable,
 * and with MODEL_FAILED where its configuration says nothing that can be used.
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const path = resolve(folder);
  await requireReadable(path, 'There is no embedding model at');
  await requireReadable(join(path, CONFIG_FILE));
  const record = await readModelRecord(path);
  const recipe = await recipeFor(path, record);
  const weights = join(path, WEIGHT_FILES[recipe.dtype]);
  for (const file of NEEDED_FILES) await requireReadable(join(path, file));
  await requireReadable(weights);
  return { path, recipe, tokenizer: join(path, TOKENIZER_FILE), weights, record };
}

async function recipeFor(path: string, record: ModelRecord | undefined): Promise<ModelRecipe> {
  const name = record?.name ?? basename(path);
  return presetNamed(name) ?? describeModel(path, { name, revision: record?.revision ?? 'local' });
}

async function requireReadable(path: string, complaint = 'The embedding model is incomplete: cannot read') {
  await access(path, constants.R_OK).catch((cause: unknown) => {
    throw new AppError('MODEL_MISSING', { message: `${complaint} ${path}` }, { cause });
  });
}
