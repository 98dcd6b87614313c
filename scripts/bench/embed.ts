/**
 * Papers embedded a second, against ONNX Runtime called directly on the same texts in the same run, and what a
 * question costs. All arrangements take turns within a round, so that a busy machine slows them alike; what counts
 * is the median of the ratios of the rounds.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AutoTokenizer } from '@xenova/transformers';
import type { TransformerEmbedder } from '../../src/embed/transformer-embedder.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import { BareRuntime } from './bare-runtime.ts';
import { benchQuestions } from './bench-corpus.ts';
import type { BenchResult } from './bench-result.ts';
import { bundledModelIdentity, MODEL_FOLDER, openBundledEmbedder } from './bundled-model.ts';
import { latencyOf, median, round } from './measure.ts';

const CORPUS = resolve(import.meta.dirname, '../../../shared/corpora/ml-1000.jsonl.gz');
const WEIGHTS = join(MODEL_FOLDER, 'onnx/model_quantized.onnx');
const USUAL_BATCH = 16;

export interface EmbedBenchOptions {
  /** Papers of one turn. */
  readonly papers?: number;
  readonly rounds?: number;
  readonly questions?: number;
}

interface Arrangement {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

export async function benchEmbed({
  papers = 40,
  rounds = 9,
  questions = 200,
}: EmbedBenchOptions = {}): Promise<BenchResult> {
  const workers = availableParallelism();
  const texts = readTexts(papers);
  const rows = await tokenRows(texts, (await bundledModelIdentity()).maxTokens);
  const alone = rows.map((row) => [row]);
  return withEmbedder(workers, async (embedder) => {
    const spread = await BareRuntime.open({ weights: WEIGHTS, workers, threads: 1 });
    const single = await BareRuntime.open({ weights: WEIGHTS, workers: 1, threads: workers });
    const rates = await takeTurns(
      [
        { name: 'pharos', run: () => embedder.embedDocuments(texts) },
        { name: 'runtimeInWorkers', run: () => spread.run(alone) },
        { name: 'runtimeOneSession', run: () => single.run(alone) },
        { name: 'runtimeOneSessionBatched', run: () => single.run(batchesOf(rows, USUAL_BATCH)) },
      ],
      { rounds, papers },
    );
    await Promise.all([spread.close(), single.close()]);
    const question = await questionLatencies(embedder, benchQuestions().slice(0, questions));
    return {
      settings: { corpus: 'ml-1000', papers, rounds, workers, questions, meanTokens: meanLength(rows) },
      results: { ...summary(rates), question },
    };
  });
}

/** One question at a time, as the embedder answers a lone one, and with a single thread for comparison. */
async function questionLatencies(embedder: TransformerEmbedder, questions: readonly string[]) {
  const alone = await latencyOf(questions, (text) => embedder.embedQuery(text));
  const oneThread = await withEmbedder(1, (single) =>
    latencyOf(questions, (text) => single.embedQuery(text)),
  );
  return { alone, oneThread };
}

async function withEmbedder<T>(
  workers: number,
  use: (embedder: TransformerEmbedder) => Promise<T>,
): Promise<T> {
  const embedder = await openBundledEmbedder({ workers });
  try {
    await embedder.warmUp();
    return await use(embedder);
  } finally {
    await embedder.close();
  }
}

function readTexts(count: number): string[] {
  const lines = gunzipSync(readFileSync(CORPUS)).toString('utf8').split('\n', count);
  return lines.map((line) => embeddedText(normalizePaper(JSON.parse(line))));
}

/** Longest first, as the embedder orders them: cut to `maxTokens` with the closing token kept. */
async function tokenRows(texts: readonly string[], maxTokens: number): Promise<number[][]> {
  const tokenizer = await AutoTokenizer.from_pretrained(MODEL_FOLDER, { local_files_only: true });
  const rows = texts.map((text) => {
    const ids = tokenizer.encode(text);
    return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ...ids.slice(-1)];
  });
  return rows.sort((a, b) => b.length - a.length);
}

function batchesOf(rows: readonly number[][], size: number): number[][][] {
  const batches: number[][][] = [];
  for (let at = 0; at < rows.length; at += size) batches.push(rows.slice(at, at + size));
  return batches;
}

/** Papers a second of each arrangement in each round; the first round warms up and is left out. */
async function takeTurns(
  arrangements: readonly Arrangement[],
  { rounds, papers }: { readonly rounds: number; readonly papers: number },
): Promise<Map<string, number[]>> {
  const rates = new Map<string, number[]>(arrangements.map(({ name }) => [name, []]));
  for (let turn = 0; turn <= rounds; turn++) {
    for (const { name, run } of arrangements) {
      const begun = performance.now();
      await run();
      if (turn > 0) rates.get(name)?.push((papers * 1000) / (performance.now() - begun));
    }
  }
  return rates;
}

function summary(rates: ReadonlyMap<string, readonly number[]>) {
  const own = rates.get('pharos') ?? [];
  const others = [...rates].filter(([name]) => name !== 'pharos');
  return {
    papersPerSecond: Object.fromEntries([...rates].map(([name, each]) => [name, round(median(each))])),
    pharosAgainst: Object.fromEntries(
      others.map(([name, each]) => [
        name,
        round(median(own.map((rate, at) => rate / (each[at] ?? Number.NaN)))),
      ]),
    ),
  };
}

function meanLength(rows: readonly number[][]): number {
  return Math.round(rows.reduce((sum, row) => sum + row.length, 0) / rows.length);
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(`${JSON.stringify(await benchEmbed(), null, 2)}\n`);
}
