/** Which model a command works with, where it comes from, and what an index remembers of it. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StandInHub, startHub } from '../hub/stand-in-hub.ts';
import { type RunOptions, runCli } from './test-io.ts';

const MODEL = resolve(import.meta.dirname, '../../models/all-MiniLM-L6-v2');
const WEIGHTS = 'onnx/model_quantized.onnx';
const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', WEIGHTS];
/** Loading the model in several threads takes seconds on a busy machine. */
const LOADING_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'pharos-cli-models-'));
const file = join(folder, 'papers.jsonl');
let hub: StandInHub;

beforeAll(async () => {
  const papers = [
    {
      id: '1706.03762',
      title: 'Attention Is All You Need',
      abstract: 'A network for translation without recurrence.',
    },
    {
      id: '1602.03837',
      title: 'Observation of Gravitational Waves',
      abstract: 'Two detectors saw a transient.',
    },
  ];
  writeFileSync(file, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  // The bundled model under another name, which describes itself as sentence-transformers do.
  hub = await startHub({
    hubId: 'stand/in',
    files: {
      ...Object.fromEntries(NEEDED.map((path) => [path, readFileSync(join(MODEL, path))])),
      'modules.json': JSON.stringify([
        { path: '', type: 'sentence_transformers.models.Transformer' },
        { path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
      ]),
      '1_Pooling/config.json': '{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}',
      'config_sentence_transformers.json': '{"prompts": {"query": "ask: "}}',
    },
  });
});

afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A world of its own: an empty index and an empty cache. */
function world(name: string) {
  const [index, models] = [join(folder, name, 'index'), join(folder, name, 'models')];
  const environment = {
    PHAROS_INDEX: index,
    PHAROS_MODELS_DIR: models,
    PHAROS_MODEL: '',
    PHAROS_THREADS: '1',
    HF_ENDPOINT: hub.url,
  };
  const pharos = (parameters: readonly string[], options: RunOptions = {}) =>
    runCli(parameters, { ...options, environment: { ...environment, ...options.environment } });
  const status = async () => JSON.parse((await pharos(['status', '--json'])).stdout);
  return { index, models, pharos, status };
}

describe('pharos models', () => {
  it('lists what is known with what is here', async () => {
    const { pharos } = world('list');
    const { stdout } = await pharos(['models']);
    expect(stdout).toMatch(/^all-MiniLM-L6-v2 {2}here\n/);
    expect(stdout).toMatch(/^bge-small-en-v1.5 {2}not fetched\n {2}size +34.7 MB · 384 dimensions/m);
    expect(stdout).toContain('questions "query: ", papers "passage: "');
    expect(stdout).toMatch(/93 languages/);
    const listed = JSON.parse((await pharos(['models', '--json'])).stdout);
    expect(listed[0]).toMatchObject({
      name: 'all-MiniLM-L6-v2',
      present: true,
      inUse: false,
      bytes: expect.any(Number),
    });
    expect(listed.map(({ name }: { name: string }) => name)).toContain('specter2');
  });

  it(
    'says which one the index was made with',
    async () => {
      const { pharos } = world('in-use');
      await pharos(['add', file]);
      expect((await pharos(['models'])).stdout).toMatch(/^all-MiniLM-L6-v2 {2}here · in use\n/);
    },
    LOADING_MS,
  );

  it('fetches ahead of use, and does nothing the second time', async () => {
    const { pharos, models } = world('ahead');
    const first = await pharos(['models', 'fetch', 'stand/in', '--json']);
    expect(first, first.stderr).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toContain(`Fetching the model stand/in from ${hub.url}.`);
    const [fetched] = JSON.parse(first.stdout);
    expect(fetched.folder.startsWith(join(models, 'stand--in@'))).toBe(true);
    expect(readFileSync(join(fetched.folder, WEIGHTS)).equals(readFileSync(join(MODEL, WEIGHTS)))).toBe(true);
    hub.asked.length = 0;
    expect(await pharos(['models', 'fetch', 'stand/in'])).toMatchObject({
      exitCode: 0,
      stdout: `stand/in is in ${fetched.folder}\n`,
      stderr: '',
    });
    expect(hub.asked).toEqual([]);
  });

  it('draws a bar on a terminal', async () => {
    const { pharos } = world('bar');
    const { stderr } = await pharos(['models', 'fetch', 'stand/in'], { isTerminal: true });
    expect(stderr).toMatch(/░|█/);
    expect(stderr).toMatch(/MB of 2\d\.\d MB/);
  });

  it('tells how to do without a network', async () => {
    const { pharos, models } = world('offline');
    // Nobody listens on the port of discarded packets.
    const offline = await pharos(['models', 'fetch', 'gte-small', '--hub', 'http://127.0.0.1:9']);
    expect(offline.exitCode).toBe(1);
    expect(offline.stderr).toMatch(
      /pharos: gte-small: http:\/\/127\.0\.0\.1:9 cannot be reached: .*\nhint: .*by hand.*--model/,
    );
    expect(readdirSync(models)).toEqual([]);
  });

  it.each([
    [['models', 'fetch', 'gte-smal'], 'Did you mean gte-small?'],
    [['models', 'fetch', 'no/such'], 'There is no model no/such'],
    [['models', 'fetch', 'gte-small'], 'There is no model Xenova/gte-small'],
    [['search', 'x', '--model', './nowhere'], 'neither a known name nor a folder'],
  ])('refuses %j', async (parameters, complaint) => {
    const outcome = await world('refused').pharos(parameters);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(complaint) });
  });
});

