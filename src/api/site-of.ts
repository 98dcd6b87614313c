/** The address that links in answers begin with. */
import type { Request } from 'express';
import { schemeOf } from './caller.ts';
import type { ApiSettings } from './context.ts';

/**
 * `http://127.0.0.1:7433`, without a slash at its end: where whoever asks has reached this server, by a name that the
 * host guard has let through. Who comes by the name of the public address is given that address, since only it knows
 * of paths that a proxy takes away; for all others, the scheme is what a proxy that the settings name says.
 */
export function siteOf(request: Request, { publicUrl }: Pick<ApiSettings, 'publicUrl'>): string {
  const host = request.headers.host ?? '';
  const isPublic = publicUrl !== undefined && nameIn(host) === new URL(publicUrl).hostname;
  return isPublic ? publicUrl.replace(/\/+$/, '') : `${schemeOf(request)}://${host}`;
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
