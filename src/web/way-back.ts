/** Where a form leads back to: the page one came from, and never another site. */

/** Any: it only has to be none that a browser would take from the text. */
const BASE = 'http://here.invalid';
const START = '/';

/**
 * A path with its query and its place on the page, as it can stand in `Location`: `text` where it is one of this server, else the start page.
 * Browsers read `//host`, `/\host` and `/<tab>/host` as another site, so it is read as they do.
 */
export function wayBack(text: string | undefined, otherwise = START): string {
  if (text === undefined || !text.startsWith('/') || !URL.canParse(text, BASE)) return otherwise;
  const { origin, pathname, search, hash } = new URL(text, BASE);
  // Dots are taken away by reading: `/.//host` is a path here, and would be a host in the next address.
  return origin === BASE && !pathname.startsWith('//') ? pathname + search + hash : otherwise;
}
