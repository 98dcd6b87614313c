/**
 * The cookie that holds the name of a session. No script can read it (HttpOnly) and no other site can make a browser
 * send it (SameSite=Strict); where the page came by TLS it goes by nothing else (Secure).
 */
import type { Request } from 'express';
import { SESSION_DAYS } from '../access/session-book.ts';

const COOKIE = 'pharos-session';
const NAME = /^[A-Za-z0-9_-]{43}$/;
const SECONDS_A_DAY = 86_400;

/** Undefined where there is none, several that differ, or something that no session is called. */
export function sessionName({ headers }: Pick<Request, 'headers'>): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const names = new Set(pairs.filter(([cookie]) => cookie === COOKIE).map(([, name = '']) => name));
  const [name = ''] = names;
  return names.size === 1 && NAME.test(name) ? name : undefined;
}

/** The value of Set-Cookie. */
export function sessionCookie(name: string, isSecure: boolean): string {
  return cookie(name, SESSION_DAYS * SECONDS_A_DAY, isSecure);
}

/** The Set-Cookie that takes it back. */
export function noSessionCookie(isSecure: boolean): string {
  return cookie('', 0, isSecure);
}

function cookie(value: string, seconds: number, isSecure: boolean): string {
  const parts = [`${COOKIE}=${value}`, 'Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict'];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}
