/**
 * The protocol of agents over HTTP (Streamable HTTP), without sessions: every POST holds one message and its answer is
 * JSON. Nothing is ever sent unasked, so there is no stream to open and GET is refused, as the protocol allows.
 */
import { AppError } from '../../fault/app-error.ts';
import { requireKnownOrigin } from '../host-guard.ts';
import type { Problem } from '../problem.ts';
import { Reply } from '../reply.ts';
import { nothing } from '../request-schemas.ts';
import type { Route } from '../route.ts';

const TYPE = 'application/json; charset=utf-8';
const PARSE_ERROR = -32_700;
const SERVER_ERROR = -32_000;

export const mcpRoutes: readonly Route[] = [
  {
    method: 'post',
    address: '/mcp',
    path: '/mcp',
    summary: 'The Model Context Protocol, for agents.',
    input: nothing,
    answer: async (request, context, { signal }) => {
      requireKnownOrigin(request, context.settings.allowedHosts);
      const body: unknown = request.body;
      if (body === undefined) {
        throw new AppError('BODY_INVALID', { message: 'There is no body of type application/json.' });
      }
      if (Array.isArray(body)) {
        const message = 'The body is a batch, and the protocol has had none since 2025-06-18.';
        throw new AppError('BODY_INVALID', { message, remedy: 'Send one message a request.' });
      }
      // Loaded when the first agent comes: most servers never see one.
      const { answerMessage } = await import('./answer-message.ts');
      return answerMessage({ headers: request.headers, body }, context, signal);
    },
    budget: 'search',
    problem: toRpcError,
  },
];

/** As JSON-RPC puts an error; there is no id, since the message was not read. */
function toRpcError({ status, code, detail, remedy, requestId }: Problem): Reply {
  const error = {
    code: code === 'BODY_INVALID' ? PARSE_ERROR : SERVER_ERROR,
    message: `${detail} ${remedy}`,
    data: { code, requestId },
  };
  return new Reply(JSON.stringify({ jsonrpc: '2.0', id: null, error }), { type: TYPE, status });
}
