/** One message of the protocol over HTTP, and its answer. */

import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { AppError } from '../../fault/app-error.ts';
import type { ApiContext } from '../context.ts';
import { isConfidential, toProblem } from '../problem.ts';
import { requireReady } from '../readiness.ts';
import { Reply } from '../reply.ts';
import { createMcpServer } from './mcp-server.ts';

export interface HttpMessage {
  readonly headers: IncomingHttpHeaders;
  /** As it was parsed. */
  readonly body: unknown;
}

const OF_PROTOCOL = /^mcp-/;
/** The body is read, and the answer is JSON whatever is asked for: nobody is turned away for not asking for a stream. */
const TYPES: readonly [string, string][] = [
  ['content-type', 'application/json'],
  ['accept', 'application/json, text/event-stream'],
];

/** A server and a transport of their own for each: nothing of one caller can reach another. INTERRUPTED. */
export async function answerMessage(
  message: HttpMessage,
  context: ApiContext,
  signal: AbortSignal,
): Promise<Reply> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = createMcpServer({
    open: async () => {
      requireReady(context.readiness);
      return context;
    },
    tell: (fault) => {
      if (isConfidential(fault.code)) context.logger.error({ err: fault }, 'tool failed');
      const { detail, remedy } = toProblem(fault, '');
      return { message: detail, remedy };
    },
  });
  await server.connect(transport);
  try {
    const answered = transport.handleRequest(webRequest(message), { parsedBody: message.body });
    return await toReply(await Promise.race([answered, cutOff(signal)]));
  } finally {
    await server.close();
  }
}

/** What the transport reads of a request beside the body. */
function webRequest({ headers }: HttpMessage): Request {
  const read = Object.entries(headers).flatMap(([name, value]) =>
    OF_PROTOCOL.test(name) && typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  return new Request('http://localhost/mcp', { method: 'POST', headers: [...TYPES, ...read] });
}

async function toReply(response: Response): Promise<Reply> {
  const type = response.headers.get('content-type') ?? 'application/json';
  return new Reply(await response.text(), { type: `${type}; charset=utf-8`, status: response.status });
}

/** Whoever waited has gone; the transport would wait on for an answer that is no longer made. */
async function cutOff(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new AppError('INTERRUPTED');
}
