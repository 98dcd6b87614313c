/**
 * Query strings, read strictly: what is not valid percent-encoded UTF-8 is an error and not a replacement
 * character, brackets mean nothing, and no name can reach a prototype.
 */
import type { FaultIssue } from '../fault/app-error.ts';

export interface ParsedQuery {
  /** Every value of every name, in the order given. Empty values are left out, since forms send empty fields. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly issues: readonly FaultIssue[];
}

/** Takes what follows the `?`. */
export function parseQueryString(queryString: string): ParsedQuery {
  const values = new Map<string, string[]>();
  const issues: FaultIssue[] = [];
  for (const pair of queryString.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    const name = decode(rawName);
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined) {
      const pointer = (name ?? rawName).slice(0, 100);
      issues.push({ message: `${pointer} is not valid percent-encoded UTF-8`, pointer });
      continue;
    }
    const list = values.get(name) ?? [];
    values.set(name, list);
    if (value !== '') list.push(value);
  }
  return { values, issues };
}

/** Undefined where the text is not what `encodeURIComponent` could have made. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
