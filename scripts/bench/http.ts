/**
 * Load over HTTP: real questions against a real server in its own process, and the same server's /healthz in the
 * same run, so that the cost of finding stands beside the cost of answering at all. The load comes from this
 * process, which shares the processors with the server; both numbers suffer from that alike.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import autocannon from 'autocannon';

export interface HttpBenchOptions {
  /** A built index. */
  readonly index: string;
  /** JSON Lines with a `text` in each, gzipped. */
  readonly questions?: string;
  readonly mode?: 'hybrid' | 'semantic' | 'keyword';
  readonly connections?: number;
  /** Of each of the two timed parts; the first pass over the questions takes what it takes. */
  readonly durationSeconds?: number;
  /** 0 for any free port. */
  readonly port?: number;
  /** The program to measure. */
  readonly program?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Connections that failed or timed out. */
  readonly errors: number;
  /** Answers other than 2xx. */
  readonly refusals: number;
}

export interface HttpBenchResult {
  readonly connections: number;
  readonly mode: string;
  /** Every question once, so each is embedded. */
  readonly firstAsked: LoadResult;
  /** The same questions again and again, so most vectors come from the cache. */
  readonly askedAgain: LoadResult;
  readonly healthz: LoadResult;
  /** Requests a second of `firstAsked` and `askedAgain`, in parts of those of /healthz. */
  readonly firstAskedToHealthz: number;
  readonly askedAgainToHealthz: number;
}

interface Load {
  readonly url: string;
  readonly connections: number;
  /** Each connection goes round its own list. */
  readonly paths: (connection: number) => readonly string[];
  readonly end: { readonly amount: number } | { readonly duration: number };
}

export const SHARED_QUESTIONS = '../shared/queries/questions-997.jsonl.gz';
const STOP_TIMEOUT_MS = 20_000;

export async function benchHttp({
  index,
  questions: questionsFile = SHARED_QUESTIONS,
  mode = 'hybrid',
  connections = 16,
  durationSeconds = 10,
  port = 0,
  program = 'dist/cli/main.js',
}: HttpBenchOptions): Promise<HttpBenchResult> {
  const paths = (await readQuestions(questionsFile)).map((question) => searchPath(question, mode));
  const slices = slicesOf(paths, connections);
  const { child, url } = await startProgram(program, [
    ...['--index', index, '--port', String(port)],
    // What is measured here is answering, and overload.ts measures refusing.
    ...['--max-searches', '10000'],
  ]);
  try {
    const load = { url, connections, paths: (connection: number) => slices[connection % connections] ?? [] };
    const healthzLoad = { ...load, paths: () => ['/healthz'], end: { duration: durationSeconds } };
    await run({ ...load, paths: warmUpPaths(mode), end: { duration: 2 } });
    const firstAsked = await run({
      ...load,
      end: { amount: slices.reduce((sum, { length }) => sum + length, 0) },
    });
    const askedAgain = await run({ ...load, end: { duration: durationSeconds } });
    const healthz = await run(healthzLoad);
    return {
      connections,
      mode,
      firstAsked,
      askedAgain,
      healthz,
      firstAskedToHealthz: firstAsked.requestsPerSecond / healthz.requestsPerSecond,
      askedAgainToHealthz: askedAgain.requestsPerSecond / healthz.requestsPerSecond,
    };
  } finally {
    await stopProgram(child);
  }
}

export async function readQuestions(file: string): Promise<string[]> {
  const lines = gunzipSync(await readFile(file))
    .toString('utf8')
    .split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line).text);
}

export function searchPath(question: string, mode: string): string {
  return `/api/v1/search?${new URLSearchParams({ q: question, mode })}`;
}

/** Equal and disjoint, so that a pass over all of them asks nothing twice; a remainder is left out. */
function slicesOf(paths: readonly string[], count: number): string[][] {
  const size = Math.floor(paths.length / count);
  return Array.from({ length: count }, (_, index) => paths.slice(index * size, (index + 1) * size));
}

/** Questions that are not among the measured ones, and of about their length. */
function warmUpPaths(mode: string): (connection: number) => string[] {
  return (connection) =>
    Array.from({ length: 50 }, (_, round) =>
      searchPath(
        `which methods are known for problem ${round} of kind ${connection} and how do they compare`,
        mode,
      ),
    );
}

export async function startProgram(program: string, options: readonly string[]) {
  const args = [program, 'serve', '--json', '--log-level', 'silent', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr = text(child.stderr);
  const started = once(child.stdout, 'data').then(([line]) => JSON.parse(String(line)).url as string);
  const ended = once(child, 'exit').then(async ([code]) => {
    throw new Error(`${program} serve ended with ${code}: ${await stderr}`);
  });
  // Once it has started, its end is awaited by stopProgram.
  ended.catch(() => undefined);
  return { child, url: await Promise.race([started, ended]) };
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.kill('SIGTERM');
  await once(child, 'exit');
  clearTimeout(timer);
}

async function run({ url, connections, paths, end }: Load): Promise<LoadResult> {
  const times: number[] = [];
  let connection = 0;
  const options: autocannon.Options = {
    url,
    connections,
    ...end,
    setupClient: (client) => {
      client.setRequests(paths(connection).map((path) => ({ method: 'GET', path })));
      connection += 1;
    },
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(options, (error, finished) => (error ? reject(error) : resolve(finished)));
    instance.on('response', (_client, _status, _bytes, responseTimeMs) => times.push(responseTimeMs));
  });
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    requestsPerSecond: times.length / result.duration,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    p99Ms: percentile(times, 0.99),
    maxMs: times.at(-1) ?? 0,
    errors: result.errors + result.timeouts,
    refusals: result.non2xx,
  };
}

/** The smallest time that at least this share of the requests kept. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
