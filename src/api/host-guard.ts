/**
 * Answers only under names that were meant. A page on the internet can make its own name point at 127.0.0.1 and
 * so read a server behind the firewall (DNS rebinding); its requests still carry that name in Host.
 */
import type { Request, RequestHandler } from 'express';
import { AppError } from '../fault/app-error.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const HOST = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i;

/** `name` in `allowedHosts` stands for every port, `name:port` for that one; case does not matter. */
export function hostGuard(allowedHosts: readonly string[]): RequestHandler {
  const allowed = new Set([...LOOPBACK, ...allowedHosts.map(normalizeHost)]);
  return (request, _response, next) => {
    const hosts = hostHeaders(request.rawHeaders);
    const host = hosts.length === 1 ? hosts[0] : undefined;
    next(host !== undefined && isAllowed(host, allowed) ? undefined : refusal(hosts));
  };
}

/**
 * For what pages must not call at all: a browser names the page in Origin, and only pages of this machine or of an
 * allowed host may. Programs send no Origin and pass. HOST_NOT_ALLOWED.
 */
export function requireKnownOrigin({ headers }: Request, allowedHosts: readonly string[]): void {
  const { origin } = headers;
  if (origin === undefined) return;
  const allowed = new Set([...LOOPBACK, ...allowedHosts.map(normalizeHost)]);
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1];
  if (host !== undefined && isAllowed(host, allowed)) return;
  const message = `Pages of ${JSON.stringify(origin.slice(0, 100))} may not call this address.`;
  throw new AppError('HOST_NOT_ALLOWED', { message, remedy: 'Name the host of the page with --allow-host.' });
}

/** Lower case, and the brackets that an IPv6 address needs before a port can follow it. */
function normalizeHost(host: string): string {
  const lower = host.toLowerCase();
  return lower.startsWith('[') || lower.split(':').length < 3 ? lower : `[${lower}]`;
}

/** Node keeps only the first Host in `headers`, so a second one is visible in the raw list alone. */
function hostHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
}

function isAllowed(host: string, allowed: ReadonlySet<string>): boolean {
  const lower = host.toLowerCase();
  const name = HOST.exec(lower)?.[1];
  return name !== undefined && (allowed.has(name) || allowed.has(lower));
}

function refusal(hosts: readonly string[]): AppError {
  const [host = ''] = hosts;
  if (hosts.length > 1)
    return new AppError('HOST_NOT_ALLOWED', { message: 'There is more than one Host header.' });
  if (host === '') return new AppError('HOST_NOT_ALLOWED', { message: 'There is no Host header.' });
  return new AppError('HOST_NOT_ALLOWED', {
    message: `This server does not answer under the name "${host.slice(0, 100)}".`,
  });
}
