/** Zod's issues in words for people who never saw the schema: the name, what it must be, and what it was. */
import type { z } from 'zod';
import type { FaultIssue } from '../fault/app-error.ts';
import { nearestName } from '../text/nearest.ts';

/** Names and values of a caller are quoted up to this length. */
const MAX_QUOTE = 60;

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  // Zod asks for a number first and then for a whole one; those that may be another say so themselves.
  number: 'a whole number',
  object: 'an object',
  string: 'a text',
};

/** How zod's own words for a wrong type begin; anything else was written beside the schema. */
const UNTOLD = 'Invalid input';

export interface IssueContext {
  readonly input: unknown;
  readonly known: readonly string[];
  readonly pointer: 'name' | 'json';
}

/** One issue of zod can be several of ours: a strict object names all its unknown keys in one. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  { input, known, pointer }: IssueContext,
): FaultIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      message: issue.path.length === 0 ? describeUnknown(key, known) : `${quote(key)} is not known here`,
      pointer: placeOf([...issue.path, key], pointer),
    }));
  }
  const rule = describeRule(issue, valueAt(input, issue.path));
  const name = issue.path.reduce<string>((path, key) => appendKey(path, key), '');
  return [
    {
      message: name === '' ? `the request ${rule}` : `${name} ${rule}`,
      pointer: placeOf(issue.path, pointer),
    },
  ];
}

function describeUnknown(key: string, known: readonly string[]): string {
  const name = quote(key);
  if (known.length === 0) return `${name} is not known here; this address takes no parameters`;
  const near = nearestName(key.slice(0, MAX_QUOTE), known);
  if (near !== undefined) return `${name} is not known here (did you mean ${near}?)`;
  return `${name} is not known here; there are ${known.join(', ')}`;
}

function describeRule(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return 'is missing';
      if (!issue.message.startsWith(UNTOLD)) return `${issue.message}, not ${describeValue(value)}`;
      return `must be ${TYPES[issue.expected] ?? issue.expected}, not ${describeValue(value)}`;
    case 'too_big':
      return describeBound(`at most ${issue.maximum}`, value);
    case 'too_small':
      return describeBound(`at least ${issue.minimum}`, value);
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}, not ${describeValue(value)}`;
    default:
      return issue.message;
  }
}

function describeBound(bound: string, value: unknown): string {
  if (typeof value === 'string') return `must have ${bound} characters, not ${value.length}`;
  if (Array.isArray(value)) return `must have ${bound} values, not ${value.length}`;
  return `must be ${bound}, not ${String(value)}`;
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function quote(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}...` : text);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, input);
}

function appendKey(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? String(key) : `${path}.${String(key)}`;
}

/** A JSON pointer (RFC 6901), or the name of the parameter. */
function placeOf(path: readonly PropertyKey[], pointer: 'name' | 'json'): string {
  if (pointer === 'name') return String(path[0] ?? '').slice(0, MAX_QUOTE);
  return path
    .map((key) => `/${String(key).slice(0, MAX_QUOTE).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
