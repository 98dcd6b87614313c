/**
 * Who may do what. Reading is open where only this machine can ask, or where that was said; a key opens the rest, or the
 * session of a browser whose user has shown one. The tokens of other services, which their clients send along, are not
 * looked at and are kept nowhere.
 */
import type { Request, RequestHandler } from 'express';
import { type Key, mayDo, type Scope } from '../access/key.ts';
import { isSameUser } from '../access/same-user.ts';
import { AppError, isAppError } from '../fault/app-error.ts';
import { traceOf } from './request-trace.ts';
import { isLocal } from './require-local.ts';

export interface Access {
  /** Reads need no key. */
  readonly isOpen: boolean;
  /** The server listens to this machine alone. */
  readonly isLoopback: boolean;
  /** The key of a text; undefined where it is not one of this server. */
  readonly check: (text: string) => Promise<Key | undefined>;
  readonly signIns: SignIns;
}

/** The sessions of browsers. */
export interface SignIns {
  /** The Set-Cookie of a new session. CROSS_SITE, RATE_LIMITED, KEY_UNKNOWN. */
  signIn(request: Request, text: string): Promise<string>;
  /** The Set-Cookie that takes the session back; there need be none. CROSS_SITE. */
  signOut(request: Request): string;
  /** The key of the session that a request shows, with the scope that sessions have; undefined without one. CROSS_SITE. */
  keyOf(request: Request): Promise<Key | undefined>;
}

/** What every key of Pharos begins with. */
const OURS = /^pharos_/;
const BEARER = /^bearer +(\S+)$/i;

/** KEY_REQUIRED, KEY_UNKNOWN, SCOPE_TOO_SMALL; CROSS_SITE for what a page of another site does with a session. */
export function accessGuard(
  { scope = 'read' }: { readonly scope?: Scope | 'open' },
  access: Access,
): RequestHandler {
  if (scope === 'open') return (_request, _response, next) => next();
  return async (request, response, next) => {
    const key = await keyOf(request, access).catch((error: unknown) => {
      if (isAppError(error, 'KEY_UNKNOWN')) response.setHeader('WWW-Authenticate', 'Bearer realm="pharos"');
      throw error;
    });
    traceOf(response).key = key?.id ?? null;
    if (key && !mayDo(key.scope, scope)) {
      const message = `The key ${key.id} may ${key.scope}; this needs ${scope}.`;
      throw new AppError('SCOPE_TOO_SMALL', { message });
    }
    if (!key && !(await isOpenTo(request, scope, access))) {
      response.setHeader('WWW-Authenticate', 'Bearer realm="pharos"');
      throw new AppError('KEY_REQUIRED', { message: `This needs a key that may ${scope}.` });
    }
    next();
  };
}

/** A text that is ours and names no key is refused even where none is needed: its holder believes to be known. */
async function keyOf(request: Request, { check, signIns }: Access): Promise<Key | undefined> {
  const { headers } = request;
  const [, bearer] = BEARER.exec(headers.authorization ?? '') ?? [];
  const given = [bearer, headers['x-api-key']].flat().filter((text) => text !== undefined && OURS.test(text));
  const [text] = given;
  // A session that has ended is none: its holder is told to sign in where that is needed.
  if (text === undefined) return signIns.keyOf(request);
  const key = given.every((other) => other === text) ? await check(text) : undefined;
  if (!key) throw new AppError('KEY_UNKNOWN');
  return key;
}

async function isOpenTo(request: Request, scope: Scope, access: Access): Promise<boolean> {
  if (scope === 'read') return access.isOpen;
  if (!access.isLoopback || !isLocal(request)) return false;
  if (scope === 'admin') return true;
  // A page of another site can make a browser of the same user send requests.
  if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined) return false;
  const { localPort, remotePort } = request.socket;
  return isSameUser({ localPort, remotePort });
}
