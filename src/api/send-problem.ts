/** The end of every request that failed: a problem to the caller, and the whole truth to the log. */
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { AppError } from '../fault/app-error.ts';
import { asAppError } from './as-app-error.ts';
import { isConfidential, PROBLEM_TYPE, toProblem } from './problem.ts';
import { Reply, sendReply } from './reply.ts';
import { traceOf } from './request-trace.ts';

/** How long a caller should wait before asking again, where waiting helps. */
const RETRY_AFTER_SECONDS = 1;

/** Does nothing where an answer has already begun; a confidential fault is logged in any case. */
export function sendProblem(response: Response, error: AppError, logger: Logger): void {
  const trace = traceOf(response);
  if (isConfidential(error.code)) logger.error({ requestId: trace.id, err: error }, 'request failed');
  if (response.headersSent) return;
  trace.code = error.code;
  const problem = toProblem(error, trace.id);
  if (problem.status === 503) response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
  const { status } = problem;
  const reply =
    trace.problem?.(problem, response.req) ??
    new Reply(JSON.stringify(problem), { type: PROBLEM_TYPE, status });
  void sendReply(response, reply);
}

/** Express knows an error handler by its four parameters. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => sendProblem(response, asAppError(error), logger);
}
