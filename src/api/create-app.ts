/**
 * The Express app: what every request passes through, in this order, and then the routes. It opens nothing and
 * listens nowhere; `startServer` does.
 */
import express, { type Express, type RequestHandler } from 'express';
import { huggingFaceDoor } from '../doors/hugging-face/door.ts';
import { semanticScholarDoor } from '../doors/semantic-scholar/door.ts';
import { accessLog } from './access-log.ts';
import { alertRoutes } from './alert-routes.ts';
import { arxivRoutes } from './arxiv-routes.ts';
import { browserRoutes } from './browser-routes.ts';
import { trustProxies } from './caller.ts';
import { citeRoutes } from './cite-routes.ts';
import { compress } from './compress.ts';
import type { ApiContext } from './context.ts';
import { crossOrigin } from './cross-origin.ts';
import { dailyFeedRoutes } from './daily-feed-routes.ts';
import { discoverRoutes } from './discover-routes.ts';
import { doorRoutes } from './door-routes.ts';
import { facetRoutes } from './facet-routes.ts';
import { feedRoutes } from './feed-routes.ts';
import { hostGuard } from './host-guard.ts';
import { libraryRoutes } from './library-routes.ts';
import { mapRoutes } from './map-routes.ts';
import { mcpRoutes } from './mcp/mcp-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { modelRoutes } from './model-routes.ts';
import { mountRoutes } from './mount-routes.ts';
import { paperRoutes } from './paper-routes.ts';
import { referenceRoutes } from './reference-routes.ts';
import { relatedRoutes } from './related-routes.ts';
import { requestId } from './request-id.ts';
import { traceOf } from './request-trace.ts';
import type { Route } from './route.ts';
import { searchRoutes } from './search-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { problemHandler } from './send-problem.ts';
import { addressesRoute, serviceRoutes } from './service-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { suggestRoutes } from './suggest-routes.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';
import { urlLimit } from './url-limit.ts';
import { writingRoutes } from './writing-routes.ts';

// `/papers/{id}` would also match `/papers/{id}/related` and `/cite`, so those stand before it.
export const ROUTES: readonly Route[] = [
  ...searchRoutes,
  ...suggestRoutes,
  ...facetRoutes,
  ...relatedRoutes,
  ...citeRoutes,
  ...discoverRoutes,
  ...mapRoutes,
  ...paperRoutes,
  ...modelRoutes,
  ...sourceRoutes,
  ...mcpRoutes,
  ...serviceRoutes,
  ...arxivRoutes,
  ...browserRoutes,
  ...doorRoutes(huggingFaceDoor),
  ...doorRoutes(semanticScholarDoor),
  ...metricsRoutes,
];

/** `pages` are tried after the routes of the API. */
export function createApp(context: ApiContext, pages: readonly Route[] = []): Express {
  const { settings, logger, metrics } = context;
  const answering = routesOf(context);
  const routes = [...answering, ...referenceRoutes([addressesRoute(answering), ...answering])];
  const app = express();
  app.disable('x-powered-by');
  // The routes read the query string themselves, strictly.
  app.set('query parser', false);
  trustProxies(app, settings.trustProxy ?? []);
  const log = accessLog(logger, { withCallers: settings.logCallers === 'yes' });
  app.use(requestId(), log, metrics.handler, securityHeaders());
  app.use(hostGuard(settings.allowedHosts), ...crossOrigin(settings.corsOrigins), urlLimit(), compress());
  app.use(lostInPages(pages));
  mountRoutes(app, [addressesRoute(routes), ...routes, ...pages], context);
  app.use(problemHandler(logger));
  return app;
}

/** Who would rather read a page than JSON, a browser, gets a page where no route fits. */
function lostInPages(pages: readonly Route[]): RequestHandler {
  const problem = pages.find((page) => page.problem)?.problem;
  return (request, response, next) => {
    const isReader = request.accepts(['application/json', 'text/html']) === 'text/html';
    if (isReader) traceOf(response).problem = problem;
    next();
  };
}

/** The addresses of the API, in the order in which they are tried. */
export function routesOf({
  alerts,
  desk,
  shelves,
}: Pick<ApiContext, 'alerts' | 'desk' | 'shelves'>): readonly Route[] {
  return [
    ...ROUTES,
    ...feedRoutes(),
    ...dailyFeedRoutes(),
    ...(desk ? writingRoutes : []),
    ...(shelves ? libraryRoutes : []),
    ...(alerts ? [...alertRoutes, ...unsubscribeRoutes] : []),
  ];
}
