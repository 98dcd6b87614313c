/** One line for every request, when its answer has gone out or its caller has gone away. */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { addressOf } from './caller.ts';
import { traceOf } from './request-trace.ts';

export interface AccessLogOptions {
  /** Whether the address of who asks is in the line. */
  readonly withCallers: boolean;
}

export function accessLog(logger: Logger, { withCallers }: AccessLogOptions): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    // Of a connection that is gone there is no address any more.
    const caller = withCallers ? addressOf(request) : undefined;
    response.once('close', () => {
      const { id, route, code, key } = traceOf(response);
      const line = {
        requestId: id,
        method: request.method,
        route,
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 100) / 100,
        ...(caller !== undefined && { caller }),
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
