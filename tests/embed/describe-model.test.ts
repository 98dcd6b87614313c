/** What is made of the files that sentence-transformers writes beside a model, and what is refused. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeModel } from '../../src/embed/describe-model.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pharos-describe-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const MODULES = [
  { idx: 0, path: '', type: 'sentence_transformers.models.Transformer' },
  { idx: 1, path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
  { idx: 2, path: '2_Normalize', type: 'sentence_transformers.models.Normalize' },
];
const FILES: Readonly<Record<string, unknown>> = {
  'config.json': { model_type: 'bert', hidden_size: 8, max_position_embeddings: 512 },
  'tokenizer_config.json': { model_max_length: 512 },
  'modules.json': MODULES,
  '1_Pooling/config.json': { pooling_mode_cls_token: false, pooling_mode_mean_tokens: true },
  'onnx/model_quantized.onnx': 'weights',
};

function recipeOf(changes: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(scratch, 'at-'));
  for (const [file, content] of Object.entries({ ...FILES, ...changes })) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return describeModel(folder, { name: 'owner/model', revision: 'abc' });
}

describe('describeModel', () => {
  it('reads pooling, length and prefixes as sentence-transformers describes them', async () => {
    const recipe = await recipeOf({
      'sentence_bert_config.json': { max_seq_length: 128, do_lower_case: false },
      'config_sentence_transformers.json': { prompts: { query: 'ask: ', document: 'tell: ' } },
    });
    expect(recipe).toEqual({
      name: 'owner/model',
      revision: 'abc',
      dtype: 'q8',
      pooling: 'mean',
      dimensions: 8,
      maxTokens: 128,
      queryPrefix: 'ask: ',
      documentPrefix: 'tell: ',
    });
  });

  it.each([
    [{ pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }, 'cls'],
    [{ pooling_mode_lasttoken: true }, 'last'],
    [{ pooling_mode_mean_sqrt_len_tokens: true }, 'mean'],
    [{ pooling_mode: 'cls' }, 'cls'],
    [{ pooling_mode: 'mean', word_embedding_dimension: 8 }, 'mean'],
  ])('pools as %j says: %s', async (pooling, expected) => {
    expect(await recipeOf({ '1_Pooling/config.json': pooling })).toMatchObject({ pooling: expected });
  });

  it('finds the pooling where modules.json says it is', async () => {
    const modules = MODULES.map((step) => (step.idx === 1 ? { ...step, path: 'elsewhere' } : step));
    const recipe = await recipeOf({
      'modules.json': modules,
      'elsewhere/config.json': { pooling_mode_cls_token: true },
    });
    expect(recipe).toMatchObject({ pooling: 'cls' });
  });

  it.each([
    ['the tokeniser, where nothing else does', { 'tokenizer_config.json': { model_max_length: 64 } }, 64],
    [
      'the positions, where nobody set a length',
      { 'tokenizer_config.json': { model_max_length: 1e30 } },
      512,
    ],
    [
      'the positions that RoBERTa can use',
      {
        'config.json': { model_type: 'xlm-roberta', hidden_size: 8, max_position_embeddings: 514 },
        'tokenizer_config.json': { model_max_length: 1e30 },
      },
      512,
    ],
    ['a cautious guess, where there is no description', { 'modules.json': undefined }, 256],
  ])('bounds texts by %s', async (_, changes, maxTokens) => {
    expect(await recipeOf(changes)).toMatchObject({ maxTokens });
  });

  it('reads what DistilBERT calls its width, and full weights where there are no others', async () => {
    const changes = {
      'config.json': { model_type: 'distilbert', dim: 12, max_position_embeddings: 512 },
      'onnx/model_quantized.onnx': undefined,
      'onnx/model.onnx': 'weights',
    };
    expect(await recipeOf(changes)).toMatchObject({ dimensions: 12, dtype: 'fp32' });
  });

  it.each([
    [
      'a step without an ONNX file',
      { 'modules.json': [...MODULES, { path: '3_Dense', type: 'sentence_transformers.models.Dense' }] },
      'Dense',
    ],
    ['no pooling at all', { 'modules.json': MODULES.slice(0, 1) }, 'no step that pools'],
    [
      'two poolings side by side',
      { '1_Pooling/config.json': { pooling_mode_cls_token: true, pooling_mode_mean_tokens: true } },
      'cls_token and mean_tokens',
    ],
    ['a pooling nobody knows', { '1_Pooling/config.json': { pooling_mode: 'weightedmean' } }, 'weightedmean'],
    [
      'a prompt that is not pooled',
      { '1_Pooling/config.json': { pooling_mode: 'mean', include_prompt: false } },
      'prompt',
    ],
    ['a pooling that is not there', { '1_Pooling/config.json': undefined }, '1_Pooling'],
    ['a description that is no JSON', { 'modules.json': '[' }, 'is not valid JSON'],
    [
      'a length that is no number',
      { 'sentence_bert_config.json': { max_seq_length: 'x' } },
      'max_seq_length',
    ],
  ])('refuses %s', async (_, changes, complaint) => {
    await expect(recipeOf(changes)).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringContaining(complaint),
      remedy: expect.stringContaining('pharos models'),
    });
  });
});
