/**
 * One request, redirects included. They are followed here and not by the library because what the first answer says
 * may be what is wanted (a model hub describes a file in the answer that redirects to its storage), because nothing
 * may leave an encrypted connection, and because what proves who asks goes to nobody else.
 */
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { AppError } from '../fault/app-error.ts';
import type { FaultCode } from '../fault/codes.ts';
import { TransientFault } from './transient-fault.ts';

/** As the environment has them; all empty for a direct connection. */
export interface ProxySettings {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts that are asked directly, separated by commas. */
  readonly noProxy: string;
}

export type { Dispatcher };

export const NO_PROXIES: ProxySettings = { httpProxy: '', httpsProxy: '', noProxy: '' };

export interface Connection {
  /** Keeps connections open between requests; to be closed. */
  readonly dispatcher: Dispatcher;
  /** Longest silence of the other side, before its headers and between two pieces of its answer. */
  readonly idleMs: number;
  /** What a redirect that is not followed is called. */
  readonly code: FaultCode;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: Readable;
  /** A header of the last answer. */
  readonly header: (name: string) => string | undefined;
  /** A header of the first answer that had it, on the way here. */
  readonly told: (name: string) => string | undefined;
}

/**
 * What proves who asks. It goes to the server of the first address alone, not to one that it redirects to, and no
 * message tells it. Some services want it in the query; it must not be written into the address itself.
 */
export interface Secrets {
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly secrets?: Secrets | undefined;
  readonly body?: string | undefined;
}

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Not sent on to another server. */
const PRIVATE_HEADERS = new Set(['authorization', 'cookie', 'x-api-key']);

export function openDispatcher({ httpProxy, httpsProxy, noProxy }: ProxySettings): Dispatcher {
  // Given empty strings the library does not look into the environment itself.
  return httpProxy === '' && httpsProxy === ''
    ? new Agent()
    : new EnvHttpProxyAgent({ httpProxy, httpsProxy, noProxy });
}

/**
 * Rejects with a TransientFault where the connection failed, and with the code of the connection where a redirect
 * leads nowhere or away from an encrypted one. Statuses are the caller's business; so is reading the body.
 */
export async function sendRequest(url: string, request: Request, connection: Connection): Promise<Answer> {
  const passed: Dispatcher.ResponseData[] = [];
  let address = url;
  let asked = request;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await send(address, asked, connection);
    passed.push(answer);
    const location = REDIRECTS.has(answer.statusCode) ? headerOf(answer, 'location') : undefined;
    if (location === undefined) return asAnswer(answer, passed);
    await answer.body.dump();
    const next = redirected(address, location, { code: connection.code, secrets: asked.secrets });
    if (new URL(next).origin !== new URL(address).origin) asked = withoutSecrets(asked);
    address = next;
  }
  throw new AppError(connection.code, { message: `${url} redirects more than ${MOST_REDIRECTS} times` });
}

async function send(
  url: string,
  { method, headers, secrets = {}, body }: Request,
  { dispatcher, idleMs, signal }: Connection,
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(withParameters(url, secrets), {
      method,
      dispatcher,
      headersTimeout: idleMs,
      bodyTimeout: idleMs,
      headers: { ...headers, ...secrets.headers },
      ...(body !== undefined && { body }),
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

function redirected(
  from: string,
  location: string,
  { code, secrets }: { readonly code: FaultCode; readonly secrets: Secrets | undefined },
): string {
  const target = URL.canParse(location, from)
    ? withoutParameters(new URL(location, from), secrets)
    : undefined;
  const isSafe = target?.protocol === 'https:' || target?.protocol === new URL(from).protocol;
  if (target && isSafe) return target.href;
  throw new AppError(code, { message: `${from} redirects to ${target ?? location}, which is not followed` });
}

function withParameters(url: string, { parameters }: Secrets): string {
  return parameters ? `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}` : url;
}

/** A server may repeat in a redirect what it was asked with. */
function withoutParameters(url: URL, { parameters = {} }: Secrets = {}): URL {
  const repeated = Object.keys(parameters).filter((name) => url.searchParams.has(name));
  for (const name of repeated) url.searchParams.delete(name);
  return url;
}

function withoutSecrets({ headers = {}, secrets: _, ...request }: Request): Request {
  const open = Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.has(name.toLowerCase()));
  return { ...request, headers: Object.fromEntries(open) };
}

function asAnswer(answer: Dispatcher.ResponseData, passed: readonly Dispatcher.ResponseData[]): Answer {
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
