/** Reads bodies: UTF-8, uncompressed, up to a limit. Errors are put into our words by `asAppError`. */
import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';
import type { Route } from './route.ts';

/** One reader for each kind of body that a route may take. */
export function bodyReaders(
  limitBytes: number,
): Readonly<Record<Exclude<Route['reads'], 'stream' | undefined>, RequestHandler>> {
  const options = {
    limit: limitBytes,
    inflate: false,
    verify: (_request: unknown, _response: unknown, body: Buffer, encoding: string) => {
      if (encoding !== 'utf-8' || !isUtf8(body)) throw new TypeError('not UTF-8');
    },
  };
  return { json: express.json(options), form: express.urlencoded({ ...options, extended: false }) };
}
