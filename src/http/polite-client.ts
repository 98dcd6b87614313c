/**
 * Asks services that other people pay for: one request at a time in each lane, not oftener than agreed, with a name
 * and an address to complain to, patient with what passes, and never for what has not changed.
 */
import { AppError } from '../fault/app-error.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { type DecodedText, decodeText } from './decode-text.ts';
import { Patience, type PatienceOptions } from './patience.ts';
import { ACCEPTED_ENCODINGS, readBody } from './read-body.ts';
import { retryAfterMs } from './retry-after.ts';
import {
  type Answer,
  type Dispatcher,
  NO_PROXIES,
  openDispatcher,
  type ProxySettings,
  reasonOf,
  type Secrets,
  sendRequest,
} from './send-request.ts';
import { TransientFault } from './transient-fault.ts';
import { type Lane, type Passage, Turnstile } from './turnstile.ts';

/** What an answer may be asked for again with: nothing comes where it has not changed. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly secrets?: Secrets | undefined;
  /** Sent as JSON, by POST. */
  readonly json?: unknown;
  /** Those of an earlier answer; the status is 304 where that is still good. */
  readonly validators?: Validators;
  /** Statuses beside 2xx that `read` wants to see. */
  readonly alsoFine?: readonly number[];
  /** Of the unpacked body. */
  readonly maxBytes?: number;
  /** For the whole of one attempt. */
  readonly deadlineMs?: number;
}

export interface PoliteAnswer {
  readonly address: string;
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Buffer;
  readonly text: () => DecodedText;
  readonly validators: Validators;
}

/**
 * Resolves to what `read` makes of the answer. Where `read` throws a TransientFault it is asked for again: a body may
 * be cut off without anybody saying so. Rejects with SOURCE_FAILED, or with what the signal was aborted with.
 */
export type Ask = <T>(url: string, read: (answer: PoliteAnswer) => T, options?: AskOptions) => Promise<T>;

export interface PoliteClientOptions {
  /** Who asks: name, version and contact. */
  readonly userAgent: string;
  /** Folder shared by everything on this machine that asks the same services. */
  readonly lanesDir: string;
  readonly proxies?: ProxySettings;
  readonly patience?: Partial<PatienceOptions>;
  readonly clock?: Clock;
  readonly idleMs?: number;
  /** Told when a request has to be repeated: why, and after which pause. */
  readonly onTrouble?: (reason: string, pauseMs: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const CODE = 'SOURCE_FAILED';
const IDLE_MS = 60_000;
const DEADLINE_MS = 300_000;
const MAX_BYTES = 32 * 1024 * 1024;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Services ask for a minute and more when they are overloaded, and mean it. */
const PATIENCE: PatienceOptions = {
  tries: 8,
  triesUnanswered: 4,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  longestRetryAfterMs: 900_000,
};

export class PoliteClient {
  readonly #options: PoliteClientOptions;
  readonly #clock: Clock;
  readonly #dispatcher: Dispatcher;
  readonly #turnstile: Turnstile;

  constructor(options: PoliteClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#dispatcher = openDispatcher(options.proxies ?? NO_PROXIES);
    this.#turnstile = new Turnstile(options.lanesDir, { clock: this.#clock, signal: options.signal });
  }

  /** What asks in one lane. */
  askIn(lane: Lane): Ask {
    return (url, read, options = {}) => this.#ask(lane, url, { read, options });
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #ask<T>(
    lane: Lane,
    url: string,
    { read, options }: { readonly read: (answer: PoliteAnswer) => T; readonly options: AskOptions },
  ): Promise<T> {
    const { signal, patience, onTrouble } = this.#options;
    const circumstances = { code: CODE, signal, clock: this.#clock, onPause: onTrouble } as const;
    const tries = new Patience({ ...PATIENCE, ...patience }, circumstances);
    for (;;) {
      try {
        return read(await this.#turnstile.pass(lane, (passage) => this.#attempt(url, options, passage)));
      } catch (error) {
        await tries.endure(error);
      }
    }
  }

  async #attempt(url: string, options: AskOptions, passage: Passage): Promise<PoliteAnswer> {
    const { signal, idleMs = IDLE_MS } = this.#options;
    const deadline = AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS);
    const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
    try {
      const connection = { dispatcher: this.#dispatcher, idleMs, code: CODE, signal: either } as const;
      const answer = await sendRequest(url, this.#requestFor(options), connection);
      this.#requireFine(answer, url, { options, passage });
      const limit = { address: url, code: CODE } as const;
      return asPolite(answer, url, await readBody(answer, options.maxBytes ?? MAX_BYTES, limit));
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof AppError || cause instanceof TransientFault) throw cause;
      const reason = deadline.aborted ? 'it took too long' : reasonOf(cause);
      throw new TransientFault(`The answer of ${new URL(url).origin} broke off: ${reason}`, { cause });
    }
  }

  #requestFor({ headers, secrets, json, validators = {} }: AskOptions) {
    const { etag, lastModified } = validators;
    return {
      method: json === undefined ? 'GET' : 'POST',
      headers: {
        'user-agent': this.#options.userAgent,
        'accept-encoding': ACCEPTED_ENCODINGS,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
        ...headers,
      },
      secrets,
      body: json === undefined ? undefined : JSON.stringify(json),
    } as const;
  }

  #requireFine(
    answer: Answer,
    url: string,
    { options, passage }: { readonly options: AskOptions; readonly passage: Passage },
  ): void {
    const { status } = answer;
    if ((status >= 200 && status < 300) || status === 304 || options.alsoFine?.includes(status)) return;
    // Its body is of no use, and a connection that is still read from could not be used again.
    answer.body.on('error', () => undefined).destroy();
    const message = `${withoutSecrets(url)} answers ${status}`;
    if (!PASSING.has(status)) throw new AppError(CODE, { message });
    const waitMs = retryAfterMs(answer.header('retry-after'), this.#clock.nowMs());
    passage.holdOff(waitMs);
    throw new TransientFault(message, { retryAfterMs: waitMs });
  }
}

function asPolite({ status, header }: Answer, address: string, bytes: Buffer): PoliteAnswer {
  let decoded: DecodedText | undefined;
  return {
    address,
    status,
    header,
    bytes,
    text: () => {
      decoded ??= decodeText(bytes, header('content-type'));
      return decoded;
    },
    validators: { etag: header('etag'), lastModified: header('last-modified') },
  };
}

/** Some services take keys and addresses of people in the query; neither belongs into a message. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
