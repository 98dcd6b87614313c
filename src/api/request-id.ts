/** The id that joins an answer, its log line and the caller's own records. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { startTrace } from './request-trace.ts';

const WELL_FORMED = /^[A-Za-z0-9._-]{1,128}$/;

/** Takes over a well-formed `X-Request-Id`, otherwise makes a UUID; the answer carries it either way. */
export function requestId(): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const id = given !== undefined && WELL_FORMED.test(given) ? given : randomUUID();
    startTrace(response, id);
    response.setHeader('X-Request-Id', id);
    next();
  };
}
