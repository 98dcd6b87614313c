/** Where the next page of a bulk search begins, as an opaque text that is safe in an address. */
import { hash } from 'node:crypto';
import { AppError } from '../../fault/app-error.ts';

/** The last id listed, or how many papers were. */
export type BulkPlace = string | number;

/** `question` is whatever must be the same on every page. */
export function encodeToken(question: unknown, place: BulkPlace): string {
  return Buffer.from(JSON.stringify([digestOf(question), place])).toString('base64url');
}

/** INPUT_INVALID for a token that is damaged, or of another question. */
export function decodeToken(question: unknown, token: string): BulkPlace {
  const place = placeIn(token, digestOf(question));
  if (place !== undefined) return place;
  const message = 'token is damaged, or of another search: everything else must be as it was';
  throw new AppError('INPUT_INVALID', {
    message,
    remedy: 'Leave out the token to begin anew.',
    issues: [{ message, pointer: 'token' }],
  });
}

function placeIn(token: string, digest: string): BulkPlace | undefined {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const [own, place] = Array.isArray(read) ? read : [];
  const isPlace = typeof place === 'string' || (Number.isSafeInteger(place) && place >= 0);
  return own === digest && isPlace ? place : undefined;
}

function digestOf(question: unknown): string {
  return hash('sha256', JSON.stringify(question), 'hex').slice(0, 12);
}
