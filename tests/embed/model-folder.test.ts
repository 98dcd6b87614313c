/** What a folder must hold to be a model, what is made of one nobody described, and what identifies it. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readModelFolder } from '../../src/embed/model-folder.ts';
import { identifyModel } from '../../src/embed/model-identity.ts';
import { RECORD_FILE } from '../../src/embed/model-record.ts';
import { TEXT_TEMPLATE } from '../../src/paper/embedded-text.ts';

const scratch = mkdtempSync(join(tmpdir(), 'pharos-model-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const FILES = {
  'config.json': '{"hidden_size": 8, "max_position_embeddings": 128}',
  'tokenizer.json': '{}',
  'tokenizer_config.json': '{}',
  'onnx/model_quantized.onnx': 'weights',
};

function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(mkdtempSync(join(scratch, 'at-')), name);
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

async function fingerprintOf(folder: string): Promise<string> {
  return (await identifyModel(await readModelFolder(folder))).fingerprint;
}

describe('readModelFolder', () => {
  it('names the folder that is not there', async () => {
    const missing = join(scratch, 'nowhere');
    await expect(readModelFolder(missing)).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining(missing),
      remedy: expect.stringContaining('--model'),
    });
  });

  it.each(Object.keys(FILES))('names the file that is not there: %s', async (file) => {
    const folder = folderWith('partial', FILES);
    rmSync(join(folder, file));
    await expect(readModelFolder(folder)).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining(join(folder, file)),
    });
  });

  it('knows a preset by the name of its folder, however it is written', async () => {
    const { recipe } = await readModelFolder(folderWith('ALL-minilm-L6-v2', FILES));
    expect(recipe).toMatchObject({ name: 'all-MiniLM-L6-v2', dimensions: 384, maxTokens: 256 });
  });

  it('reads what it can from the configuration of a model nobody described', async () => {
    const folder = folderWith('my model', FILES);
    const { recipe } = await readModelFolder(folder);
    expect(recipe).toMatchObject({ name: basename(folder), dimensions: 8, maxTokens: 128, pooling: 'mean' });
  });

  it.each([['no JSON'], ['{}'], ['[]'], ['null'], ['{"hidden_size": "8"}']])(
    'refuses the configuration %s',
    async (config) => {
      const folder = folderWith('odd', { ...FILES, 'config.json': config });
      await expect(readModelFolder(folder)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
    },
  );
});

describe('the record of a fetched model', () => {
  const HASH = createHash('sha256').update(FILES['onnx/model_quantized.onnx']).digest('hex');
  const record = (sha256: string) => ({
    name: 'owner/other',
    hubId: 'owner/other',
    revision: 'abc',
    files: { 'onnx/model_quantized.onnx': { bytes: 7, sha256 } },
  });

  it('says what the model is called, whatever its folder is', async () => {
    const folder = folderWith('copied', { ...FILES, [RECORD_FILE]: JSON.stringify(record(HASH)) });
    expect(await identifyModel(await readModelFolder(folder))).toMatchObject({
      name: 'owner/other',
      revision: 'abc',
    });
  });

  it('is held against the files', async () => {
    const folder = folderWith('changed', { ...FILES, [RECORD_FILE]: JSON.stringify(record('0'.repeat(64))) });
    await expect(fingerprintOf(folder)).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringContaining('model_quantized.onnx is not the file that was fetched'),
    });
  });

  it('is not guessed at when it cannot be read', async () => {
    const folder = folderWith('torn', { ...FILES, [RECORD_FILE]: '{"name": "owner/o' });
    await expect(readModelFolder(folder)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });
});

describe('identifyModel', () => {
  it('gives the same fingerprint wherever the folder lies', async () => {
    const folder = folderWith('mine', FILES);
    const copy = join(mkdtempSync(join(scratch, 'copy-')), 'mine');
    cpSync(folder, copy, { recursive: true });
    expect(await fingerprintOf(copy)).toBe(await fingerprintOf(folder));
  });

  it.each([
    ['the weights', { 'onnx/model_quantized.onnx': 'weightz' }],
    ['the tokeniser', { 'tokenizer.json': '{ }' }],
    ['the length of the vectors', { 'config.json': '{"hidden_size": 16, "max_position_embeddings": 128}' }],
    ['the longest text', { 'config.json': '{"hidden_size": 8, "max_position_embeddings": 64}' }],
  ])('changes with %s', async (_, change) => {
    const before = await fingerprintOf(folderWith('mine', FILES));
    expect(await fingerprintOf(folderWith('mine', { ...FILES, ...change }))).not.toBe(before);
  });

  it('says what stands between title and abstract where a model was trained on something else', async () => {
    const identity = await identifyModel(await readModelFolder(folderWith('specter2', FILES)));
    expect(identity.textTemplate).toBe('title[SEP]abstract');
  });

  it('says all that vectors depend on', async () => {
    const identity = await identifyModel(await readModelFolder(folderWith('all-MiniLM-L6-v2', FILES)));
    expect(identity).toEqual({
      name: 'all-MiniLM-L6-v2',
      revision: '53aa51172d14',
      dtype: 'q8',
      dimensions: 384,
      pooling: 'mean',
      maxTokens: 256,
      queryPrefix: '',
      documentPrefix: '',
      textTemplate: TEXT_TEMPLATE,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
