/** What the server counts of itself. */
import { Reply } from './reply.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';

/** Collectors may add parameters of their own, so none are read. */
export const metricsRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/metrics',
    path: '/metrics',
    summary: 'Counts and times of requests, searches and the index, for Prometheus.',
    input: nothing,
    scope: 'admin',
    answer: async (_request, { metrics, engine, desk, gate }) => {
      const { text, type } = await metrics.read({
        status: () => engine.status(),
        searchesUnderWay: () => gate.underWay,
        searchesRefused: () => gate.refused,
        jobsUnderWay: () => desk?.jobsUnderWay.length ?? 0,
      });
      return new Reply(text, { type });
    },
  },
];
