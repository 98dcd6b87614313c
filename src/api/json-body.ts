/** Reads JSON bodies: UTF-8, uncompressed, up to a limit. Its errors are put into our words by `asAppError`. */
import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';

export function jsonBody(limitBytes: number): RequestHandler {
  return express.json({
    limit: limitBytes,
    inflate: false,
    verify: (_request, _response, body, encoding) => {
      if (encoding !== 'utf-8' || !isUtf8(body)) throw new TypeError('not UTF-8');
    },
  });
}
