/** About the service itself: whether it lives, whether it is ready, and what it holds. */
import type { z } from 'zod';
import { addressesBody, aliveBody, readyBody, statusBody } from './answer-schemas.ts';
import { currentWork } from './current-work.ts';
import { healthOf } from './health.ts';
import { readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';

/** Probes may add parameters of their own, so these two read none. */
const healthRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/healthz',
    path: '/healthz',
    summary: 'Whether the process lives.',
    input: nothing,
    scope: 'open',
    answers: { 'application/json': aliveBody },
    example: { answers: { 'application/json': { alive: true } } },
    answer: async () => ({ alive: true }),
  },
  {
    method: 'get',
    address: '/readyz',
    path: '/readyz',
    summary: 'Whether the index is open and the model loaded.',
    input: nothing,
    scope: 'open',
    answers: { 'application/json': readyBody },
    example: { answers: { 'application/json': { ready: true } } },
    answer: async (_request, { readiness }) => {
      requireReady(readiness);
      return { ready: true };
    },
  },
];

/** Of the index that a first start makes of the sample. */
const STATUS: z.infer<typeof statusBody> = {
  ...{ papers: 423, embedded: 300, generation: 7 },
  ...{ model: 'all-MiniLM-L6-v2', dimensions: 384, fingerprint: '8c1f0b5de2a94c37' },
  ...{ bytes: 2_408_448, ready: true, health: { ok: true, notes: [] } },
  work: [{ stage: 'embed', done: 300, total: 423, started: '2026-01-01T08:00:00.000Z' }],
};
/** In the example. */
const SHOWN_ADDRESSES = 2;

export const serviceRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/status',
    path: '/api/v1/status',
    summary: 'How many papers there are, the model that embedded them, and whether all is well.',
    input: nothing,
    answers: { 'application/json': statusBody },
    example: { answers: { 'application/json': STATUS } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { engine, sources, readiness } = context;
      const status = await engine.status();
      const { papers, embedded, generation, space, bytes } = status;
      const { name: model, dimensions, fingerprint } = space;
      const { ready } = readiness;
      const work = await currentWork(context);
      const evidence = { status, sources: await sources(), isAtWork: work.length > 0 };
      const health = healthOf(evidence, Date.now());
      return { papers, embedded, generation, model, dimensions, fingerprint, bytes, ready, health, work };
    },
  },
  ...healthRoutes,
];

/** The first page of the API: every address there is. */
export function addressesRoute(routes: readonly Route[]): Route {
  const self: Route = {
    method: 'get',
    address: '/api/v1',
    path: '/api/v1',
    summary: 'This list.',
    input: nothing,
    answers: { 'application/json': addressesBody },
    example: { answers: { 'application/json': listOf(routes.slice(0, SHOWN_ADDRESSES)) } },
    answer: async (request) => {
      readQuery(nothing, request);
      return listOf([self, ...routes]);
    },
  };
  return self;
}

function listOf(routes: readonly Route[]) {
  return { name: 'Pharos', addresses: routes.map(describe) };
}

function describe({ method, address, summary, input }: Route) {
  return { method: method.toUpperCase(), address, summary, parameters: Object.keys(input.shape) };
}
