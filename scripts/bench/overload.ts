/**
 * What happens at ten times the load that can be kept up: how long those wait who are answered, beside a lone caller of
 * the same server in the same run, and how soon the others are told. The load is open: requests are sent at their rate,
 * whether earlier ones were answered or not.
 */
import autocannon from 'autocannon';
import {
  percentile,
  readQuestions,
  SHARED_QUESTIONS,
  searchPath,
  startProgram,
  stopProgram,
} from './http.ts';

export interface OverloadOptions {
  /** A built index. */
  readonly index: string;
  readonly durationSeconds?: number;
  readonly program?: string;
  readonly questions?: string;
  /** Further options of `serve`. */
  readonly serve?: readonly string[];
}

export interface Answers {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface OverloadResult {
  /** One caller, who asks when the last question was answered. */
  readonly alone: Answers;
  /** Answers a second at as many callers as there are searches at once. */
  readonly sustainablePerSecond: number;
  readonly offeredPerSecond: number;
  readonly accepted: Answers;
  readonly refused: Answers;
  /** The figure that must stay at three or below. */
  readonly acceptedP99ToAlone: number;
  /** Neither answered nor refused. */
  readonly lost: number;
}

interface Load {
  readonly url: string;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly duration: number;
  readonly overallRate?: number;
}

/** More callers than are served at once would be refused while the sustainable load is measured. */
const CALLERS = 3;
const TIMES_TOO_MUCH = 10;
const OVERLOAD_CONNECTIONS = 100;
/** While all connections are being opened at once, which no answer is the measure of. */
const OPENING_MS = 1_500;

export async function benchOverload({
  index,
  durationSeconds = 10,
  program = 'dist/cli/main.js',
  questions = SHARED_QUESTIONS,
  serve = [],
}: OverloadOptions): Promise<OverloadResult> {
  const paths = (await readQuestions(questions)).map((question) => searchPath(question, 'hybrid'));
  const { child, url } = await startProgram(program, ['--index', index, '--port', '0', ...serve]);
  try {
    const load = { url, paths, duration: durationSeconds };
    await run({ ...load, connections: CALLERS, duration: 3 });
    const alone = (await run({ ...load, connections: 1 })).accepted;
    const { accepted: sustained } = await run({ ...load, connections: CALLERS });
    const overallRate = Math.ceil(TIMES_TOO_MUCH * sustained.perSecond);
    const { accepted, refused, lost } = await run({
      ...load,
      connections: OVERLOAD_CONNECTIONS,
      overallRate,
    });
    return {
      alone,
      sustainablePerSecond: sustained.perSecond,
      offeredPerSecond: overallRate,
      accepted,
      refused,
      acceptedP99ToAlone: accepted.p99Ms / alone.p99Ms,
      lost,
    };
  } finally {
    await stopProgram(child);
  }
}

async function run({ url, paths, ...load }: Load) {
  const times = { accepted: [] as number[], refused: [] as number[] };
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  let client = 0;
  const startedAt = performance.now();
  const options: autocannon.Options = {
    url,
    ...load,
    setupClient: (it) => {
      // Each begins elsewhere, so that not all ask the same.
      const from = (client++ * 31) % requests.length;
      it.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(options, (error, finished) => (error ? reject(error) : resolve(finished)));
    instance.on('response', (_client, status, _bytes, ms) => {
      // By when it was sent.
      if (performance.now() - ms - startedAt < OPENING_MS) return;
      times[status === 200 ? 'accepted' : 'refused'].push(ms);
    });
  });
  const answers = (ms: number[]): Answers => {
    ms.sort((a, b) => a - b);
    return {
      perSecond: ms.length / (result.duration - OPENING_MS / 1000),
      p50Ms: percentile(ms, 0.5),
      p99Ms: percentile(ms, 0.99),
    };
  };
  return {
    accepted: answers(times.accepted),
    refused: answers(times.refused),
    lost: result.errors + result.timeouts,
  };
}
