/**
 * How to use a model that is no preset, from what sentence-transformers writes beside the weights: `modules.json`
 * (which steps there are), the configuration of the pooling, the longest text and the prompts. A folder without
 * `modules.json` is taken to pool by mean, to read up to 256 tokens and to want no prefixes, as most do.
 */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import type { ModelRecipe, Pooling } from './presets.ts';

export const WEIGHT_FILES = { q8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' } as const;

/** What `describeModel` reads beside `config.json` and the tokeniser, where it is there. */
export const DESCRIPTION_FILES = [
  'modules.json',
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
] as const;

const USUAL_MAX_TOKENS = 256;
/** These count positions from the padding token's id plus one, and so have two fewer than they say. */
const ROBERTA_FAMILY = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet']);
const UNUSED_POSITIONS = 2;

const whole = z.number().int().positive();
const configSchema = z.looseObject({
  model_type: z.string().optional(),
  hidden_size: whole.optional(),
  /** DistilBERT's name for it. */
  dim: whole.optional(),
  max_position_embeddings: whole.optional(),
});
const modulesSchema = z.array(z.looseObject({ type: z.string(), path: z.string().default('') }));
const poolingSchema = z.looseObject({
  pooling_mode: z.string().optional(),
  include_prompt: z.boolean().default(true),
});
const lengthSchema = z.looseObject({ max_seq_length: whole.nullish() });
const tokenizerSchema = z.looseObject({ model_max_length: z.number().positive().optional() });
const promptsSchema = z.looseObject({ prompts: z.record(z.string(), z.string()).default({}) });

/** In the words of sentence-transformers. The mean by the root of the length has the direction of the mean. */
const POOLINGS: Readonly<Record<string, Pooling>> = {
  mean: 'mean',
  mean_tokens: 'mean',
  mean_sqrt_len_tokens: 'mean',
  cls: 'cls',
  cls_token: 'cls',
  lasttoken: 'last',
};

/** Rejects with MODEL_FAILED where the files say something that cannot be used, or nothing that can. */
export async function describeModel(
  folder: string,
  { name, revision }: { readonly name: string; readonly revision: string },
): Promise<ModelRecipe> {
  const config = await required(join(folder, 'config.json'), configSchema);
  const dimensions = config.hidden_size ?? config.dim;
  if (dimensions === undefined) {
    const path = join(folder, 'config.json');
    throw unusable(`${path} does not give hidden_size, the length of the vectors, as a number`);
  }
  const modules = await optional(join(folder, 'modules.json'), modulesSchema);
  if (modules) requireKnownModules(folder, modules);
  const prompts = await readPrompts(folder);
  return {
    name,
    revision,
    dtype: await dtypeOf(folder),
    pooling: modules ? await readPooling(folder, modules) : 'mean',
    dimensions,
    maxTokens: Math.min(await longestText(folder, modules !== undefined), usablePositions(config)),
    ...prompts,
  };
}

function requireKnownModules(folder: string, modules: z.infer<typeof modulesSchema>): void {
  const known = ['Transformer', 'Pooling', 'Normalize'];
  const unknown = modules.map(({ type }) => typeName(type)).find((type) => !known.includes(type));
  if (unknown === undefined) return;
  throw unusable(
    `${join(folder, 'modules.json')} wants the step ${unknown}, of which Pharos has no ONNX file; it runs ${known.join(', ')}`,
  );
}

async function readPooling(folder: string, modules: z.infer<typeof modulesSchema>): Promise<Pooling> {
  const step = modules.find(({ type }) => typeName(type) === 'Pooling');
  if (!step) throw unusable(`${join(folder, 'modules.json')} has no step that pools`);
  const path = join(folder, step.path, 'config.json');
  const config = await required(path, poolingSchema);
  const modes = config.pooling_mode === undefined ? chosenModes(config) : [config.pooling_mode];
  const [mode = ''] = modes;
  const pooling = modes.length === 1 ? POOLINGS[mode] : undefined;
  if (!pooling) throw unusable(`${path} pools by ${modes.join(' and ') || 'nothing'}, which Pharos does not`);
  if (!config.include_prompt)
    throw unusable(`${path} leaves the prompt out of the pooling, which Pharos does not`);
  return pooling;
}

/** `pooling_mode_cls_token: true` and the like. */
function chosenModes(config: Readonly<Record<string, unknown>>): string[] {
  const prefix = 'pooling_mode_';
  return Object.entries(config)
    .filter(([name, value]) => name.startsWith(prefix) && value === true)
    .map(([name]) => name.slice(prefix.length));
}

async function longestText(folder: string, isDescribed: boolean): Promise<number> {
  if (!isDescribed) return USUAL_MAX_TOKENS;
  const told = await optional(join(folder, 'sentence_bert_config.json'), lengthSchema);
  if (told?.max_seq_length) return told.max_seq_length;
  const tokenizer = await required(join(folder, 'tokenizer_config.json'), tokenizerSchema);
  // Where nobody set it, this is an absurdly large number; the positions then bound it.
  return tokenizer.model_max_length ?? USUAL_MAX_TOKENS;
}

function usablePositions({ model_type = '', max_position_embeddings }: z.infer<typeof configSchema>): number {
  if (max_position_embeddings === undefined) return USUAL_MAX_TOKENS;
  return max_position_embeddings - (ROBERTA_FAMILY.has(model_type) ? UNUSED_POSITIONS : 0);
}

async function readPrompts(folder: string): Promise<Pick<ModelRecipe, 'queryPrefix' | 'documentPrefix'>> {
  const told = await optional(join(folder, 'config_sentence_transformers.json'), promptsSchema);
  const { query, document, passage } = told?.prompts ?? {};
  return { queryPrefix: query ?? '', documentPrefix: document ?? passage ?? '' };
}

/** The quantised weights where there are both: a quarter of the size, and faster on most processors. */
async function dtypeOf(folder: string): Promise<ModelRecipe['dtype']> {
  const [quantized, full] = await Promise.all([
    isThere(join(folder, WEIGHT_FILES.q8)),
    isThere(join(folder, WEIGHT_FILES.fp32)),
  ]);
  return !quantized && full ? 'fp32' : 'q8';
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** `sentence_transformers.models.Pooling` and its later addresses. */
function typeName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

async function required<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
  const value = await optional(path, schema);
  if (value === undefined) throw unusable(`There is no ${path}`);
  return value;
}

async function optional<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (cause instanceof SyntaxError) throw unusable(`${path} is not valid JSON`, cause);
    if (!(cause instanceof z.ZodError)) throw cause;
    const [issue] = cause.issues;
    throw unusable(`${path}: ${issue?.path.join('.')} ${issue?.message}`, cause);
  }
}

function unusable(message: string, cause?: unknown): AppError {
  const remedy = 'Choose a model that `pharos models` lists, or correct the files.';
  return new AppError('MODEL_FAILED', { message, remedy }, { cause });
}
