/** The bundled model at work: what its vectors are like, and that texts, signals and ends are handled as promised. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from '@xenova/transformers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silenceRuntime } from '../../src/embed/silent-runtime.ts';
import { openTransformerEmbedder, type TransformerEmbedder } from '../../src/embed/transformer-embedder.ts';
import { dot, lengthOf } from './cosine.ts';

const MODEL_FOLDER = resolve(import.meta.dirname, '../../models/all-MiniLM-L6-v2');

const ATTENTION =
  'Attention is all you need\nThe dominant sequence transduction models are based on complex recurrent or ' +
  'convolutional networks. We propose the Transformer, based solely on attention mechanisms.';
const GALAXIES =
  'Supermassive black holes and the evolution of galaxies\nObservations show that the mass of the central black ' +
  'hole follows the velocity dispersion of the bulge.';
const ODD_TEXTS = [
  '',
  ' \n\t ',
  '…?!',
  '\ud800 half a surrogate \udc00',
  '\u0000\u0007\u200b\ufeff',
  '量子コンピュータによる素因数分解',
  'اختبار النص العربي',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧‍👦 e\u0301\u0323 ﬁ',
  '[SEP] [PAD] [CLS] [MASK] [UNK]',
  `${'x'.repeat(5_000)} and more`,
];

/** From sources every worker compiles its modules first, which takes seconds on a busy machine. */
const LOADING_MS = 60_000;

let embedder: TransformerEmbedder;

beforeAll(async () => {
  embedder = await openTransformerEmbedder({ modelFolder: MODEL_FOLDER, workers: 2 });
  await embedder.warmUp();
}, LOADING_MS);

afterAll(() => embedder.close());

async function embedOne(text: string): Promise<Float32Array> {
  const [vector] = await embedder.embedDocuments([text]);
  return vector ?? expect.fail('no vector');
}

describe('vectors of the bundled model', () => {
  it('have unit length', async () => {
    for (const vector of await embedder.embedDocuments([ATTENTION, GALAXIES])) {
      expect(vector).toHaveLength(384);
      expect(lengthOf(vector)).toBeCloseTo(1, 5);
    }
  });

  it('are near where texts mean the same in other words', async () => {
    const question = await embedder.embedQuery('a neural architecture without recurrence');
    const [near, far] = await embedder.embedDocuments([ATTENTION, GALAXIES]);
    if (!near || !far) expect.fail('no vectors');
    expect(dot(question, near)).toBeGreaterThan(dot(question, far) + 0.2);
  });

  it('do not depend on the texts beside them, their order or the thread', async () => {
    const texts = [ATTENTION, 'a', GALAXIES, ATTENTION, 'b '.repeat(300), GALAXIES, 'short title'];
    const together = await embedder.embedDocuments(texts);
    for (const [at, text] of texts.entries()) {
      expect(dot(together[at] ?? new Float32Array(), await embedOne(text))).toBeCloseTo(1, 6);
    }
    const reversed = await embedder.embedDocuments(texts.toReversed());
    expect(reversed.toReversed()).toEqual(together);
  });

  it('are those of the plain feature-extraction pipeline', async () => {
    silenceRuntime();
    const plain = await pipeline('feature-extraction', MODEL_FOLDER, { dtype: 'q8', local_files_only: true });
    for (const text of [ATTENTION, GALAXIES, 'einzelnes Wort']) {
      const { data } = await plain(text, { pooling: 'mean', normalize: true });
      expect(dot(await embedOne(text), Float32Array.from(data as Float32Array))).toBeGreaterThan(0.9999);
    }
    await plain.dispose();
  });

  it('read the beginning of a long text only, and read it quickly', async () => {
    const beginning = 'Deep learning for protein folding. '.repeat(100);
    const begun = performance.now();
    const whole = await embedOne(beginning + 'and something else entirely '.repeat(40_000));
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(dot(whole, await embedOne(beginning))).toBeCloseTo(1, 6);
  });

  it('exist for every text there can be', async () => {
    for (const vector of await embedder.embedDocuments(ODD_TEXTS)) {
      expect(lengthOf(vector)).toBeCloseTo(1, 5);
    }
  });
});

