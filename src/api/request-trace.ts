/**
 * What is remembered of a request for its log line. No header, no path and no question is in it: a route is the
 * pattern, because what people ask, and which paper they read, is theirs.
 */
import type { Response } from 'express';
import type { FaultCode } from '../fault/codes.ts';
import type { Route } from './route.ts';

export interface RequestTrace {
  readonly id: string;
  /** The address with its variables unfilled, null where none fits. */
  route: string | null;
  /** Set when the answer is a problem. */
  code: FaultCode | null;
  /** How the address puts a problem. */
  problem: Route['problem'];
}

export function startTrace(response: Response, id: string): RequestTrace {
  const trace: RequestTrace = { id, route: null, code: null, problem: undefined };
  response.locals.trace = trace;
  return trace;
}

export function traceOf(response: Response): RequestTrace {
  return response.locals.trace;
}