describe('an index', { timeout: LOADING_MS }, () => {
  it('remembers a model of the hub, which describes itself, and finds it again without being told', async () => {
    const { index, pharos, status } = world('remembered');
    const added = await pharos(['add', file, '--model', 'stand/in']);
    expect(added, added.stderr).toMatchObject({ exitCode: 0 });
    expect(await status()).toMatchObject({ model: 'stand/in', embedded: 2 });
    const manifest = JSON.parse(readFileSync(join(index, 'manifest.json'), 'utf8'));
    expect(manifest.model).toMatchObject({ pooling: 'cls', queryPrefix: 'ask: ', dimensions: 384 });
    expect(manifest.model.source).toMatch(/^stand\/in@[0-9a-f]{40}$/);
    hub.asked.length = 0;
    const question = ['search', 'ripples in spacetime', '--mode', 'semantic', '--json'];
    const found = await pharos(question);
    expect(found, found.stderr).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(found.stdout).hits[0].paper.id).toBe('1602.03837');
    const again = await pharos(['add', '-', '--json'], { stdin: '{"id":"x1","title":"Another"}\n' });
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 1, embedded: 1 });
    expect(hub.asked).toEqual([]);
    const other = await pharos([...question, '--model', 'all-MiniLM-L6-v2']);
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toMatch(
      /was made with the model stand\/in .*\nhint: .*Leave out --model.*pharos rebuild --model/,
    );
  });

  it('fetches its model where it has been brought without it, the very commit', async () => {
    const { pharos } = world('remembered');
    const models = join(folder, 'elsewhere');
    const found = await pharos(['search', 'waves', '--json'], { environment: { PHAROS_MODELS_DIR: models } });
    expect(found, found.stderr).toMatchObject({ exitCode: 0 });
    expect(found.stderr).toContain('Fetching the model stand/in');
    expect(hub.asked.some(({ path }) => path.includes('/resolve/main/'))).toBe(false);
  });

  it('remembers a folder, and says what to do when it is gone', async () => {
    const { pharos } = world('folder');
    const { models } = world('ahead');
    const [name = ''] = readdirSync(models);
    const own = join(folder, 'my-model');
    cpSync(join(models, name), own, { recursive: true });
    expect(await pharos(['add', file, '--model', own])).toMatchObject({ exitCode: 0 });
    expect(await pharos(['search', 'waves'])).toMatchObject({ exitCode: 0 });
    rmSync(own, { recursive: true });
    const gone = await pharos(['search', 'waves']);
    expect(gone.exitCode).toBe(1);
    expect(gone.stderr).toMatch(/my-model, which is not there.*\nhint: Name its folder with --model/);
  });

  it('refuses other files under the same name', async () => {
    const { models, pharos } = world('remembered');
    const [name = ''] = readdirSync(models);
    const tokenizer = join(models, name, 'tokenizer.json');
    const before = readFileSync(tokenizer, 'utf8');
    writeFileSync(tokenizer, before.replace('{', '{ '));
    const outcome = await pharos(['search', 'waves']);
    writeFileSync(tokenizer, before);
    expect(outcome).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is not the file that was fetched'),
    });
  });
});

describe('pharos rebuild --model', { timeout: LOADING_MS }, () => {
  it('embeds all papers anew, and then there is nothing more to do', async () => {
    const { pharos, status } = world('rebuilt');
    await pharos(['add', file, '--model', 'hashing']);
    const rebuilt = await pharos(['rebuild', '--model', 'all-MiniLM-L6-v2', '--json']);
    expect(rebuilt, rebuilt.stderr).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ papers: 2, embedded: 2, model: 'all-MiniLM-L6-v2' });
    expect(await status()).toMatchObject({ model: 'all-MiniLM-L6-v2', embedded: 2, dimensions: 384 });
    expect(await pharos(['verify'])).toMatchObject({ exitCode: 0 });
    const found = await pharos(['search', 'ripples in spacetime', '--mode', 'semantic', '--json']);
    expect(JSON.parse(found.stdout).hits[0].paper.id).toBe('1602.03837');
    const again = await pharos(['rebuild', '--model', 'all-MiniLM-L6-v2', '--json']);
    expect(again.stderr).toContain('already');
    expect(JSON.parse(again.stdout)).toMatchObject({ embedded: 0 });
  });

  it('does not change the model for one in the environment', async () => {
    const { pharos, status } = world('kept');
    await pharos(['add', file, '--model', 'hashing']);
    await pharos(['rebuild'], { environment: { PHAROS_MODEL: 'all-MiniLM-L6-v2' } });
    expect(await status()).toMatchObject({ model: 'hashing' });
  });

  it('keeps what it did when it is interrupted', async () => {
    const { pharos, status } = world('stopped');
    await pharos(['add', file, '--model', 'hashing']);
    const stopped = await pharos(['rebuild', '--model', 'all-MiniLM-L6-v2'], { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/Interrupted with \d of 2 papers/),
    });
    expect(await status()).toMatchObject({ model: 'hashing', embedded: 2 });
  });

  it('wants an index', async () => {
    const { models, pharos } = world('none');
    expect(await pharos(['rebuild', '--model', 'stand/in'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('There is no index'),
    });
    expect(existsSync(models)).toBe(false);
  });
});
