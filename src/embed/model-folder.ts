/**
 * A folder with a sentence-transformer as transformers.js lays it out: what must be in it, and which preset tells
 * how to use it. Reads no weights; that they are sound shows when a worker loads them.
 */
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../fault/app-error.ts';
import { type ModelPreset, presetNamed } from './presets.ts';

export interface ModelFolder {
  /** Absolute. */
  readonly path: string;
  readonly preset: ModelPreset;
  /** The ONNX file. */
  readonly weights: string;
  /** tokenizer.json. */
  readonly tokenizer: string;
}

const WEIGHT_FILES = { q8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' } as const;
const CONFIG_FILE = 'config.json';
const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json'] as const;
const USUAL_MAX_TOKENS = 256;

/**
 * Rejects with MODEL_MISSING, naming the path, where the folder or one of its files is not there or not readable,
 * and with MODEL_FAILED where its configuration says nothing that can be used.
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const path = resolve(folder);
  await requireReadable(path, 'There is no embedding model at');
  await requireReadable(join(path, CONFIG_FILE));
  const preset = presetNamed(basename(path)) ?? (await customPreset(path));
  const files = [...TOKENIZER_FILES, WEIGHT_FILES[preset.dtype]].map((file) => join(path, file));
  for (const file of files) await requireReadable(file);
  const [tokenizer = '', , weights = ''] = files;
  return { path, preset, tokenizer, weights };
}

async function requireReadable(path: string, complaint = 'The embedding model is incomplete: cannot read') {
  await access(path, constants.R_OK).catch((cause: unknown) => {
    throw new AppError('MODEL_MISSING', { message: `${complaint} ${path}` }, { cause });
  });
}

/** A model nobody described is taken for an int8 one that pools by mean and wants no prefixes, as most do. */
async function customPreset(path: string): Promise<ModelPreset> {
  const config = await readConfig(join(path, CONFIG_FILE));
  const { hidden_size: dimensions, max_position_embeddings: positions = USUAL_MAX_TOKENS } = config;
  if (typeof dimensions !== 'number' || typeof positions !== 'number') {
    const message = `${join(path, CONFIG_FILE)} does not give hidden_size, the length of the vectors, as a number`;
    throw new AppError('MODEL_FAILED', { message });
  }
  return {
    name: basename(path),
    hubId: '',
    revision: 'local',
    dtype: 'q8',
    pooling: 'mean',
    dimensions,
    maxTokens: Math.min(USUAL_MAX_TOKENS, positions),
    queryPrefix: '',
    documentPrefix: '',
    languages: [],
    licence: '',
  };
}

async function readConfig(path: string): Promise<Partial<Record<string, unknown>>> {
  try {
    const config: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof config === 'object' && config !== null ? { ...config } : {};
  } catch (cause) {
    throw new AppError('MODEL_FAILED', { message: `${path} is not valid JSON` }, { cause });
  }
}
