/** The next page as a Link header (RFC 8288), for clients that follow links and know nothing of cursors. */

/** Proxies and clients give up on headers of 8 KiB; a reader of so many pages has the cursor of the answer. */
const MAX_LENGTH = 4_000;

/** Relative to the server. Undefined at the end of the list, and where the cursor has become too long for a header. */
export function nextLink(url: string, next: string | null): string | undefined {
  if (next === null) return undefined;
  const start = url.indexOf('?');
  const path = start < 0 ? url : url.slice(0, start);
  const parameters = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  parameters.delete('offset');
  parameters.set('cursor', next);
  const link = `<${path.replace(/[^!-;=?-~]/g, encodeURIComponent)}?${parameters}>; rel="next"`;
  return link.length <= MAX_LENGTH ? link : undefined;
}
