/**
 * For what changes something or tells whom mail is sent to: as long as nobody can prove who they are, only this
 * machine may ask. A request that came through a proxy is from elsewhere, although the proxy is here, and
 * so is one of a page of another origin, although its browser is here: who may read answers may not change anything.
 */
import type { Request } from 'express';
import { AppError } from '../fault/app-error.ts';
import { isForwarded } from './caller.ts';

const LOOPBACK = /^(?:127(?:\.\d+){3}|::1|::ffff:127(?:\.\d+){3})$/;
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** LOCAL_ONLY. */
export function requireLocal(request: Request): void {
  const { origin, host } = request.headers;
  const isOwnPage = origin === undefined || origin === `http://${host}`;
  if (!(isLocal(request) && isOwnPage)) throw new AppError('LOCAL_ONLY');
}

export function isLoopback(address: string | undefined): boolean {
  return LOOPBACK.test(address ?? '');
}

/** By the connection alone: what a proxy says of who asks is never believed here. */
export function isLocal(request: Request): boolean {
  const { socket, headers } = request;
  const isNear = isLoopback(socket.remoteAddress) && LOOPBACK_HOST.test(headers.host ?? '');
  return isNear && !isForwarded(request);
}
