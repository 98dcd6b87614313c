/**
 * Stops a server without cutting off an answer. Node's own `close` waits for every connection that was opened and
 * never used, of which a browser holds several; this counts requests and not connections.
 */
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';

/** Resolves when everything is closed, to the number of requests that were cut off after `graceMs`. */
export type GracefulClose = (graceMs: number) => Promise<number>;

/** To be called before the handler is attached, so that it sees every request first. */
export function gracefulClose(server: Server): GracefulClose {
  const inFlight = new Set<ServerResponse>();
  let closing: Promise<number> | undefined;
  server.on('request', (_request, response: ServerResponse) => {
    inFlight.add(response);
    response.once('close', () => inFlight.delete(response));
    if (closing !== undefined) sayGoodbye(response);
  });
  return (graceMs) => {
    closing ??= drain(server, inFlight, graceMs);
    return closing;
  };
}

async function drain(
  server: Server,
  inFlight: ReadonlySet<ServerResponse>,
  graceMs: number,
): Promise<number> {
  const closed = once(server, 'close');
  server.close();
  for (const response of inFlight) sayGoodbye(response);
  const grace = AbortSignal.timeout(graceMs);
  while (inFlight.size > 0 && !grace.aborted) await allEnded(inFlight, grace);
  const cutOff = inFlight.size;
  server.closeAllConnections();
  await closed;
  return cutOff;
}

/** Resolves when the answers of now have gone out, or the grace is over. */
async function allEnded(inFlight: ReadonlySet<ServerResponse>, grace: AbortSignal): Promise<void> {
  try {
    await Promise.all([...inFlight].map((response) => once(response, 'close', { signal: grace })));
  } catch (error) {
    if (!grace.aborted) throw error;
  }
}

/** Without this the connection would be kept for a next request that is not going to be answered. */
function sayGoodbye(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
