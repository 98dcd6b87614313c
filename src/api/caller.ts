/**
 * Where a request comes from. Proxies say so in headers that anybody can send, so they are believed only from those that
 * the settings name, and only for counting, logging and links: nothing is ever allowed because of them. That a header
 * is there at all is believed from everybody, since it can only take permissions away.
 */
import { isIP } from 'node:net';
import type { Express, Request } from 'express';

/** What proxies add to the requests they hand on; none of it comes from programs that ask by themselves. */
const FORWARDED: ReadonlySet<string> = new Set([
  ...['forwarded', 'via', 'cdn-loop', 'x-forwarded', 'x-original-forwarded-for', 'x-envoy-external-address'],
  ...[
    'x-real-ip',
    'x-client-ip',
    'x-cluster-client-ip',
    'true-client-ip',
    'cf-connecting-ip',
    'fastly-client-ip',
  ],
]);
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/;
const ZONE = /%.*$/;

/**
 * `proxies` as the setting has them: addresses, ranges such as `10.0.0.0/8`, and `loopback`, `linklocal`, `uniquelocal`.
 * Express (proxy-addr) reads X-Forwarded-For from its end and stops at the first address that is none of them: what
 * stands before that was written by the caller.
 */
export function trustProxies(app: Express, proxies: readonly string[]): void {
  app.set('trust proxy', [...proxies]);
}

/** The address of who asks, as IPv4 where it is one; of the proxy, where what the proxy says is no address. */
export function addressOf(request: Pick<Request, 'ip' | 'socket'>): string {
  const { ip = '', socket } = request;
  const address = isIP(ip) === 0 ? (socket.remoteAddress ?? 'unknown') : ip;
  return address.replace(MAPPED_IPV4, '').replace(ZONE, '');
}

/** How the caller reached the outermost proxy. Any other word that a proxy lets through is no scheme of ours. */
export function schemeOf({ protocol }: Pick<Request, 'protocol'>): 'http' | 'https' {
  return protocol === 'https' ? 'https' : 'http';
}

/**
 * Whether somebody else may stand behind this connection: it comes from a proxy that the settings name, whatever its
 * headers; or a header tells of a proxy; or it speaks HTTP/1.0, as nginx does where it is told nothing and adds no header.
 */
export function isForwarded({ app, headers, httpVersion, socket }: Request): boolean {
  const isTrusted = app.get('trust proxy fn') as (address: string, hops: number) => boolean;
  if (isTrusted(socket.remoteAddress ?? '', 0) || httpVersion === '1.0') return true;
  return Object.keys(headers).some((name) => FORWARDED.has(name) || name.startsWith('x-forwarded-'));
}
