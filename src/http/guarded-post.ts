/**
 * A POST to an address that somebody gave, which may be meant to reach what only this machine reaches. The name is
 * resolved here and the connection goes to the very addresses that were looked at, so a name that answers otherwise
 * the second time (DNS rebinding) gains nothing. Redirects are not followed, and no proxy is asked.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { AppError } from '../fault/app-error.ts';
import { isPublicAddress } from './public-address.ts';
import { retryAfterMs } from './retry-after.ts';
import { reasonOf } from './send-request.ts';
import { TransientFault } from './transient-fault.ts';

export interface GuardedPost {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `host` for every port, or `host:port`, in lower case: may be reached although the address is private. */
  readonly allowedHosts: readonly string[];
  /** For the whole of it. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

type Lookup = (
  hostname: string,
  options: object,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

const REMEDY = 'Name the host with --webhook-host, if it is meant.';

/** DELIVERY_FAILED where the host of the address is a private address itself and not among the allowed hosts. */
export function requireReachable(url: URL, allowedHosts: readonly string[]): void {
  const host = bareHost(url);
  if (isAllowed(url, allowedHosts) || isIP(host) === 0 || isPublicAddress(host)) return;
  throw isPrivate(host, host);
}

export interface PostAnswer {
  readonly status: number;
  /** For how long the other side asks to be left alone; 0 where it does not. */
  readonly retryAfterMs: number;
}

/**
 * Resolves to the status, whatever it is; the body of the answer is not read. Rejects with DELIVERY_FAILED for a private
 * address, with a TransientFault where nobody answers in time.
 */
export async function postGuarded(address: string, post: GuardedPost): Promise<PostAnswer> {
  const url = new URL(address);
  requireReachable(url, post.allowedHosts);
  const dispatcher = new Agent({
    connect: isAllowed(url, post.allowedHosts) ? {} : { lookup: publicLookup as never },
  });
  const deadline = AbortSignal.timeout(post.timeoutMs);
  const signal = post.signal ? AbortSignal.any([post.signal, deadline]) : deadline;
  try {
    const { body, headers } = post;
    const answer = await request(url, { method: 'POST', dispatcher, body, headers, signal });
    answer.body.on('error', () => undefined).destroy();
    const retryAfter = [answer.headers['retry-after']].flat()[0];
    return { status: answer.statusCode, retryAfterMs: retryAfterMs(retryAfter, Date.now()) };
  } catch (cause) {
    post.signal?.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    const reason = deadline.aborted ? 'it took too long' : reasonOf(cause);
    throw new TransientFault(`${url.origin} cannot be reached: ${reason}`, { isUnreachable: true, cause });
  } finally {
    await dispatcher.destroy();
  }
}

/** One private address among public ones is enough to refuse: a name of the internet has none. */
const publicLookup: Lookup = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const wrong = addresses.find(({ address }) => !isPublicAddress(address));
    return wrong ? callback(isPrivate(hostname, wrong.address), []) : callback(null, addresses);
  });
};

function isAllowed(url: URL, allowedHosts: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowedHosts.some((host) => host === url.hostname || host === `${url.hostname}:${port}`);
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function isPrivate(host: string, address: string): AppError {
  const message =
    host === address ? `${host} is a private address` : `${host} is ${address}, a private address`;
  return new AppError('DELIVERY_FAILED', { message, remedy: REMEDY });
}
