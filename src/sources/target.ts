/** What stands behind the colon of a source: a name, and parameters as an address has them. */
import { AppError } from '../fault/app-error.ts';
import { isPartialDate } from '../paper/partial-date.ts';
import type { SourceDescription } from './source.ts';

export interface Target {
  /** What stands before the question mark. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Throws INPUT_INVALID for a parameter that is not among `known`. */
export function readTarget(
  target: string,
  description: SourceDescription,
  known: readonly string[] = [],
): Target {
  const at = target.indexOf('?');
  const name = at < 0 ? target : target.slice(0, at);
  const parameters = new Map(new URLSearchParams(at < 0 ? '' : target.slice(at + 1)));
  for (const key of parameters.keys()) {
    if (!known.includes(key)) throw badTarget(target, description, `has no parameter "${key}"`);
  }
  return { name: name.trim(), parameters };
}

/** `YYYY-MM-DD`; a month or a year begins with its first day. */
export function dayParameter(
  target: Target,
  key: string,
  description: SourceDescription,
): string | undefined {
  const text = target.parameters.get(key);
  if (text === undefined) return undefined;
  if (isPartialDate(text)) return firstDay(text);
  throw badTarget(target.name, description, `needs ${key} as YYYY-MM-DD, not "${text}"`);
}

export function firstDay(date: string): string {
  return `${date}-01-01`
    .slice(0, date.length === 4 ? 10 : date.length === 7 ? 7 : 10)
    .concat(date.length === 7 ? '-01' : '');
}

export function badTarget(
  target: string,
  { name, takes, examples }: SourceDescription,
  complaint: string,
): AppError {
  return new AppError('INPUT_INVALID', {
    message: `${name}:${target} ${complaint}`,
    remedy: `${name}: takes ${takes}, such as ${examples.join(' or ')}.`,
  });
}
