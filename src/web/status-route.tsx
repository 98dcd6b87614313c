/** `/status` as a route: what the API tells of itself, on one page. */
import { currentWork } from '../api/current-work.ts';
import { healthOf } from '../api/health.ts';
import { readQuery } from '../api/read-input.ts';
import { nothing } from '../api/request-schemas.ts';
import { isLocal } from '../api/require-local.ts';
import type { Route } from '../api/route.ts';
import { toSourceBody } from '../api/source-routes.ts';
import type { Assets } from './assets.ts';
import { byMonth } from './growth-chart.tsx';
import { htmlReply } from './html.tsx';
import { StatusPage } from './status-page.tsx';
import { STRINGS } from './strings.ts';

export function statusRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/status',
    path: '/status',
    summary: 'A page that tells how the index and the server are.',
    input: nothing,
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { engine, lists, sources, readiness, metrics, access } = context;
      const nowMs = Date.now();
      const [status, subscriptions, days, work] = await Promise.all([
        engine.status(),
        sources(),
        lists.calendar(),
        currentWork(context),
      ]);
      const parts = {
        ...{ status, readiness, work },
        health: healthOf({ status, sources: subscriptions, isAtWork: work.length > 0 }, nowMs),
        months: byMonth(days),
        sources: subscriptions.map((source) => toSourceBody(source, nowMs)),
        // Whoever may not read the metrics may not read them here.
        latencies: access.isLoopback && isLocal(request) ? await metrics.latencies() : undefined,
      };
      return htmlReply({
        title: `${STRINGS.status.title} · ${STRINGS.name}`,
        ...{ assets, query: '', here: '/status' },
        children: <StatusPage {...parts} />,
      });
    },
  };
}
