/**
 * What a question pays while papers come in: the same server asked while nothing happens, while it syncs by itself
 * (`serve --sync`: a process of the lowest priority), and while `pharos sync` runs as anybody would start it. The
 * source is a stand-in on this machine, the model the bundled one. Each way gets a copy of the same index, and the
 * ways take turns, because the machine drifts.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServices } from '../../tests/sources/stand-in-services.ts';
import { benchQuestions, openBenchCorpus } from './bench-corpus.ts';
import { benchIndex } from './bench-index.ts';
import type { BenchResult } from './bench-result.ts';
import { asStandIn } from './ingest.ts';
import { median, percentile, round } from './measure.ts';

const PROGRAM = resolve(import.meta.dirname, '../../dist/cli/main.js');
const SIZE = 10_000;
const NEW = 2_000;
const PAGE = 500;
const QUESTIONS = 120;
const ROUNDS = 2;
const LOOK_MS = 100;

const WAYS = ['quiet', 'beside', 'ordinary'] as const;
type Way = (typeof WAYS)[number];

interface Turn {
  readonly timesMs: readonly number[];
  readonly embeddedPerSecond: number;
}

export async function benchSync(): Promise<BenchResult> {
  const base = await benchIndex(SIZE);
  const papers = [...openBenchCorpus(SIZE + NEW).papers()].slice(SIZE).map(({ paper }) => asStandIn(paper));
  const service = await startServices({ papers, pageSize: PAGE });
  const turns: Record<Way, Turn[]> = { quiet: [], beside: [], ordinary: [] };
  const questions = benchQuestions();
  try {
    for (let at = 0; at < ROUNDS * WAYS.length; at++) {
      const way = WAYS[at % WAYS.length] ?? 'quiet';
      const asked = questions.slice((at * QUESTIONS) % 900).slice(0, QUESTIONS);
      turns[way].push(await turnOf(way, { base, sourceUrls: service.sourceUrls, questions: asked }));
    }
  } finally {
    await service.close();
  }
  const results = Object.fromEntries(WAYS.map((way) => [way, summaryOf(turns[way])]));
  return { settings: { papers: SIZE, new: NEW, page: PAGE, questions: QUESTIONS, rounds: ROUNDS }, results };
}

async function turnOf(
  way: Way,
  {
    base,
    sourceUrls,
    questions,
  }: { readonly base: string; readonly sourceUrls: string; readonly questions: readonly string[] },
): Promise<Turn> {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-bench-sync-'));
  const index = join(dir, 'index');
  cpSync(base, index, { recursive: true });
  const environment = {
    ...process.env,
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: index,
    PHAROS_SOURCE_URLS: sourceUrls,
  };
  const start = (...parameters: string[]) =>
    spawn(process.execPath, [PROGRAM, ...parameters], {
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const running: ChildProcessByStdio<null, Readable, null>[] = [];
  try {
    if (way !== 'quiet') await once(start('source', 'add', 'all', 'arxiv-oai:all'), 'exit');
    const server = start('serve', '--port', '0', '--json', ...(way === 'beside' ? ['--sync'] : []));
    running.push(server);
    const [line] = await once(server.stdout, 'data');
    const { url } = JSON.parse(String(line)) as { url: string };
    if (way === 'ordinary') running.push(start('sync'));
    if (way !== 'quiet') await embedding(url);
    return await ask(url, questions);
  } finally {
    for (const child of running.reverse()) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Until the first new papers have been embedded: then all of it runs at once. */
async function embedding(url: string): Promise<void> {
  while ((await statusOf(url)).embedded <= SIZE) await sleep(LOOK_MS);
}

async function statusOf(url: string): Promise<{ embedded: number }> {
  return (await (await fetch(`${url}/api/v1/status`)).json()) as { embedded: number };
}

async function ask(url: string, questions: readonly string[]): Promise<Turn> {
  const before = (await statusOf(url)).embedded;
  const begun = performance.now();
  const timesMs: number[] = [];
  for (const question of questions) {
    const sent = performance.now();
    const answer = await fetch(`${url}/api/v1/search?${new URLSearchParams({ q: question })}`);
    await answer.arrayBuffer();
    timesMs.push(performance.now() - sent);
    // A person does not ask again at once, and what follows a question is not to be kept from running.
    await sleep(LOOK_MS);
  }
  const seconds = (performance.now() - begun) / 1000;
  return { timesMs, embeddedPerSecond: ((await statusOf(url)).embedded - before) / seconds };
}

function summaryOf(turns: readonly Turn[]) {
  const of = (share: number) => round(median(turns.map(({ timesMs }) => percentile(timesMs, share))));
  return {
    p50Ms: of(0.5),
    p95Ms: of(0.95),
    maxMs: round(Math.max(...turns.flatMap(({ timesMs }) => timesMs))),
    embeddedPerSecond: round(median(turns.map(({ embeddedPerSecond }) => embeddedPerSecond))),
  };
}
