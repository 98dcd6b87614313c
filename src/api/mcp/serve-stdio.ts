/**
 * The protocol of agents over standard input and output: the agent starts this program, and ends it by closing its
 * input. Nothing but messages of the protocol is written to the output.
 */
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { createMcpServer, type McpParts } from './mcp-server.ts';

export interface StdioParts extends Pick<McpParts, 'open'> {
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Ends the serving, as the end of the input does. */
  readonly signal: AbortSignal;
  /** Told what was not a message, or could not be sent. */
  readonly onNotice: (notice: string) => void;
}

/** Resolves when the input has ended and what was asked is answered, or when the signal aborts. */
export async function serveStdio({ stdin, stdout, signal, open, onNotice }: StdioParts): Promise<void> {
  const server = createMcpServer({
    open,
    // Whoever starts this program may read the index himself, so nothing of a fault is kept from him.
    tell: ({ message, remedy, cause }) => {
      if (cause instanceof Error) onNotice(cause.stack ?? cause.message);
      return { message, remedy };
    },
  });
  const transport = new CountingTransport(stdin, stdout);
  const ended = new Promise<void>((resolve) => {
    stdin.once('end', () => void transport.idle().then(resolve));
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
    server.onclose = resolve;
  });
  server.onerror = ({ message }) => onNotice(message);
  await server.connect(transport);
  await ended;
  await server.close();
}

/** Knows which requests still wait for an answer, so that `echo '...' | pharos mcp` is not cut off. */
class CountingTransport extends StdioServerTransport {
  readonly #waiting = new Set<RequestId>();
  #onIdle: (() => void) | undefined;

  override async start(): Promise<void> {
    const pass = this.onmessage;
    this.onmessage = (message) => {
      if ('method' in message && 'id' in message) this.#waiting.add(message.id);
      // What is called off is never answered.
      if ('method' in message && message.method === 'notifications/cancelled')
        this.#answered(message.params?.requestId as RequestId | undefined);
      pass?.(message);
    };
    await super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    if (!('method' in message)) this.#answered(message.id);
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    if (this.#waiting.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }

  #answered(id: RequestId | undefined): void {
    if (id !== undefined) this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#onIdle?.();
  }
}
