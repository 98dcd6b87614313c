/**
 * A route as data: where it is, what it takes, and the function that answers. The list of addresses, the 405s and
 * a description of the API are all made from the same entries.
 */
import type { Request } from 'express';
import type { z } from 'zod';
import type { AskOptions } from '../search/request.ts';
import type { ApiContext } from './context.ts';

export interface Route {
  readonly method: 'get' | 'post';
  /** As a reader writes it: `/api/v1/papers/{id}`. */
  readonly address: string;
  /** As Express matches it: `/api/v1/papers/*id`, since ids hold slashes. */
  readonly path: string;
  readonly summary: string;
  /** What the query string (GET) or the body (POST) may hold. */
  readonly input: z.ZodObject;
  /** Resolves to what is sent as JSON. Faults are thrown. The signal aborts when nobody waits any more. */
  answer(request: Request, context: ApiContext, options: Required<AskOptions>): Promise<unknown>;
}
