/** Where the news of an alert go: `mail:ADDRESS`, `webhook:URL` or `file:PATH`. */
import { isAbsolute } from 'node:path';
import { AppError } from '../fault/app-error.ts';

export type Target =
  | { readonly kind: 'mail'; readonly address: string }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string };

/** Stricter than RFC 5322 allows: what this refuses hardly exists, and could smuggle something into a header. */
const MAIL_ADDRESS = /^[^\s@<>(),:;"[\]\\\p{C}]{1,64}@[^\s@<>(),:;"[\]\\\p{C}]{1,253}$/u;
const MAX_LENGTH = 2_000;
const REMEDY = 'Give mail:ADDRESS, webhook:URL or file:PATH.';

/** INPUT_INVALID for what is none of the three. A path must be absolute: it has to mean the same at every run. */
export function parseTarget(text: string): Target {
  const [, kind = '', value = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (text.length > MAX_LENGTH) throw invalid(text, 'is too long');
  if (kind === 'mail') return readMail(text, value);
  if (kind === 'webhook') return readWebhook(text, value);
  if (kind === 'file') return readFile(text, value);
  throw invalid(text, 'is none of mail:, webhook: and file:');
}

export function isMailAddress(text: string): boolean {
  return MAIL_ADDRESS.test(text);
}

function readMail(text: string, address: string): Target {
  if (!isMailAddress(address)) throw invalid(text, 'is not one mail address');
  return { kind: 'mail', address };
}

function readWebhook(text: string, value: string): Target {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid(text, 'is not an address that begins with http:// or https://');
  }
  if (url.username !== '' || url.password !== '') throw invalid(text, 'must not hold a name or a password');
  return { kind: 'webhook', url: url.href };
}

function readFile(text: string, path: string): Target {
  if (!isAbsolute(path) || path.includes('\0')) throw invalid(text, 'is not the absolute path of a file');
  return { kind: 'file', path };
}

function invalid(text: string, problem: string): AppError {
  const message = `${text.slice(0, 100)} ${problem}`;
  return new AppError('INPUT_INVALID', { message, remedy: REMEDY, issues: [{ message, pointer: 'to' }] });
}
