/** Titles as the store looks them up: short, and equal for equal keys. */
import { hash } from 'node:crypto';

/** The first 48 bits of the SHA-256 of a title key. */
export function titleHash(key: string): number {
  return Number.parseInt(hash('sha256', key, 'hex').slice(0, 12), 16);
}