describe('openTransformerEmbedder', { timeout: LOADING_MS }, () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'pharos embedder '));
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  /** The bundled model under another name, with files replaced. */
  function changedModel(name: string, changes: Readonly<Record<string, string>>): string {
    const folder = join(scratch, name);
    mkdirSync(join(folder, 'onnx'), { recursive: true });
    for (const file of [
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/model_quantized.onnx',
    ]) {
      const change = changes[file];
      if (change === undefined) symlinkSync(join(MODEL_FOLDER, file), join(folder, file));
      else writeFileSync(join(folder, file), change);
    }
    return folder;
  }

  it('rejects with MODEL_MISSING where there is no model', async () => {
    const missing = openTransformerEmbedder({ modelFolder: join(scratch, 'none') });
    await expect(missing).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  });

  it('runs a model that has no preset, from a path with spaces', async () => {
    const own = await openTransformerEmbedder({ modelFolder: changedModel('my own model', {}), workers: 1 });
    expect(own.model).toMatchObject({ name: 'my own model', dimensions: 384 });
    expect(await own.embedQuery('question')).toEqual(await embedder.embedQuery('question'));
    await own.close();
  });

  it('puts the prefixes of a preset before questions and papers, each its own', async () => {
    const e5 = await openTransformerEmbedder({ modelFolder: changedModel('e5-small-v2', {}), workers: 1 });
    expect(e5.model).toMatchObject({ queryPrefix: 'query: ', documentPrefix: 'passage: ' });
    expect(await e5.embedQuery('deep nets')).toEqual(await embedder.embedQuery('query: deep nets'));
    expect(await e5.embedDocuments(['deep nets'])).toEqual([await embedOne('passage: deep nets')]);
    await e5.close();
  });

  it('takes the first token of a preset that pools by it, and instructs questions only', async () => {
    const bge = await openTransformerEmbedder({
      modelFolder: changedModel('bge-small-en-v1.5', {}),
      workers: 1,
    });
    const plain = await pipeline('feature-extraction', MODEL_FOLDER, { dtype: 'q8', local_files_only: true });
    const byFirstToken = async (text: string) => {
      const { data } = await plain(text, { pooling: 'cls', normalize: true });
      return Float32Array.from(data as Float32Array);
    };
    const [paper] = await bge.embedDocuments(['deep nets']);
    expect(dot(paper ?? new Float32Array(), await byFirstToken('deep nets'))).toBeGreaterThan(0.9999);
    const instruction = 'Represent this sentence for searching relevant passages: ';
    const question = await bge.embedQuery('deep nets');
    expect(dot(question, await byFirstToken(`${instruction}deep nets`))).toBeGreaterThan(0.9999);
    expect(dot(question, await embedder.embedQuery(`${instruction}deep nets`))).toBeLessThan(0.999);
    await Promise.all([bge.close(), plain.dispose()]);
  });

  it.each([
    ['whose weights are none', { 'onnx/model_quantized.onnx': 'not a model' }],
    ['whose tokeniser is none', { 'tokenizer.json': '{"model": 7}' }],
    [
      'that gives vectors of another length',
      { 'config.json': '{"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 100}' },
    ],
  ])('rejects calls with MODEL_FAILED for a model %s', async (name, changes) => {
    const broken = await openTransformerEmbedder({ modelFolder: changedModel(name, changes), workers: 1 });
    await expect(broken.embedDocuments(['a', 'b', 'c'])).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringContaining(name),
    });
    await broken.close();
  });
});

describe('a TransformerEmbedder', { timeout: LOADING_MS }, () => {
  it('answers no text with no vectors', async () => {
    expect(await embedder.embedDocuments([])).toEqual([]);
  });

  it('rejects with INTERRUPTED as soon as the signal aborts, and works on', async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 200 }, () => ATTENTION.repeat(4));
    const work = embedder.embedDocuments(texts, { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    const begun = performance.now();
    await expect(work).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await embedder.embedQuery('still there?');
    // The texts would take many seconds.
    expect(performance.now() - begun).toBeLessThan(3_000);
    const late = embedder.embedDocuments(['text'], { signal: controller.signal });
    await expect(late).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('answers many questions at once as it answers them one by one', async () => {
    const questions = Array.from({ length: 12 }, (_, at) => `what is known about topic ${at}?`);
    const together = await Promise.all(questions.map((question) => embedder.embedQuery(question)));
    for (const [at, question] of questions.entries()) {
      expect(await embedder.embedQuery(question)).toEqual(together[at]);
    }
  });

  it('answers questions before the papers that wait', async () => {
    const order: string[] = [];
    const papers = embedder.embedDocuments(Array.from({ length: 24 }, () => ATTENTION.repeat(4)));
    await Promise.all([
      papers.then(() => order.push('papers')),
      embedder.embedQuery('first question').then(() => order.push('question')),
      embedder.embedQuery('second question').then(() => order.push('question')),
    ]);
    expect(order).toEqual(['question', 'question', 'papers']);
  });

  it('tells the runtime to report nothing to anybody', () => {
    expect(process.env.ORT_DISABLE_TELEMETRY).toBe('1');
  });

  it('can be closed twice, at work, while loading and unused, and then refuses', async () => {
    const unused = await openTransformerEmbedder({ modelFolder: MODEL_FOLDER, workers: 1 });
    await unused.close();
    const busy = await openTransformerEmbedder({ modelFolder: MODEL_FOLDER, workers: 1 });
    const loading = expect(busy.embedQuery('asked')).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await Promise.all([busy.close(), busy.close()]);
    await loading;
    await expect(busy.embedQuery('late')).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(busy.embedDocuments(['late'])).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
