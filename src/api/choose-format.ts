/**
 * Which form an answer takes: the one that `format` names, else the one that the Accept header prefers, else JSON. An
 * Accept header without any of them gets JSON too, as RFC 9110 (12.5.1) allows: clients send all sorts of them.
 */
import type { Request } from 'express';
import { AppError } from '../fault/app-error.ts';
import { FORMATS, LIST_FORMATS, type ListFormat } from './list-format.ts';

const ACCEPTED = new Map(
  LIST_FORMATS.flatMap((format) =>
    FORMATS[format].accepted.map((type): [string, ListFormat] => [type, format]),
  ),
);

export interface FormatWish {
  readonly format?: ListFormat;
  readonly fields?: readonly string[];
}

/** INPUT_INVALID where fields are asked for in a form that has its own. */
export function chooseFormat(request: Request, { format, fields }: FormatWish): ListFormat {
  const chosen = format ?? acceptedFormat(request);
  if (fields === undefined || FORMATS[chosen].isSparse) return chosen;
  const sparse = LIST_FORMATS.filter((name) => FORMATS[name].isSparse).join(', ');
  const message = `fields goes with ${sparse}; ${chosen} says what it says`;
  throw new AppError('INPUT_INVALID', { message: `${message}.`, issues: [{ message, pointer: 'fields' }] });
}

function acceptedFormat(request: Request): ListFormat {
  const type = request.accepts([...ACCEPTED.keys()]);
  return (typeof type === 'string' ? ACCEPTED.get(type) : undefined) ?? 'json';
}
