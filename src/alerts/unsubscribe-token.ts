/**
 * What a link in a mail proves: that we wrote it, for this alert and this target. Signed with a key that lives in
 * alerts.db, so nothing has to be set up and nothing else can be done with it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Subscription {
  readonly alertId: string;
  readonly target: string;
}

const MAX_LENGTH = 4_000;

export function unsubscribeToken({ alertId, target }: Subscription, key: string): string {
  const body = Buffer.from(JSON.stringify([alertId, target])).toString('base64url');
  return `${body}.${sign(body, key)}`;
}

/** Undefined for what was not signed with this key. */
export function readUnsubscribeToken(token: string, key: string): Subscription | undefined {
  const [body = '', signature = '', ...rest] = token.length > MAX_LENGTH ? [] : token.split('.');
  const expected = Buffer.from(sign(body, key));
  const given = Buffer.from(signature);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return undefined;
  const [alertId, target] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string];
  return { alertId, target };
}

function sign(body: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(`unsubscribe:${body}`).digest('base64url');
}
