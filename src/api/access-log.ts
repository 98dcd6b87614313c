/** One line for every request, when its answer has gone out or its caller has gone away. */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { traceOf } from './request-trace.ts';

export function accessLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const { id, route, code, key } = traceOf(response);
      const line = {
        requestId: id,
        method: request.method,
        route,
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 100) / 100,
        ...(key !== null && { key }),
        ...(code !== null && { code }),
        ...(!response.writableFinished && { aborted: true }),
      };
      if (response.statusCode >= 500) logger.error(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
}
