/**
 * What a key is: 256 random bits under a name, with the most it may do. The text of a key holds a public part, by which
 * it is found, and a secret one; of the secret only a hash is kept. A fast hash is right for it: nobody guesses 256
 * bits, and a slow one would be paid at every request.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** From the least to the most: each may do what those before it may. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Key {
  /** Public: it is in lists and in the log. */
  readonly id: string;
  /** What a person calls it. */
  readonly name: string;
  readonly scope: Scope;
  readonly createdMs: number;
}

export interface StoredKey extends Key {
  /** SHA-256 of the secret, in hex. */
  readonly hash: string;
}

const SECRET_BYTES = 32;
const ID_BYTES = 6;
const KEY_TEXT = /^pharos_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** `text` is what its holder sends, and is nowhere else. */
export function newKey(given: Pick<Key, 'name' | 'scope' | 'createdMs'>): {
  stored: StoredKey;
  text: string;
} {
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { stored: { id, ...given, hash: hashOf(secret) }, text: `pharos_${id}_${secret}` };
}

/** Undefined for a text that is not a key of Pharos, such as the token of another service. */
export function readKeyText(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = KEY_TEXT.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Takes as long for a secret that is nearly right as for any other. */
export function isSecretOf({ hash }: StoredKey, secret: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(secret), 'hex'));
}

export function mayDo(has: Scope, wants: Scope): boolean {
  return SCOPES.indexOf(has) >= SCOPES.indexOf(wants);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
