/**
 * Bounds how long a caller waits, and how long a caller who does not read may hold an answer: after `timeoutMs`
 * the answer is TIMEOUT, whatever is still being computed. The computing goes on and its result is dropped.
 */
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../fault/app-error.ts';
import { sendProblem } from './send-problem.ts';

export function deadline(timeoutMs: number, logger: Logger): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      // The rest of a body that never came must not be taken for the next request.
      if (!request.complete) response.setHeader('Connection', 'close');
      const message = `There was no answer within ${timeoutMs / 1000} seconds.`;
      sendProblem(response, new AppError('TIMEOUT', { message }), logger);
    }, timeoutMs);
    response.once('close', () => clearTimeout(timer));
    next();
  };
}
