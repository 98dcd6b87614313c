/**
 * What a link in a mail carries: something that we wrote, for one purpose. Signed with a key that lives in alerts.db, so
 * nothing has to be set up and a token for one purpose is none for another.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const MAX_LENGTH = 4_000;

/** `content` as JSON has it; everybody who has the token can read it. */
export function signedToken(purpose: string, content: unknown, key: string): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${body}.${sign(purpose, body, key)}`;
}

/** The content; undefined for what was not signed with this key for this purpose. */
export function readSignedToken(purpose: string, token: string, key: string): unknown {
  const [body = '', signature = '', ...rest] = token.length > MAX_LENGTH ? [] : token.split('.');
  const expected = Buffer.from(sign(purpose, body, key));
  const given = Buffer.from(signature);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

function sign(purpose: string, body: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(`${purpose}:${body}`).digest('base64url');
}
