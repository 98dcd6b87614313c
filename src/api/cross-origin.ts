/** Lets pages of the named origins read answers (CORS). Where none is named, browsers keep every page out. */
import cors from 'cors';
import type { RequestHandler } from 'express';

/** What a page may read beside the body. */
const EXPOSED = ['ETag', 'Link', 'Retry-After', 'X-Request-Id', 'X-Total-Count'];
/** How long a browser need not ask again whether it may ask. */
const PREFLIGHT_SECONDS = 600;

export function crossOrigin(origins: readonly string[]): RequestHandler[] {
  if (origins.length === 0) return [];
  const origin = origins.includes('*') ? '*' : [...origins];
  return [cors({ origin, exposedHeaders: EXPOSED, maxAge: PREFLIGHT_SECONDS })];
}
