/**
 * Who may do what. Reading is open where only this machine can ask, or where that was said; a key opens the rest. The
 * tokens of other services, which their clients send along, are not looked at and are kept nowhere.
 */
import type { Request, RequestHandler } from 'express';
import { type Key, mayDo, type Scope } from '../access/key.ts';
import { isSameUser } from '../access/same-user.ts';
import { AppError } from '../fault/app-error.ts';
import { traceOf } from './request-trace.ts';
import { isLocal } from './require-local.ts';

export interface Access {
  /** Reads need no key. */
  readonly isOpen: boolean;
  /** The server listens to this machine alone. */
  readonly isLoopback: boolean;
  /** The key of a text; undefined where it is not one of this server. */
  readonly check: (text: string) => Promise<Key | undefined>;
}

/** What every key of Pharos begins with. */
const OURS = /^pharos_/;
const BEARER = /^bearer +(\S+)$/i;

/** KEY_REQUIRED, KEY_UNKNOWN, SCOPE_TOO_SMALL. */
export function accessGuard(
  { scope = 'read' }: { readonly scope?: Scope | 'open' },
  access: Access,
): RequestHandler {
  if (scope === 'open') return (_request, _response, next) => next();
  return async (request, response, next) => {
    const key = await keyOf(request, access).catch((error: unknown) => {
      response.setHeader('WWW-Authenticate', 'Bearer realm="pharos"');
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
async function keyOf({ headers }: Request, { check }: Access): Promise<Key | undefined> {
  const [, bearer] = BEARER.exec(headers.authorization ?? '') ?? [];
  const given = [bearer, headers['x-api-key']].flat().filter((text) => text !== undefined && OURS.test(text));
  const [text] = given;
  if (text === undefined) return undefined;
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
