/**
 * For forms that do something: another site can make the browser of its visitor send ours, but not hide that it did.
 * Programs that are no browsers send neither header, and nobody's browser can be made to be one.
 */
import type { Request } from 'express';
import { AppError } from '../fault/app-error.ts';
import type { ApiSettings } from './context.ts';

/** CROSS_SITE. */
export function requireSameSite({ headers }: Request, { publicUrl }: Pick<ApiSettings, 'publicUrl'>): void {
  const { origin, host = '', 'sec-fetch-site': site } = headers;
  // `none` is what nobody's page has sent: a reload, a bookmark.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('CROSS_SITE');
  if (origin === undefined) return;
  const hosts = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
  if (!URL.canParse(origin) || !hosts.includes(new URL(origin).host)) throw new AppError('CROSS_SITE');
}
