/**
 * Listens, warms the model, and stops without cutting anybody off. It also holds what protects the socket: how
 * long headers and bodies may take, how large headers may be, and what is answered to what is not HTTP.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FindKey } from '../access/session-book.ts';
import { AppError } from '../fault/app-error.ts';
import type { Access } from './access-guard.ts';
import { answerClientError } from './client-error.ts';
import type { Answering, ApiContext, ApiSettings, SearchPort } from './context.ts';
import { createApp, routesOf } from './create-app.ts';
import { gracefulClose } from './graceful-close.ts';
import { LoadGate } from './load-gate.ts';
import { Metrics } from './metrics.ts';
import { CAUTIOUS_LIMITS } from './rate-limit.ts';
import type { Readiness } from './readiness.ts';
import type { Route } from './route.ts';
import { SignInDesk } from './sign-in-desk.ts';

export interface ServerSettings extends ApiSettings {
  /** A name or address of this machine; `0.0.0.0` or `::` for all of them. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

type Owned = 'settings' | 'readiness' | 'access' | 'gate' | 'metrics';

export interface ServerParts extends Omit<ApiContext, Owned> {
  readonly settings: ServerSettings;
  /** For a caller that warms the searcher itself. Otherwise it is done here, and `/readyz` says 503 until then. */
  readonly readiness?: Readiness;
  /** What is served beside the API. */
  readonly pages?: readonly Route[];
  /** The key of a text; without it there are none. */
  readonly checkKey?: Access['check'];
  /** The key of an id, as long as it is one; without it nobody stays signed in. */
  readonly findKey?: FindKey;
  /** For a caller that counts into them too. */
  readonly metrics?: Metrics;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** What answers from now on. Requests that have begun end with what they began with. */
  replace(parts: Answering): void;
  /** Lets requests in flight finish, within the request timeout. Safe to call twice. */
  close(): Promise<void>;
}

/** Room for the longest question percent-encoded, beside ordinary headers. */
const MAX_HEADER_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 10_000;
const CONNECTIONS_CHECK_MS = 1_000;
/** Leaves the deadline of a request time to answer before the socket is closed under it. */
const MARGIN_MS = 1_000;
/** Of several lengths, because the model allocates for each. */
const WARM_UP_QUESTIONS = [
  'attention',
  'dark matter halos',
  'how do vaccines change the course of an epidemic',
  'which methods learn to translate between languages without any parallel sentences',
  'the relation of sleep and memory',
  'protein folding',
  'what limits the speed of sorting on machines with several levels of memory, and is the limit reached',
  'early universe',
];
/** Of several at once each is later and none sooner; more that come together wait (`load-gate.ts`). */
export const MAX_SEARCHES = 3;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;
const ANYWHERE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/**
 * Resolves when the server listens and is ready. Rejects with SETTINGS_INVALID where the address cannot be had,
 * and with the searcher's own error, the server closed again, where it cannot answer.
 */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { searcher, settings, logger } = parts;
  const warmth = { ready: false, reason: 'The server is warming up.' };
  const context = {
    readiness: warmth,
    metrics: new Metrics(),
    gate: new LoadGate(settings.maxSearches ?? MAX_SEARCHES),
    access: accessOf(parts),
    ...parts,
    settings: completed(settings),
  };
  const server = createSocketServer(settings);
  const stop = gracefulClose(server);
  server.on('clientError', (error, socket) => answerClientError(error, socket, logger));
  const app = createApp(context, parts.pages);
  const refusesAtOnce = context.gate.refusesAtOnce(routesOf(context));
  server.on('request', (request, response) => refusesAtOnce(request, response) || app(request, response));
  const port = await listen(server, settings);
  const close = async () => {
    const cutOff = await stop(settings.requestTimeoutMs + MARGIN_MS);
    if (cutOff > 0) logger.warn({ requests: cutOff }, 'requests were cut off');
  };
  try {
    if (parts.readiness === undefined) await warmUp(searcher);
    warmth.ready = true;
  } catch (error) {
    await close();
    throw error;
  }
  const replace = (fresh: Answering) => void Object.assign(context, fresh);
  return { url: `http://${hostInUrl(settings.host)}:${port}`, port, replace, close };
}

/** The first questions cost several times what later ones do: code is compiled, and memory touched. */
async function warmUp(searcher: SearchPort): Promise<void> {
  for (const query of WARM_UP_QUESTIONS) await searcher.search({ query });
}

function createSocketServer({ requestTimeoutMs }: ServerSettings): Server {
  return createServer({
    headersTimeout: Math.min(requestTimeoutMs, HEADERS_TIMEOUT_MS),
    requestTimeout: requestTimeoutMs + MARGIN_MS,
    connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The host guard refuses a missing Host in words.
    requireHostHeader: false,
  });
}

const nobody = async () => undefined;

function accessOf({ settings, checkKey = nobody, findKey = nobody }: ServerParts): Access {
  const isLoopback = isLoopbackHost(settings.host);
  return {
    isLoopback,
    isOpen: isLoopback || settings.isPublic === true,
    check: checkKey,
    signIns: new SignInDesk({ check: checkKey, find: findKey, settings }),
  };
}

/** Whether only this machine reaches what listens there. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Whoever binds to an address means to be reached under it; whoever names a proxy, to be reached through it. */
function completed({ host, allowedHosts, ...settings }: ServerSettings): ApiSettings {
  const isOurs = isLoopbackHost(host) && (settings.trustProxy ?? []).length === 0;
  return {
    ...settings,
    rateLimits: settings.rateLimits ?? (isOurs ? undefined : CAUTIOUS_LIMITS),
    allowedHosts: ANYWHERE.has(host) ? allowedHosts : [host, ...allowedHosts],
  };
}

async function listen(server: Server, { host, port }: ServerSettings): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw listenFault(error, host, port);
  }
  return (server.address() as AddressInfo).port;
}

function listenFault(error: unknown, host: string, port: number): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const taken = code === 'EADDRINUSE';
  const message = taken
    ? `Port ${port} of ${host} is taken by another program.`
    : `The server cannot listen on port ${port} of ${host} (${code}).`;
  const remedy = taken
    ? 'Stop the other program, or choose a port with --port.'
    : 'Choose others with --host and --port.';
  return new AppError('SETTINGS_INVALID', { message, remedy }, { cause: error });
}

function hostInUrl(host: string): string {
  const reachable = ANYWHERE.get(host) ?? host;
  return reachable.includes(':') ? `[${reachable}]` : reachable;
}
