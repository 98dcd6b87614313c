/**
 * What is remembered of a request for its log line. No header, no path and no question is in it: a route is the
 * pattern, because what people ask, and which paper they read, is theirs.
 */
import type { Request, Response } from 'express';
import type { FaultCode } from '../fault/codes.ts';
import type { Problem } from './problem.ts';
import type { Reply } from './reply.ts';

export interface RequestTrace {
  readonly id: string;
  /** The address with its variables unfilled, null where none fits. */
  route: string | null;
  /** Set when the answer is a problem. */
  code: FaultCode | null;
  /** The id of the key that was shown, never its text. */
  key: string | null;
  /** How the address puts a problem. */
  problem: ((problem: Problem, request: Request) => Reply) | undefined;
}

/** More would be a leak. */
const MOST_LISTENERS = 32;

export function startTrace(response: Response, id: string): RequestTrace {
  const trace: RequestTrace = { id, route: null, code: null, key: null, problem: undefined };
  response.locals.trace = trace;
  // Every layer waits for the end of the answer, and all let go of it then.
  response.setMaxListeners(MOST_LISTENERS);
  return trace;
}

export function traceOf(response: Response): RequestTrace {
  return response.locals.trace;
}
