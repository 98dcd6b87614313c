/** The examples of docs/library.md, run as they stand: against the built package, by its name. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serving } from './serving.ts';

const run = promisify(execFile);
const PROGRAM = resolve('dist/cli/main.js');
const DOCUMENT = await readFile('docs/library.md', 'utf8');
/** What each example prints, by the method that it shows. */
const PRINTS = [
  ['for (const { rank, paper, match } of answer.hits)', /^1 .*Residual.*\n2 /],
  ['years.set(year', /^Map\(\d+\) \{\s+'(19|20)\d\d' => \d+,/],
  ["fields: ['title', 'score']", /^(true .+\n){2}@\w+\{[\s\S]+\}\n+$/],
  ['added.rows', /^1 added\n2 .*title.*\nfound by its meaning\n\[ '2601\.00001' \]\n$/],
  ['papers(), { batchSize', /^100 up to row 100\n100 up to row 200\n50 up to row 250\n$/],
  ['limit: 500', /^INPUT_INVALID\n\/limit limit must be at most 100/],
  ["positive: ['1706.03762'], limit: 5", /^(\S+ .+ -?[\d.]+\n){5}$/],
  ["index: 'my-papers'", /^2 2 \[\]\nDeep Residual Learning for Image Recognition\n$/],
] as const;

let folder = '';
let server: Awaited<ReturnType<typeof serving>>;

function examples(language: string): string[] {
  const fence = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g');
  return [...DOCUMENT.matchAll(fence)].map(([, block = '']) =>
    block.replaceAll('http://127.0.0.1:7433', server.url),
  );
}

beforeAll(async () => {
  // Inside the package, so that it finds itself by its name.
  await mkdir('.cache', { recursive: true });
  folder = await mkdtemp(resolve('.cache/library-'));
  const index = join(folder, 'index');
  await run(process.execPath, [PROGRAM, 'add', 'data/sample.jsonl', '--index', index, '--model', 'hashing']);
  server = await serving(['--index', index]);
});

afterAll(async () => {
  server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('docs/library.md', () => {
  it('has JavaScript that prints what it should', async () => {
    const programs = examples('js');
    expect(programs).toHaveLength(PRINTS.length);
    for (const [at, program] of programs.entries()) {
      const printed = PRINTS.filter(([part]) => program.includes(part)).map(([, pattern]) => pattern);
      expect(printed).toHaveLength(1);
      const file = join(folder, `example-${at}.mjs`);
      await writeFile(file, program);
      const { stdout, stderr } = await run(process.execPath, [file], { cwd: folder });
      expect(stdout).toMatch(printed[0] ?? '');
      expect(stderr).toBe('');
    }
  });

  it('has TypeScript that compiles strictly and runs', async () => {
    const [program = '', ...others] = examples('ts');
    expect(others).toEqual([]);
    await writeFile(join(folder, 'example.mts'), program);
    const options = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
    const module = ['--module', 'NodeNext', '--target', 'ES2023', '--lib', 'ES2023,DOM', '--types', ''];
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const args = [compiler, ...options, ...module, '--ignoreConfig', 'example.mts'];
    const compiled = await run(process.execPath, args, { cwd: folder }).catch((error) => error);
    expect(compiled.stdout).toBe('');
    const { stdout } = await run(process.execPath, ['example.mjs'], { cwd: folder });
    const [here, there] = stdout.trim().split('\n');
    expect(here).toMatch(/^.{10,} -?[\d.]+$/);
    expect(here).toBe(there);
  });
});
