/**
 * What a question pays while papers are embedded: by `serve --sync`, a process of the lowest priority, and by
 * `pharos sync` as anybody would start it. The yardstick is the same server while that process is stopped (SIGSTOP)
 * for some questions, again and again, because the machine drifts within minutes. The source is a stand-in on this
 * machine, the model the bundled one, and no question is asked twice.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
const BLOCK = 10;
const BLOCKS = 20;
const LOOK_MS = 100;

const WAYS = ['beside', 'ordinary'] as const;
type Way = (typeof WAYS)[number];

interface Times {
  readonly stoppedMs: readonly number[];
  readonly runningMs: readonly number[];
  readonly embeddedPerSecond: number;
}

export async function benchSync(): Promise<BenchResult> {
  const base = await benchIndex(SIZE);
  const papers = [...openBenchCorpus(SIZE + NEW).papers()].slice(SIZE).map(({ paper }) => asStandIn(paper));
  const service = await startServices({ papers, pageSize: PAGE });
  const questions = benchQuestions();
  const results: Partial<Record<Way, unknown>> = {};
  try {
    for (const [at, way] of WAYS.entries()) {
      const asked = questions.slice(at * BLOCK * BLOCKS).slice(0, BLOCK * BLOCKS);
      results[way] = summaryOf(
        await timesOf(way, { base, sourceUrls: service.sourceUrls, questions: asked }),
      );
    }
  } finally {
    await service.close();
  }
  return { settings: { papers: SIZE, new: NEW, page: PAGE, questions: BLOCK * BLOCKS }, results };
}

async function timesOf(
  way: Way,
  {
    base,
    sourceUrls,
    questions,
  }: { readonly base: string; readonly sourceUrls: string; readonly questions: readonly string[] },
): Promise<Times> {
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
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const running: ChildProcess[] = [];
  try {
    await once(start('source', 'add', 'all', 'arxiv-oai:all'), 'exit');
    const server = start('serve', '--port', '0', '--json', ...(way === 'beside' ? ['--sync'] : []));
    running.push(server);
    const own = way === 'beside' ? syncOf(server.stderr) : undefined;
    const [line] = await once(server.stdout, 'data');
    const { url } = JSON.parse(String(line)) as { url: string };
    if (way === 'ordinary') running.push(start('sync'));
    const syncing = (await own) ?? running.at(-1)?.pid ?? 0;
    await embedding(url);
    return await ask(url, questions, syncing);
  } finally {
    for (const child of running.reverse()) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The process that the server tells its log it has begun a sync in. */
function syncOf(log: NodeJS.ReadableStream): Promise<number> {
  return new Promise((tell) => {
    log.on('data', (chunk: Buffer) => {
      const [, pid] = /"process":(\d+)/.exec(chunk.toString()) ?? [];
      if (pid !== undefined) tell(Number(pid));
    });
  });
}

/** Until the first new papers have been embedded: then all of it runs at once. */
async function embedding(url: string): Promise<void> {
  while ((await statusOf(url)).embedded <= SIZE) await sleep(LOOK_MS);
}

async function statusOf(url: string): Promise<{ embedded: number }> {
  return (await (await fetch(`${url}/api/v1/status`)).json()) as { embedded: number };
}

async function ask(url: string, questions: readonly string[], syncing: number): Promise<Times> {
  const before = (await statusOf(url)).embedded;
  const stoppedMs: number[] = [];
  const runningMs: number[] = [];
  let ranMs = 0;
  for (let at = 0; at < BLOCKS; at++) {
    const isStopped = at % 2 === 0;
    process.kill(syncing, isStopped ? 'SIGSTOP' : 'SIGCONT');
    const begun = performance.now();
    for (const question of questions.slice(at * BLOCK, (at + 1) * BLOCK)) {
      const sent = performance.now();
      const answer = await fetch(`${url}/api/v1/search?${new URLSearchParams({ q: question })}`);
      await answer.arrayBuffer();
      (isStopped ? stoppedMs : runningMs).push(performance.now() - sent);
      await sleep(LOOK_MS);
    }
    if (!isStopped) ranMs += performance.now() - begun;
  }
  const embedded = (await statusOf(url)).embedded - before;
  return { stoppedMs, runningMs, embeddedPerSecond: (1000 * embedded) / ranMs };
}

function summaryOf({ stoppedMs, runningMs, embeddedPerSecond }: Times) {
  const of = (times: readonly number[]) => ({
    p50Ms: round(percentile(times, 0.5)),
    p95Ms: round(percentile(times, 0.95)),
  });
  return {
    stopped: of(stoppedMs),
    running: of(runningMs),
    runningToStopped: round(median(runningMs) / median(stoppedMs)),
    embeddedPerSecond: round(embeddedPerSecond),
  };
}
