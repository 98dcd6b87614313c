/**
 * How a webhook proves that it comes from here and now: HMAC-SHA256 over the timestamp, a full stop and the body, byte
 * by byte as it is sent. docs/alerts.md shows how a receiver verifies it.
 */
import { createHmac } from 'node:crypto';

/** `v1=` and 64 hexadecimal digits. */
export function signatureOf(
  body: string,
  { timestamp, secret }: { timestamp: number; secret: string },
): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
