/**
 * Holds an input to its schema and says everything that is wrong with it at once, each with its place. Where the
 * schema wants a list, one value may stand alone.
 */
import type { z } from 'zod';
import { AppError, type FaultIssue } from '../fault/app-error.ts';
import { describeIssue } from './describe-issue.ts';

/** More than this nobody reads; a hostile input could have thousands. */
const MAX_ISSUES = 20;

export interface InputPlace {
  /** How a place is named: `limit` in a query string, `/positive/0` in a body. */
  readonly pointer: 'name' | 'json';
  /** What was found wrong before, while the input was read. */
  readonly issues?: readonly FaultIssue[];
}

/** Throws INPUT_INVALID, or QUERY_EMPTY where a missing question is all that is wrong. */
export function validateInput<Schema extends z.ZodObject>(
  schema: Schema,
  raw: Readonly<Record<string, unknown>>,
  { pointer, issues: earlier = [] }: InputPlace,
): z.infer<Schema> {
  const input = withLists(schema, raw);
  const parsed = schema.safeParse(input);
  if (parsed.success && earlier.length === 0) return parsed.data;
  const known = Object.keys(schema.shape);
  const found =
    parsed.error?.issues.flatMap((issue) => describeIssue(issue, { input, known, pointer })) ?? [];
  const issues = [...earlier, ...found];
  // A blank question is always refused by the schema, so a lone issue beside one is about it.
  if (issues.length === 1 && 'q' in schema.shape && isBlank(input.q))
    throw new AppError('QUERY_EMPTY', { issues });
  throw rejection(issues);
}

function isBlank(question: unknown): boolean {
  return question === undefined || (typeof question === 'string' && question.trim() === '');
}

function rejection(issues: readonly FaultIssue[]): AppError {
  const shown = issues.slice(0, MAX_ISSUES);
  const more = issues.length - shown.length;
  const list = shown.map((issue) => issue.message).join('; ');
  return new AppError('INPUT_INVALID', {
    message: more > 0 ? `${list}; and ${more} more.` : `${list}.`,
    issues: shown,
  });
}

function withLists(schema: z.ZodObject, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(raw).map(([name, value]) => {
    const lone = value !== undefined && !Array.isArray(value) && fieldType(schema, name) === 'array';
    return [name, lone ? [value] : value] as const;
  });
  return Object.fromEntries(entries);
}

/** True for a list whose values are fixed words. */
export function isListOfWords(schema: z.ZodObject, name: string): boolean {
  const def = fieldDef(schema, name);
  return def?.type === 'array' && (def as z.core.$ZodArrayDef).element._zod.def.type === 'enum';
}

/** The type under `optional`: `string`, `int`, `number`, `array` and so on; undefined for a name that is not known. */
export function fieldType(schema: z.ZodObject, name: string): string | undefined {
  const def = fieldDef(schema, name);
  return def?.type === 'number' && 'format' in def ? 'int' : def?.type;
}

function fieldDef(schema: z.ZodObject, name: string): z.core.$ZodTypeDef | undefined {
  if (!Object.hasOwn(schema.shape, name)) return undefined;
  let field: z.core.$ZodType | undefined = schema.shape[name];
  while (field !== undefined && field._zod.def.type === 'optional') {
    field = (field._zod.def as z.core.$ZodOptionalDef).innerType;
  }
  return field?._zod.def;
}
