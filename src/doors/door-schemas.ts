/** What parameters of doors have in common. */
import { z } from 'zod';
import { MAX_QUERY_LENGTH } from '../search/request.ts';

const UNREADABLE = /[\0\p{Surrogate}]/u;

/** Longest list or name in a query string, in UTF-16 units; 1,000 ids must fit. */
const MAX_TEXT = 40_000;

export const text = (description: string, maxLength = MAX_TEXT) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !UNREADABLE.test(value), 'must not hold NUL characters or halves of characters')
    .describe(description);

export const question = text('The question.', MAX_QUERY_LENGTH);

export const count = (most: number, description: string) => z.int().min(1).max(most).describe(description);
