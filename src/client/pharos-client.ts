/**
 * Asks a Pharos over HTTP, from Node or a browser. It needs `fetch` and nothing else: of the rest of the house it knows
 * the types only, which are gone when it is compiled.
 */
import type { CitationFormat, CitationStyle } from '../citations/citation-formats.ts';
import type { Paper } from '../paper/paper.ts';
import type { Hit, SearchAnswer } from '../search/answer.ts';
import type { SuggestAnswer } from '../search/suggest.ts';
import { everyHit } from './every-hit.ts';
import type { AskOptions, PaperSearch } from './paper-search.ts';
import { PharosProblem } from './pharos-problem.ts';
import { readProblem, unreadable } from './read-problem.ts';
import type { RelatedInput, SearchInput, SuggestInput } from './requests.ts';
import type { ServerStatus } from './server-status.ts';

export interface PharosClientOptions {
  /** Where the server is; a path in it, as a proxy may give it one, is kept. http://127.0.0.1:7433 unless given. */
  readonly url?: string | URL;
  /** The key of a server that demands one, sent as `Authorization: Bearer`. */
  readonly key?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest an answer may take before it is given up with TIMEOUT; 60,000 unless given. */
  readonly timeoutMs?: number;
  /** Instead of the global one. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface CiteInput {
  /** Up to 1,000 ids, of `text` and `markdown` up to 100. */
  readonly ids: readonly string[];
  /** `bibtex` unless given. */
  readonly format?: CitationFormat;
  /** Of `text` and `markdown`; `apa` unless given. */
  readonly style?: CitationStyle;
  /** Whether `bibtex`, `ris` and `csl` hold the abstracts. */
  readonly abstracts?: boolean;
}

interface Call {
  readonly path: string;
  /** Makes it a POST. */
  readonly body?: unknown;
  readonly signal: AbortSignal | undefined;
}

const DEFAULT_URL = 'http://127.0.0.1:7433';
const DEFAULT_TIMEOUT_MS = 60_000;

/** Every method rejects with a PharosProblem, or with the reason of the signal that was aborted. */
export class PharosClient implements PaperSearch {
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;
  readonly #fetch: typeof globalThis.fetch;

  /** Throws TypeError for an address that is none. */
  constructor(options: PharosClientOptions = {}) {
    const { url = DEFAULT_URL, key, headers = {}, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    this.#base = new URL(url);
    this.#base.pathname = this.#base.pathname.replace(/\/*$/, '/');
    this.#headers = { ...(key !== undefined && { Authorization: `Bearer ${key}` }), ...headers };
    this.#timeoutMs = timeoutMs;
    // Called as a plain function: a browser refuses it as a method of something else.
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  search(input: SearchInput, { signal }: AskOptions = {}): Promise<SearchAnswer> {
    return this.#json({ path: 'api/v1/search', body: input, signal });
  }

  related(input: RelatedInput, { signal }: AskOptions = {}): Promise<SearchAnswer> {
    return this.#json({ path: 'api/v1/related', body: input, signal });
  }

  searchAll(input: SearchInput, options: AskOptions = {}): AsyncGenerator<Hit, void, undefined> {
    return everyHit((page) => this.search(page, options), input);
  }

  relatedAll(input: RelatedInput, options: AskOptions = {}): AsyncGenerator<Hit, void, undefined> {
    return everyHit((page) => this.related(page, options), input);
  }

  suggest({ q, limit }: SuggestInput, { signal }: AskOptions = {}): Promise<SuggestAnswer> {
    const query = new URLSearchParams({ q, ...(limit !== undefined && { limit: String(limit) }) });
    return this.#json({ path: `api/v1/suggest?${query}`, signal });
  }

  async get(id: string, { signal }: AskOptions = {}): Promise<Paper | undefined> {
    try {
      return await this.#json<Paper>({ path: `api/v1/papers/${encodeURIComponent(id)}`, signal });
    } catch (error) {
      if (error instanceof PharosProblem && error.code === 'PAPER_NOT_FOUND') return undefined;
      throw error;
    }
  }

  /** Papers as references, as one text. */
  async cite(input: CiteInput, { signal }: AskOptions = {}): Promise<string> {
    const response = await this.#ask({ path: 'api/v1/cite', body: input, signal });
    return this.#whole(response, signal);
  }

  status({ signal }: AskOptions = {}): Promise<ServerStatus> {
    return this.#json({ path: 'api/v1/status', signal });
  }

  async #json<Answer>(call: Call): Promise<Answer> {
    const response = await this.#ask(call);
    const text = await this.#whole(response, call.signal);
    try {
      return JSON.parse(text) as Answer;
    } catch {
      throw unreadable(response, text);
    }
  }

  /** A response that says it is fine. */
  async #ask({ path, body, signal }: Call): Promise<Response> {
    const ends = [AbortSignal.timeout(this.#timeoutMs), ...(signal ? [signal] : [])];
    const init = {
      headers: { ...this.#headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      signal: AbortSignal.any(ends),
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    };
    const response = await this.#fetch(new URL(path, this.#base), init).catch((error: unknown) => {
      throw this.#failure(error, signal);
    });
    if (!response.ok) throw readProblem(response, await this.#whole(response, signal));
    return response;
  }

  async #whole(response: Response, signal: AbortSignal | undefined): Promise<string> {
    return response.text().catch((error: unknown) => {
      throw this.#failure(error, signal);
    });
  }

  #failure(error: unknown, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted) return signal.reason;
    const address = this.#base.href;
    if (error instanceof Error && error.name === 'TimeoutError') {
      const message = `${address} did not answer within ${this.#timeoutMs} ms`;
      return new PharosProblem(
        { code: 'TIMEOUT', message, remedy: 'Ask again, or wait longer.' },
        { cause: error },
      );
    }
    const message = `${address} cannot be reached`;
    const remedy = 'Check the address, and that `pharos serve` runs there.';
    return new PharosProblem({ code: 'UNREACHABLE', message, remedy }, { cause: error });
  }
}
