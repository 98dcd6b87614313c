/** About the service itself: whether it lives, whether it is ready, and what it holds. */
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
    answer: async (_request, { readiness }) => {
      requireReady(readiness);
      return { ready: true };
    },
  },
];

export const serviceRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/status',
    path: '/api/v1/status',
    summary: 'How many papers there are, the model that embedded them, and whether all is well.',
    input: nothing,
    answers: { 'application/json': statusBody },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { engine, sources, readiness } = context;
      const status = await engine.status();
      const { papers, embedded, generation, space, bytes } = status;
      const { name: model, dimensions, fingerprint } = space;
      const { ready } = readiness;
      const health = healthOf({ status, sources: await sources() }, Date.now());
      const work = await currentWork(context);
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
    answer: async (request) => {
      readQuery(nothing, request);
      return { name: 'Pharos', addresses: [self, ...routes].map(describe) };
    },
  };
  return self;
}

function describe({ method, address, summary, input }: Route) {
  return { method: method.toUpperCase(), address, summary, parameters: Object.keys(input.shape) };
}
