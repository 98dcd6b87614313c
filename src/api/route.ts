/**
 * A route as data: where it is, what it takes, and the function that answers. The list of addresses, the 405s and
 * a description of the API are all made from the same entries.
 */
import type { Request } from 'express';
import type { z } from 'zod';
import type { Scope } from '../access/key.ts';
import type { AskOptions } from '../search/request.ts';
import type { Budget } from './budget.ts';
import type { ApiContext } from './context.ts';
import type { Problem } from './problem.ts';
import type { Reply } from './reply.ts';

export interface RouteExample {
  /** What stands for `{id}`. */
  readonly id?: string;
  /** Values of the query string, or members of the body. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** A whole body, where the route says what `bodies` hold. */
  readonly body?: unknown;
  /** What is answered to it, by media type: each of the route's `answers` that is JSON has one. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As a reader writes it: `/api/v1/papers/{id}`. */
  readonly address: string;
  /** As Express matches it: `/api/v1/papers/*id`, since ids hold slashes. */
  readonly path: string;
  readonly summary: string;
  /** What the query string (GET) or the body (POST) may hold. */
  readonly input: z.ZodObject;
  /**
   * What a good answer holds, by its media type; texts are strings. The description of the API has the routes that say this
   * and no others.
   */
  readonly answers?: Readonly<Record<string, z.ZodType>>;
  /** 200 unless it says otherwise. */
  readonly status?: 202;
  /** What a body holds, by its media type, where it is not `input` in JSON. */
  readonly bodies?: Readonly<Record<string, z.ZodType>>;
  /** A request of this route that makes sense, for the description and the tests. */
  readonly example?: RouteExample;
  /**
   * Resolves to what is sent as JSON, or to a Reply where it is anything else. Faults are thrown. The signal aborts
   * when nobody waits any more.
   */
  answer(request: Request, context: ApiContext, options: Required<AskOptions>): Promise<unknown>;
  /** How this address puts a problem, where its callers do not read RFC 9457. */
  problem?(problem: Problem, request: Request): Reply;
  /**
   * What a body is: JSON unless it says otherwise; the fields of a form, as pages send them without a script; or a
   * stream that `answer` reads as it comes, and `bodyLimitBytes` does not bound.
   */
  readonly reads?: 'json' | 'form' | 'stream';
  /** True for a stream that goes on as long as somebody reads it; the deadline of other requests does not hold. */
  readonly isEndless?: boolean;
  /** What a key must allow; `read` unless it says otherwise. `open` asks for none, whatever the server. */
  readonly scope?: Scope | 'open';
  /** Which allowance a request is counted against; `read` unless it says otherwise. */
  readonly budget?: Budget;
}
