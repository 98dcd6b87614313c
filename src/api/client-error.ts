/**
 * What is answered where Node's HTTP parser gave up, so that there is no request to answer: a problem like any
 * other, written to the bare socket.
 */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { AppError } from '../fault/app-error.ts';
import { PROBLEM_TYPE, toProblem } from './problem.ts';

const MESSAGES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time.',
  HPE_HEADER_OVERFLOW: 'The address and headers are too long.',
};

/** For the `clientError` event of a server. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex, logger: Logger): void {
  const code = error.code ?? '';
  // A caller that went away reads nothing any more.
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const message = MESSAGES[code] ?? 'The request is not valid HTTP.';
  const problem = toProblem(new AppError('INPUT_INVALID', { message }), requestId);
  logger.info({ requestId, status: problem.status, code: problem.code, cause: code }, 'request refused');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
