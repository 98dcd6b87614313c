/**
 * Puts routes into an Express app: the answer of each as JSON or as it says, OPTIONS and 405 for each address, 404 for
 * the rest.
 */
import type { Express, RequestHandler, Response } from 'express';
import { AppError, isAppError } from '../fault/app-error.ts';
import { nearestName } from '../text/nearest.ts';
import { accessGuard } from './access-guard.ts';
import type { ApiContext } from './context.ts';
import { deadline } from './deadline.ts';
import { type Limiter, rateLimiter } from './rate-limit.ts';
import { bodyReaders } from './read-bodies.ts';
import { Reply, sendReply } from './reply.ts';
import { traceOf } from './request-trace.ts';
import type { Route } from './route.ts';

/** Routes are tried in their order, so the longer of two that could match stands first. */
export function mountRoutes(app: Express, routes: readonly Route[], context: ApiContext): void {
  const { bodyLimitBytes, requestTimeoutMs, rateLimits = NO_LIMITS, rateWindowSeconds } = context.settings;
  const readers = bodyReaders(bodyLimitBytes);
  const bounded = deadline(requestTimeoutMs, context.logger);
  const limiter = rateLimiter(rateLimits, rateWindowSeconds);
  for (const path of new Set(routes.map((route) => route.path))) {
    const group = routes.filter((route) => route.path === path);
    for (const route of group) {
      const before = [
        announce(route),
        ...(route.isEndless ? [] : [bounded]),
        ...admit(route, context, limiter),
      ];
      if (route.method === 'get' || route.reads === 'stream') {
        app[route.method](path, before, respond(route, context));
      } else app[route.method](path, before, readers[route.reads ?? 'json'], respond(route, context));
    }
    app.all(path, refuseMethod(group));
  }
  const addresses = [...new Set(routes.map((route) => route.address))];
  app.use(refuseRoute(addresses));
}

const NO_LIMITS = { search: 0, read: 0, write: 0 };

/** What stands between a caller and an answer: who it is, how much it has had, how much there is to do. */
function admit(route: Route, { access, gate }: ApiContext, limiter: Limiter): RequestHandler[] {
  const { scope, budget = 'read' } = route;
  // A probe must be answered above all when there is too much to do.
  if (scope === 'open') return [];
  return [accessGuard(route, access), limiter(budget), ...(budget === 'search' ? [gate.handler] : [])];
}

function announce({ address, problem }: Route): RequestHandler {
  return (_request, response, next) => {
    Object.assign(traceOf(response), { route: address, problem });
    next();
  };
}

function respond(route: Route, context: ApiContext): RequestHandler {
  return async (request, response) => {
    const closing = new AbortController();
    response.once('close', () => closing.abort());
    const { signal } = closing;
    try {
      // A copy: whatever is replaced meanwhile, one request is answered by one engine and one searcher.
      await send(response, await route.answer(request, { ...context }, { signal }));
    } catch (error) {
      // Whoever asked has gone, or has been answered by the deadline.
      if (!(signal.aborted && isAppError(error, 'INTERRUPTED'))) throw error;
    }
  };
}

/** Does nothing where the deadline has already answered. */
async function send(response: Response, answer: unknown): Promise<void> {
  if (answer instanceof Reply) await sendReply(response, answer);
  else if (!response.headersSent) response.json(answer);
}

function refuseMethod(group: readonly Route[]): RequestHandler {
  const methods = group.flatMap(({ method }) =>
    method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  );
  const allow = [...methods, 'OPTIONS'].join(', ');
  return (request, response) => {
    const [first] = group;
    Object.assign(traceOf(response), { route: first?.address ?? null, problem: first?.problem });
    response.setHeader('Allow', allow);
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    throw new AppError('METHOD_NOT_ALLOWED', {
      message: `This address takes ${allow}, not ${request.method}.`,
    });
  };
}

function refuseRoute(addresses: readonly string[]): RequestHandler {
  return ({ path }) => {
    const near = nearestName(path.slice(0, 100), addresses);
    const message = near === undefined ? 'There is nothing at this address.' : `Did you mean ${near}?`;
    throw new AppError('ROUTE_NOT_FOUND', { message });
  };
}
