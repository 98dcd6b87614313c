/** Addresses of the web, kept as they were written. */
import { oneLine } from './normalize-text.ts';

export const MAX_ADDRESS_LENGTH = 2_048;

// No blanks and nothing that could end an attribute: addresses go into pages.
const ADDRESS = /^https?:\/\/[^\s<>"'`\\]+$/i;

/** The first http(s) address in a string or a list; undefined where there is none. */
export function webAddress(value: unknown): string | undefined {
  const candidates: unknown[] = Array.isArray(value) ? value : [value];
  for (const candidate of candidates) {
    const text = typeof candidate === 'string' ? oneLine(candidate) : '';
    if (text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text) && URL.canParse(text)) return text;
  }
  return undefined;
}
