/** Refuses addresses longer than any sensible one, in words, before the HTTP parser would refuse them without. */
import type { RequestHandler } from 'express';
import { AppError } from '../fault/app-error.ts';

/** The longest question in three-byte letters, percent-encoded, with room for filters. */
export const MAX_URL_LENGTH = 48 * 1024;

export function urlLimit(): RequestHandler {
  return (request, _response, next) => {
    if (request.url.length <= MAX_URL_LENGTH) return next();
    const message = `The address has ${request.url.length} characters; at most ${MAX_URL_LENGTH} are read.`;
    const remedy = 'Send the question as JSON: POST /api/v1/search.';
    next(new AppError('INPUT_INVALID', { message, remedy, issues: [{ message, pointer: 'url' }] }));
  };
}
