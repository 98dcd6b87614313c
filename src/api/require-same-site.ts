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
  if (site !== undefined) {
    // What the browser itself has seen is believed: it may withhold the origin of its own page (`Origin: null`), where
    // that is to leave no traces. `none` is what nobody's page has sent: a reload, a bookmark.
    if (site === 'same-origin' || site === 'none') return;
    throw new AppError('CROSS_SITE');
  }
  // Over plain HTTP, but to this machine, browsers send no more than this one.
  if (origin === undefined) return;
  const hosts = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
  if (!URL.canParse(origin) || !hosts.includes(new URL(origin).host)) throw new AppError('CROSS_SITE');
}
