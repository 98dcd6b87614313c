/**
 * What text of a paper should be embedded: the scores, cost and size of each choice, on the judged collections.
 * `npx tsx scripts/embedded-text.ts [collection ...]`; docs/decisions/embedded-text.md shows the outcome. Texts that
 * a choice leaves as they are keep the vector they have in the index under .cache/evaluate.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutoTokenizer } from '@xenova/transformers';
import { EmbedThread } from '../src/embed/embed-thread.ts';
import type { ModelIdentity } from '../src/embed/embedder.ts';
import { ThreadPool } from '../src/embed/thread-pool.ts';
import { scaleToUnitLength } from '../src/embed/unit-vector.ts';
import { openEmbeddedEngine } from '../src/engine/embedded/open.ts';
import { EmbeddingMemo } from '../src/evaluate/embedding-memo.ts';
import { evaluateCollection } from '../src/evaluate/evaluate-collection.ts';
import { embeddedText } from '../src/paper/embedded-text.ts';
import type { Paper } from '../src/paper/paper.ts';
import { MODEL_FOLDER } from './bench/bundled-model.ts';
import { median } from './bench/measure.ts';
import { COLLECTION_NAMES, type CollectionName, type OnBench, Workbench } from './quality/workbench.ts';

interface Choice {
  readonly name: string;
  readonly maxTokens: number;
  /** The texts whose vectors are averaged into the paper's. */
  readonly texts: (paper: Paper) => readonly string[];
}

/** A window of so many words stays below 256 tokens. */
const WINDOW_WORDS = 170;
const DEPTH = 100;
const TIMED_PAPERS = 48;
const ROUNDS = 5;
const WORKERS = 2;

const whole = (paper: Paper) => [embeddedText(paper)];
const CHOICES: readonly Choice[] = [
  { name: 'title and abstract, 256 tokens', maxTokens: 256, texts: whole },
  { name: '128 tokens', maxTokens: 128, texts: whole },
  { name: '512 tokens', maxTokens: 512, texts: whole },
  {
    name: 'title twice, 256 tokens',
    maxTokens: 256,
    texts: (paper) => [[paper.title, embeddedText(paper)].filter(Boolean).join('\n')],
  },
  { name: 'mean of windows of 170 words', maxTokens: 256, texts: windows },
];

/** The whole text where it is one window; else pieces of the abstract, each under the title. */
function windows(paper: Paper): readonly string[] {
  const words = paper.abstract.split(/\s+/);
  if (words.length <= WINDOW_WORDS) return whole(paper);
  const halves = [words.slice(0, WINDOW_WORDS), words.slice(WINDOW_WORDS, 2 * WINDOW_WORDS)];
  return halves.map((half) => embeddedText({ title: paper.title, abstract: half.join(' ') }));
}

const tokenizer = await AutoTokenizer.from_pretrained(MODEL_FOLDER, { local_files_only: true });
const tokensOf = (text: string) => tokenizer.encode(text).length;

/** A pool of the bundled model that reads so many tokens. */
function openPool(model: ModelIdentity, maxTokens: number): ThreadPool {
  return new ThreadPool({
    size: WORKERS,
    start: (events) =>
      new EmbedThread({ folder: MODEL_FOLDER, model: { ...model, maxTokens }, threads: 1, ...events }),
  });
}

async function vectorOf(paper: Paper, choice: Choice, pool: ThreadPool): Promise<Float32Array> {
  const parts = await Promise.all(
    choice.texts(paper).map((text) => pool.embedPaper(text, { isOver: false })),
  );
  const mean = new Float32Array(parts[0]?.length ?? 0);
  for (const part of parts)
    part.forEach((value, at) => {
      mean[at] = (mean[at] ?? 0) + value;
    });
  scaleToUnitLength(mean);
  return mean;
}

/** Whether the vector is the one that the index holds. */
function isUnchanged(paper: Paper, { texts, maxTokens }: Choice): boolean {
  const [text = '', ...others] = texts(paper);
  if (others.length > 0 || text !== embeddedText(paper)) return false;
  return maxTokens === 256 || tokensOf(text) <= Math.min(maxTokens, 256);
}

async function scoresOf(
  choice: Choice,
  { collection, engine, embedder }: OnBench,
  pool: ThreadPool,
): Promise<Record<string, number>> {
  const { papers } = collection;
  const stored = await engine.vectors(papers.map(({ id }) => id));
  const vectors = await Promise.all(
    papers.map((paper, at) => (isUnchanged(paper, choice) ? stored[at] : vectorOf(paper, choice, pool))),
  );
  const dir = mkdtempSync(join(tmpdir(), 'pharos-embedded-text-'));
  const other = await openEmbeddedEngine({ dir, space: embedder.model });
  try {
    await other.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] ?? new Float32Array() })));
    const runs = await evaluateCollection(collection, {
      engine: other,
      embedder,
      modes: ['semantic', 'hybrid'],
      depth: DEPTH,
    });
    return Object.fromEntries(runs.map(({ result }) => [result.mode, result.ndcg10]));
  } finally {
    await other.close();
    rmSync(dir, { recursive: true });
  }
}

/** Papers a second over those of the default choice, the median of rounds in which all take turns. */
async function ratesOf(papers: readonly Paper[], pools: ReadonlyMap<Choice, ThreadPool>): Promise<number[]> {
  const sample = papers.filter((_, at) => at % Math.ceil(papers.length / TIMED_PAPERS) === 0);
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const times: number[] = [];
    for (const [choice, pool] of pools) {
      const startedMs = performance.now();
      await Promise.all(sample.map((paper) => vectorOf(paper, choice, pool)));
      times.push(performance.now() - startedMs);
    }
    rounds.push(times.map((time) => (times[0] ?? 0) / time));
    process.stderr.write(`${((1000 * sample.length) / (times[0] ?? 0)).toFixed(1)} papers a second\n`);
  }
  return CHOICES.map((_, at) => median(rounds.map((ratios) => ratios[at] ?? 0)));
}

const chosen = process.argv.slice(2);
const names = COLLECTION_NAMES.filter((name) => chosen.length === 0 || chosen.includes(name));
const workbench = await Workbench.open();
const memo = new EmbeddingMemo(workbench.embedder);
const pools = new Map(CHOICES.map((choice) => [choice, openPool(memo.model, choice.maxTokens)]));
const rows = CHOICES.map(({ name }) => [name]);
for (const name of names) await addColumns(name);
for (const pool of pools.values()) await pool.close();
await workbench.close();

async function addColumns(name: CollectionName): Promise<void> {
  await workbench.with(name, async (bench) => {
    const { papers } = bench.collection;
    const long = papers.filter((paper) => tokensOf(embeddedText(paper)) > 256).length / papers.length;
    const rates = await ratesOf(papers, pools);
    for (const [at, choice] of CHOICES.entries()) {
      const pool = pools.get(choice);
      if (pool === undefined) continue;
      const { semantic = 0, hybrid = 0 } = await scoresOf(choice, { ...bench, embedder: memo }, pool);
      rows[at]?.push(`${semantic.toFixed(3)}, ${hybrid.toFixed(3)} (${(rates[at] ?? 0).toFixed(2)})`);
    }
    process.stderr.write(`${name}: ${(100 * long).toFixed(0)} % of the papers have more than 256 tokens\n`);
    const head = ['by meaning, by both (speed)', ...names.slice(0, names.indexOf(name) + 1)];
    const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
    process.stdout.write(`${lines.join('\n')}\n\n`);
  });
}
