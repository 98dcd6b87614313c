/**
 * The query strings of clients that were written for another service. Checked as strictly as our own, but some join
 * them without encoding: a flag comes without a value, and an `&` within a question cuts it in two.
 */
import type { Request } from 'express';
import type { z } from 'zod';
import type { FaultIssue } from '../fault/app-error.ts';
import { parseQueryString } from './parse-query-string.ts';
import { queryStringOf, typed } from './read-input.ts';
import { fieldType, validateInput } from './validate-input.ts';

/** The parameter that holds the question, in clients that do not encode it. */
const QUESTION = 'query';

export function readDoorQuery(schema: z.ZodObject, request: Request): Record<string, unknown> {
  const { values, issues } = parseQueryString(queryStringOf(request));
  const raw: Record<string, unknown> = Object.create(null);
  const found: FaultIssue[] = [...issues];
  for (const [name, [first, ...more]] of values) {
    const type = fieldType(schema, name);
    if (more.length > 0) found.push({ message: `${name} is given ${more.length + 1} times`, pointer: name });
    if (first !== undefined) raw[name] = type === undefined ? first : typed(first, type);
    else if (type === 'boolean') raw[name] = true;
    else if (type === undefined && typeof raw[QUESTION] === 'string') raw[QUESTION] += `&${name}`;
    else if (type === undefined) raw[name] = '';
  }
  return validateInput(schema, raw, { pointer: 'name', issues: found });
}
