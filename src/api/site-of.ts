/** Where whoever asks has reached this server; the host guard has seen to it that the name is one of its own. */
import type { Request } from 'express';

/** `http://127.0.0.1:7433`, without a slash at its end. */
export function siteOf(request: Request): string {
  return `${request.protocol}://${request.headers.host}`;
}
