/** The address that links in answers begin with. */
import type { Request } from 'express';
import type { ApiSettings } from './context.ts';

/**
 * `http://127.0.0.1:7433`, without a slash at its end: where whoever asks has reached this server, by a name that the
 * host guard has let through. Who comes by the name of the public address is given that address, since only it knows
 * of TLS and of paths that a proxy takes away.
 */
export function siteOf(request: Request, { publicUrl }: Pick<ApiSettings, 'publicUrl'>): string {
  const host = request.headers.host ?? '';
  const isPublic = publicUrl !== undefined && nameIn(host) === new URL(publicUrl).hostname;
  return isPublic ? publicUrl.replace(/\/+$/, '') : `${request.protocol}://${host}`;
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
