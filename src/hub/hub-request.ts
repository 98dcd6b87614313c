/**
 * One request to a model hub, redirects included. They are followed here and not by the library because the hub says
 * what a file is (commit, size, hash) in the answer that redirects to its storage, which says it no more.
 */
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { AppError } from '../fault/app-error.ts';
import { TransientFault } from './transient-fault.ts';

/** As the environment has them; all empty for a direct connection. */
export interface ProxySettings {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts that are asked directly, separated by commas. */
  readonly noProxy: string;
}

export interface HubConnection {
  /** Keeps connections open between requests; to be closed. */
  readonly dispatcher: Dispatcher;
  /** Longest silence of the other side, before its headers and between two pieces of its answer. */
  readonly idleMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HubAnswer {
  readonly status: number;
  readonly body: Readable;
  /** A header of the last answer. */
  readonly header: (name: string) => string | undefined;
  /** A header of the first answer that had it, on the way here. */
  readonly told: (name: string) => string | undefined;
}

export interface HubRequest {
  readonly method: 'GET' | 'HEAD';
  /** Asks for the file from this byte on. */
  readonly from?: number;
}

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function openDispatcher({ httpProxy, httpsProxy, noProxy }: ProxySettings): Dispatcher {
  // Given empty strings the library does not look into the environment itself.
  return httpProxy === '' && httpsProxy === ''
    ? new Agent()
    : new EnvHttpProxyAgent({ httpProxy, httpsProxy, noProxy });
}

/**
 * Rejects with a TransientFault where the connection failed, and with MODEL_FETCH_FAILED where a redirect leads
 * nowhere or away from an encrypted connection. Statuses are the caller's business; so is reading the body.
 */
export async function askHub(
  url: string,
  { method, from = 0 }: HubRequest,
  connection: HubConnection,
): Promise<HubAnswer> {
  const passed: Dispatcher.ResponseData[] = [];
  let address = url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await send(address, { method, from }, connection);
    passed.push(answer);
    const location = REDIRECTS.has(answer.statusCode) ? headerOf(answer, 'location') : undefined;
    if (location === undefined) return asHubAnswer(answer, passed);
    await answer.body.dump();
    address = redirected(address, location);
  }
  throw new AppError('MODEL_FETCH_FAILED', { message: `${url} redirects more than ${MOST_REDIRECTS} times` });
}

async function send(
  url: string,
  { method, from = 0 }: HubRequest,
  { dispatcher, idleMs, signal }: HubConnection,
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url, {
      method,
      dispatcher,
      headersTimeout: idleMs,
      bodyTimeout: idleMs,
      // Compressed, neither sizes nor ranges would be those of the file.
      headers: { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) },
      ...(signal && { signal }),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new TransientFault(`${new URL(url).origin} cannot be reached: ${reasonOf(cause)}`, {
      isUnreachable: true,
      cause,
    });
  }
}

function redirected(from: string, location: string): string {
  const target = URL.canParse(location, from) ? new URL(location, from) : undefined;
  const isSafe = target?.protocol === 'https:' || target?.protocol === new URL(from).protocol;
  if (target && isSafe) return target.href;
  throw new AppError('MODEL_FETCH_FAILED', {
    message: `${from} redirects to ${location}, which is not followed`,
  });
}

function asHubAnswer(answer: Dispatcher.ResponseData, passed: readonly Dispatcher.ResponseData[]): HubAnswer {
  return {
    status: answer.statusCode,
    body: answer.body,
    header: (name) => headerOf(answer, name),
    told: (name) => passed.map((one) => headerOf(one, name)).find((value) => value !== undefined),
  };
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The innermost reason: of several addresses that were tried, only their errors say anything. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || reasonOf(cause.cause ?? cause.name);
}
