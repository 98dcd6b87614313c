/** Delivers a message by POST: JSON, signed, and under the same key at every try. */
import { postGuarded } from '../http/guarded-post.ts';
import { DeliveryFault } from './delivery-fault.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import type { Message } from './outbox.ts';
import { signatureOf } from './signature.ts';

const TIMEOUT_MS = 20_000;
const GONE = 410;

export interface WebhookOptions {
  readonly settings: Pick<DeliverySettings, 'webhookSecret' | 'webhookHosts'>;
  readonly nowMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Rejects unless the answer is 2xx; hopeless only where it is 410 Gone, since receivers get repaired. What it says of
 * when to come back (`Retry-After`) is in the fault.
 */
export async function sendWebhook(
  { key, digest }: Pick<Message, 'key' | 'digest'>,
  url: string,
  { settings, nowMs, signal }: WebhookOptions,
): Promise<void> {
  const secret = settings.webhookSecret;
  if (secret === undefined)
    throw new DeliveryFault('PHAROS_WEBHOOK_SECRET is not set, so nothing can be signed');
  const timestamp = Math.floor(nowMs / 1000);
  const body = JSON.stringify({ delivery: key, ...digest });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Pharos',
    'pharos-delivery': key,
    'pharos-timestamp': String(timestamp),
    'pharos-signature': signatureOf(body, { timestamp, secret }),
  };
  const allowedHosts = settings.webhookHosts;
  const post = { body, headers, allowedHosts, timeoutMs: TIMEOUT_MS, signal };
  const { status, retryAfterMs } = await postGuarded(url, post);
  if (status >= 200 && status < 300) return;
  const isRedirect = status >= 300 && status < 400;
  const reason = isRedirect ? `${status}, and redirects are not followed` : String(status);
  throw new DeliveryFault(`${new URL(url).origin} answers ${reason}`, {
    isHopeless: status === GONE,
    retryAfterMs,
  });
}
