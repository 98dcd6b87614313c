/** The next page as a Link header (RFC 8288), for clients that follow links and know nothing of cursors. */

/** Proxies and clients give up on headers of 8 KiB; a reader of so many pages has the cursor of the answer. */
const MAX_LENGTH = 4_000;

/** Path and parameters of the next page; undefined at the end of the list. */
export function nextAddress(url: string, next: string | null): string | undefined {
  if (next === null) return undefined;
  const start = url.indexOf('?');
  const path = start < 0 ? url : url.slice(0, start);
  const parameters = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  parameters.delete('offset');
  parameters.set('cursor', next);
  return `${path.replace(/[^!-;=?-~]/g, encodeURIComponent)}?${parameters}`;
}

/** Undefined for an address that is too long for a header, and for none. */
export function nextLink(address: string | undefined): string | undefined {
  if (address === undefined || address.length > MAX_LENGTH) return undefined;
  return `<${address}>; rel="next"`;
}
