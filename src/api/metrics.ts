/**
 * What a server counts of itself, in the form that Prometheus reads. Labels are patterns of addresses and names of
 * stages, never what was asked.
 */
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EngineStatus } from '../engine/engine.ts';
import { latenciesOf, type RouteLatency } from './latencies.ts';
import { traceOf } from './request-trace.ts';

/** Of requests for what is nowhere. */
const NO_ROUTE = 'none';
/** Seconds: from what a lookup takes to what nobody waits for. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is asked when somebody looks. */
export interface Observed {
  readonly status: () => Promise<EngineStatus>;
  readonly searchesUnderWay: () => number;
  readonly searchesRefused: () => number;
  readonly jobsUnderWay: () => number;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #stages: Histogram<'stage'>;
  readonly #gauges: ReadonlyMap<string, Gauge>;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'pharos_request_seconds',
      help: 'From the headers of a request to the last byte of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    });
    this.#stages = new Histogram({
      name: 'pharos_stage_seconds',
      help: 'What the stages of a search take; `model` is the embedding of a question that was not in the cache.',
      labelNames: ['stage'],
      buckets: BUCKETS,
      registers,
    });
    this.#gauges = new Map(GAUGES.map(([name, help]) => [name, new Gauge({ name, help, registers })]));
  }

  /** Counts every request when its answer has gone out. */
  get handler(): RequestHandler {
    return (request, response, next) => {
      const startedAt = performance.now();
      response.once('close', () => {
        const { route } = traceOf(response);
        const labels = { method: request.method, route: route ?? NO_ROUTE, status: response.statusCode };
        this.#requests.observe(labels, (performance.now() - startedAt) / 1000);
      });
      next();
    };
  }

  observeStage(stage: string, ms: number): void {
    this.#stages.observe({ stage }, ms / 1000);
  }

  /** By route, whatever the method and the status. */
  async latencies(): Promise<RouteLatency[]> {
    const { values } = await this.#requests.get();
    const samples = values.flatMap(({ metricName, labels, value }) => {
      // The bound of a bucket is a label that the library adds to those we name.
      const { route, le }: { route?: string | number; le?: string | number } = labels;
      const isBucket = metricName?.endsWith('_bucket') && le !== undefined;
      if (!isBucket || route === undefined || route === NO_ROUTE) return [];
      return [{ route: String(route), mostSeconds: Number(le === '+Inf' ? 'Infinity' : le), count: value }];
    });
    return latenciesOf(samples);
  }

  /** The text for Prometheus, and its Content-Type. */
  async read(observed: Observed): Promise<{ readonly text: string; readonly type: string }> {
    const { papers, embedded, generation, bytes } = await observed.status();
    const values = {
      pharos_papers: papers,
      pharos_papers_waiting: papers - embedded,
      pharos_index_generation: generation,
      pharos_index_bytes: bytes,
      pharos_searches_under_way: observed.searchesUnderWay(),
      pharos_searches_refused: observed.searchesRefused(),
      pharos_jobs_under_way: observed.jobsUnderWay(),
    };
    for (const [name, value] of Object.entries(values)) this.#gauges.get(name)?.set(value);
    return { text: await this.#registry.metrics(), type: this.#registry.contentType };
  }
}

const GAUGES = [
  ['pharos_papers', 'Papers in the index.'],
  ['pharos_papers_waiting', 'Papers that wait to be embedded.'],
  ['pharos_index_generation', 'Grows with every committed change.'],
  ['pharos_index_bytes', 'Size of the index on disk.'],
  ['pharos_searches_under_way', 'Searches that are being answered.'],
  ['pharos_searches_refused', 'Searches refused since the start, because others were being answered.'],
  ['pharos_jobs_under_way', 'Additions that are being stored or embedded.'],
] as const;
