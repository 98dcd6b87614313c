/**
 * The package as somebody else gets it: packed, and installed in an empty folder that INSTALLED_PHAROS names. `.ci/run`
 * makes one. Nothing of this checkout is used but the compiler.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serving } from './serving.ts';

const FOLDER = process.env.INSTALLED_PHAROS ?? '';
const INSTALLED = join(FOLDER, 'node_modules/pharos-search');
const QUESTION = 'why do deep networks need skip connections';

const CLIENT = `
import { PharosClient } from 'pharos-search/client';
const pharos = new PharosClient({ url: process.argv[2] });
const { hits } = await pharos.search({ q: ${JSON.stringify(QUESTION)}, limit: 1 });
console.log(hits[0].paper.title);
`;

const BOTH = `
import { type AddReport, openPharos, type Pharos } from 'pharos-search';
import { PharosClient, PharosProblem, type Hit } from 'pharos-search/client';

declare const process: { readonly argv: readonly string[] };
declare const console: { log(...values: unknown[]): void };

const pharos: Pharos = await openPharos({ index: 'index' });
const report: AddReport = await pharos.add([{ title: 'Sorting with few comparisons', id: 'own-1' }]);
const { hits } = await pharos.related({ positive: ['1706.03762'], limit: 3 });
const first: Hit | undefined = hits[0];
const code = await new PharosClient({ url: process.argv[2] ?? '' })
  .search({ q: 'x', limit: 0 })
  .catch((error: unknown) => (error instanceof PharosProblem ? error.code : 'other'));
// @ts-expect-error There is no such mode.
const wrong = await pharos.search({ q: 'x', mode: 'lexical' }).catch(() => 'refused');
console.log(JSON.stringify({ added: report.added, similarity: first?.match.similarity, code, wrong }));
await pharos.close();
`;

const CONFIG = {
  compilerOptions: {
    ...{ target: 'ES2023', lib: ['ES2023', 'DOM'], module: 'NodeNext', types: [] },
    ...{
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
    },
  },
  files: ['both.mts'],
};

async function run(program: string, ...parameters: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, parameters, { cwd: FOLDER });
  return stdout;
}

describe.skipIf(FOLDER === '')('the package (skipped unless INSTALLED_PHAROS is set)', () => {
  let server: Serving;

  beforeAll(async () => {
    await rm(join(FOLDER, 'index'), { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    const program = join(INSTALLED, 'dist/cli/main.js');
    server = await serving(['--sample', '--index', 'index'], { program, cwd: FOLDER });
  });

  afterAll(() => server?.stop());

  it('holds what it needs and nothing of our own work', async () => {
    for (const path of [
      'models/all-MiniLM-L6-v2/onnx/model_quantized.onnx',
      'data/sample.jsonl',
      'LICENSE',
    ]) {
      expect(existsSync(join(INSTALLED, path))).toBe(true);
    }
    for (const path of ['src', 'tests', 'scripts', '.ci', 'index', '.cache', 'node_modules']) {
      expect(existsSync(join(INSTALLED, path))).toBe(false);
    }
  });

  it('answers by name on the command line, with its own model', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await run('npx', 'pharos', '--version')).toBe(`${version}\n`);
    expect(JSON.parse(await run('npx', 'pharos', 'status', '--json'))).toMatchObject({
      model: 'all-MiniLM-L6-v2',
      embedded: 423,
    });
    const answer = JSON.parse(await run('npx', 'pharos', 'search', QUESTION, '--limit', '1', '--json'));
    expect(answer.hits[0].paper.title).toBe('Deep Residual Learning for Image Recognition');
  });

  it('is imported by a plain program', async () => {
    await writeFile(join(FOLDER, 'client.mjs'), CLIENT);
    const printed = await run(process.execPath, 'client.mjs', server.url);
    expect(printed).toBe('Deep Residual Learning for Image Recognition\n');
  });

  it('is imported by a typed program, whose compiler reads all of its declarations', async () => {
    await writeFile(join(FOLDER, 'both.mts'), BOTH);
    await writeFile(join(FOLDER, 'tsconfig.json'), JSON.stringify(CONFIG));
    const compiler = resolve('node_modules/typescript/bin/tsc');
    expect(await run(process.execPath, compiler, '-p', '.').catch(({ stdout }) => stdout)).toBe('');
    const printed = JSON.parse(await run(process.execPath, 'both.mjs', server.url));
    expect(printed).toMatchObject({ added: 1, code: 'INPUT_INVALID', wrong: 'refused' });
    expect(printed.similarity).toBeGreaterThan(0.4);
  });

  it('can be asked for nothing but what it exports', async () => {
    const program = "import('pharos-search/dist/cli/run.js').catch(({ code }) => console.log(code))";
    await writeFile(join(FOLDER, 'inside.mjs'), program);
    expect(await run(process.execPath, 'inside.mjs')).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});
