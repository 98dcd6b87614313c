/**
 * `npm run bench -- NAME [--json] [--save]`: runs a benchmark and prints its result. With --save the result goes to
 * docs/benchmarks/NAME.json with the machine, the commit and the corpus it was measured on.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBenchCorpus } from './bench/bench-corpus.ts';
import type { BenchResult } from './bench/bench-result.ts';

const ROOT = resolve(import.meta.dirname, '..');

const BENCHMARKS: Readonly<Record<string, () => Promise<BenchResult>>> = {
  embed: async () => (await import('./bench/embed.ts')).benchEmbed(),
  build: async () => (await import('./bench/build.ts')).benchBuild(),
  search: async () => (await import('./bench/search.ts')).benchSearch(),
  scale: async () => (await import('./bench/scale.ts')).benchScale(),
  start: async () => (await import('./bench/start.ts')).benchStart(),
  memory: async () => (await import('./bench/memory.ts')).benchMemory(),
  ingest: async () => (await import('./bench/ingest.ts')).benchIngest(),
  http: serveAndLoad,
  overload: serveAndOverload,
  pages: serveAndRead,
  sync: async () => (await import('./bench/sync.ts')).benchSync(),
  'ann-recall': async () => (await import('./bench/ann-recall.ts')).benchAnnRecall(),
};

async function serveAndLoad(): Promise<BenchResult> {
  const { benchHttp } = await import('./bench/http.ts');
  const { benchIndex } = await import('./bench/bench-index.ts');
  const papers = 100_000;
  const results = await benchHttp({ index: await benchIndex(papers) });
  return { settings: { papers, connections: results.connections }, results };
}

async function serveAndOverload(): Promise<BenchResult> {
  const { benchOverload } = await import('./bench/overload.ts');
  const { benchIndex } = await import('./bench/bench-index.ts');
  const papers = 100_000;
  const results = await benchOverload({ index: await benchIndex(papers) });
  return { settings: { papers }, results };
}

async function serveAndRead(): Promise<BenchResult> {
  const { benchPages } = await import('./bench/pages.ts');
  const { benchIndex } = await import('./bench/bench-index.ts');
  const papers = 100_000;
  const results = await benchPages({ index: await benchIndex(papers) });
  return { settings: { papers, mode: 'hybrid' }, results };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, save: { type: 'boolean', default: false } },
});

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function circumstances(name: string) {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  return {
    benchmark: name,
    date: new Date().toISOString().slice(0, 10),
    commit:
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', 'src') === '' ? '' : ' with changes'),
    machine: {
      processor: cpus()[0]?.model.trim(),
      cores: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    corpus: { file: 'arxiv-100k.jsonl.gz', sha256: openBenchCorpus(0).sha256 },
  };
}

const name = positionals[0] ?? fail(`Name a benchmark: ${Object.keys(BENCHMARKS).join(', ')}`);
const run =
  BENCHMARKS[name] ?? fail(`There is no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
if (!existsSync(resolve(ROOT, '../shared')))
  fail('The benchmarks need the papers of ../shared, which is not there.');

const report = { ...circumstances(name), ...(await run()) };
if (values.save) {
  mkdirSync(resolve(ROOT, 'docs/benchmarks'), { recursive: true });
  writeFileSync(resolve(ROOT, `docs/benchmarks/${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
}
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
