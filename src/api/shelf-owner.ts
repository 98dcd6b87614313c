/**
 * Whose library a request is about: that of the key it showed, or, on a server that this machine alone reaches, that of
 * the user who runs it. A library changes nothing of the corpus, so any key may keep one; but it is private, so where
 * reading is open to everybody a library is not.
 */
import type { Request } from 'express';
import { isSameUser } from '../access/same-user.ts';
import { AppError } from '../fault/app-error.ts';
import { LOCAL_OWNER, type Owner } from '../shelf/shelf.ts';
import type { ApiContext } from './context.ts';
import { traceOf } from './request-trace.ts';
import { isLocal } from './require-local.ts';
import { requireSameSite } from './require-same-site.ts';

/** CROSS_SITE for a page of another site, KEY_REQUIRED where nobody is known. */
export async function ownerOf(
  request: Request,
  { access, settings }: Pick<ApiContext, 'access' | 'settings'>,
): Promise<Owner> {
  const key = request.res && traceOf(request.res).key;
  if (typeof key === 'string') return key;
  requireOwnPage(request, settings);
  const { localPort, remotePort } = request.socket;
  if (access.isLoopback && isLocal(request) && (await isSameUser({ localPort, remotePort }))) {
    return LOCAL_OWNER;
  }
  request.res?.setHeader('WWW-Authenticate', 'Bearer realm="pharos"');
  throw new AppError('KEY_REQUIRED', { message: 'A library belongs to a key; any key may keep one.' });
}

/**
 * Another site's page may follow a link to here, since it cannot read what its visitor sees then. Whatever it could read
 * has an Origin, and what changes something is not for it to send.
 */
function requireOwnPage(request: Request, settings: ApiContext['settings']): void {
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (!isReading || request.headers.origin !== undefined) requireSameSite(request, settings);
}
