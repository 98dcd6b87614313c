/** From a request to a checked input: the query string for GET, the JSON body for POST. */
import type { Request } from 'express';
import type { z } from 'zod';
import { AppError, type FaultIssue } from '../fault/app-error.ts';
import { parseQueryString } from './parse-query-string.ts';
import { fieldType, isListOfWords, validateInput } from './validate-input.ts';

const WHOLE_NUMBER = /^-?\d+$/;
const DECIMAL_NUMBER = /^-?\d*\.?\d+$/;
const FLAGS: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false };

export interface ReadingOptions {
  /** Lists whose values hold no commas, beside those of fixed words. */
  readonly splitAtCommas?: readonly string[];
}

/**
 * A parameter that is not a list may be given once. A list may be given value by value, and one of fixed words with
 * commas between them as well.
 */
export function readQuery<Schema extends z.ZodObject>(
  schema: Schema,
  request: Request,
  { splitAtCommas = [] }: ReadingOptions = {},
): z.infer<Schema> {
  const { values, issues } = parseQueryString(queryStringOf(request));
  const raw: Record<string, unknown> = Object.create(null);
  const repeated: FaultIssue[] = [];
  for (const [name, given] of values) {
    const type = fieldType(schema, name);
    if (type !== 'array' && given.length > 1) {
      repeated.push({ message: `${name} is given ${given.length} times`, pointer: name });
    }
    const first = given[0];
    const isSplit = splitAtCommas.includes(name) || isListOfWords(schema, name);
    if (type === 'array') raw[name] = isSplit ? given.flatMap(partsOf) : given;
    else if (type === undefined) raw[name] = first ?? '';
    else if (first !== undefined) raw[name] = typed(first, type);
  }
  return validateInput(schema, raw, { pointer: 'name', issues: [...issues, ...repeated] });
}

/** Parameters beside a body would be passed over in silence, so they are refused. */
export function readBody<Schema extends z.ZodObject>(schema: Schema, request: Request): z.infer<Schema> {
  const body: unknown = request.body;
  if (body === undefined) {
    throw new AppError('BODY_INVALID', { message: 'There is no body of type application/json.' });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('BODY_INVALID', { message: 'The body must be a JSON object.' });
  }
  const { values, issues } = parseQueryString(queryStringOf(request));
  const misplaced = [...values.keys()].map((name) => ({
    message: `${name} belongs in the body`,
    pointer: name,
  }));
  return validateInput(schema, { ...body }, { pointer: 'json', issues: [...issues, ...misplaced] });
}

/** A comma too many separates nothing. */
function partsOf(value: string): string[] {
  return value.split(',').filter((part) => part.trim() !== '');
}

export function queryStringOf({ url }: Request): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

/** `1e2`, `0x10` and ` 1` are numbers to JavaScript, but nobody means them here; they stay text and are refused. */
export function typed(text: string, type: string): string | number | boolean {
  if (type === 'int' && WHOLE_NUMBER.test(text)) return Number(text);
  if (type === 'number' && DECIMAL_NUMBER.test(text)) return Number(text);
  return type === 'boolean' ? (FLAGS[text] ?? text) : text;
}
