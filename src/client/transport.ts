/**
 * One request and its answer: address, headers, time, and every way to fail as one error. It needs `fetch` and nothing
 * else, so it runs in Node and in browsers.
 */
import { Deadline } from './deadline.ts';
import type { RequestOptions } from './paper-search.ts';
import { PharosProblem } from './pharos-problem.ts';
import { readProblem, unreadable } from './read-problem.ts';
import type { RowStream } from './row-stream.ts';

export interface TransportOptions {
  readonly base: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
}

export interface Call extends RequestOptions {
  /** Below the address of the server, without a slash at its beginning; ids in it are encoded. */
  readonly path: string;
  /** Of the address; what is undefined is left out, and a list is given value by value. */
  readonly query?: object;
  /** Sent as JSON. GET where there is no body of either kind, POST where there is, unless `method` says otherwise. */
  readonly body?: object;
  /** Sent as one JSON object a line. */
  readonly rows?: string | RowStream;
  readonly method?: 'DELETE' | 'PUT';
}

/** What `fetch` of Node and of Chromium wants to hear before it sends a stream. */
type Init = RequestInit & { duplex?: 'half' };

/** Every method rejects with a PharosProblem, or with the reason of the signal that was aborted. */
export class Transport {
  readonly timeoutMs: number;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.timeoutMs = options.timeoutMs;
  }

  /** As the server wrote it. */
  text(call: Call): Promise<string> {
    return this.#exchange(call, (response) => response.text());
  }

  bytes(call: Call): Promise<ArrayBuffer> {
    return this.#exchange(call, (response) => response.arrayBuffer());
  }

  /** ANSWER_UNREADABLE where it is no JSON; that it has this type is the word of docs/api.md. */
  json<Answer>(call: Call): Promise<Answer> {
    return this.#exchange(call, async (response) => {
      const text = await response.text();
      try {
        return JSON.parse(text) as Answer;
      } catch {
        throw unreadable(response, text);
      }
    });
  }

  /** The pieces of an answer that has no end of its own. The time counts from piece to piece. */
  async *pieces(call: Call): AsyncGenerator<string, void, undefined> {
    const deadline = new Deadline(call.timeoutMs ?? this.timeoutMs);
    const leaving = new AbortController();
    const ends = [deadline.signal, leaving.signal];
    try {
      const response = await this.#send(call, { deadline, ends });
      const decoder = new TextDecoder();
      const reader = response.body?.getReader();
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        deadline.stop();
        yield decoder.decode(piece.value, { stream: true });
        deadline.start();
      }
    } catch (error) {
      throw this.#failure(error, call, deadline);
    } finally {
      deadline.stop();
      leaving.abort();
    }
  }

  async #exchange<Answer>(call: Call, read: (response: Response) => Promise<Answer>): Promise<Answer> {
    const deadline = new Deadline(call.timeoutMs ?? this.timeoutMs);
    try {
      return await read(await this.#send(call, { deadline, ends: [deadline.signal] }));
    } catch (error) {
      throw this.#failure(error, call, deadline);
    } finally {
      deadline.stop();
      if (typeof call.rows === 'object') await call.rows.close();
    }
  }

  /** A response that says it is fine. */
  async #send(
    call: Call,
    { deadline, ends }: { readonly deadline: Deadline; readonly ends: readonly AbortSignal[] },
  ): Promise<Response> {
    call.signal?.throwIfAborted();
    const init = {
      ...initOf(call, this.#options.headers, deadline),
      signal: AbortSignal.any([...ends, ...(call.signal ? [call.signal] : [])]),
    };
    deadline.start();
    const response = await this.#options.fetch(this.#addressOf(call), init);
    if (!response.ok) throw readProblem(response, await response.text());
    return response;
  }

  #addressOf({ path, query }: Call): URL {
    const url = new URL(path, this.#options.base);
    for (const [name, value] of Object.entries(query ?? {})) {
      const values: unknown[] = Array.isArray(value) ? value : [value];
      for (const one of values) if (one !== undefined) url.searchParams.append(name, String(one));
    }
    return url;
  }

  #failure(error: unknown, { signal, rows }: Call, deadline: Deadline): unknown {
    if (error instanceof PharosProblem) return error;
    if (signal?.aborted) return signal.reason;
    // Whatever `fetch` makes of it, it is the caller's own.
    if (typeof rows === 'object' && rows.failure) return rows.failure.reason;
    const address = this.#options.base.href;
    if (deadline.isOver) {
      const message = `${address} did not answer within ${deadline.ms} ms`;
      const remedy = 'Ask again, or wait longer with `timeoutMs`.';
      return new PharosProblem({ code: 'TIMEOUT', message, remedy }, { cause: error });
    }
    const message = `${address} cannot be reached`;
    const remedy = 'Check the address, and that `pharos serve` runs there.';
    return new PharosProblem({ code: 'UNREACHABLE', message, remedy }, { cause: error });
  }
}

function initOf({ body, rows, method }: Call, headers: Readonly<Record<string, string>>, deadline: Deadline) {
  if (rows === undefined && body === undefined) return { headers, ...(method && { method }) };
  const type = rows === undefined ? 'application/json' : 'application/x-ndjson';
  const init: Init = { method: method ?? 'POST', headers: { ...headers, 'Content-Type': type } };
  if (typeof rows === 'object') Object.assign(init, { body: rows.open(deadline), duplex: 'half' });
  else init.body = rows ?? JSON.stringify(body);
  return init;
}
