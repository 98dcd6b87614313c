/** Compresses what is worth it, by gzip, deflate or brotli as the caller accepts. */
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Events must arrive when they happen, and a compressor waits for more. */
const AT_ONCE = 'text/event-stream';

export function compress(): RequestHandler {
  return compression({
    filter: (request, response) =>
      !String(response.getHeader('Content-Type')).startsWith(AT_ONCE) &&
      compression.filter(request, response),
  });
}
