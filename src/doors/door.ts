/**
 * What a door is: addresses at which clients that were written for another service find what they expect. A door
 * translates a question into one of ours and our answer into theirs, and decides nothing about relevance. It knows
 * nothing of HTTP beyond addresses and statuses; `api/` reads requests for it and sends what it answers.
 */
import { z } from 'zod';
import type { EngineReader } from '../engine/engine.ts';
import type { AskOptions } from '../search/request.ts';
import type { Searcher } from '../search/searcher.ts';

export interface DoorContext {
  readonly engine: Pick<EngineReader, 'lookup' | 'papers' | 'get'>;
  readonly searcher: Pick<Searcher, 'search' | 'related' | 'suggest' | 'list'>;
}

export interface DoorRequest<Input = unknown, Body = unknown> {
  /** What stands in the address for a paper; empty where nothing does. */
  readonly id: string;
  readonly input: Input;
  readonly body: Body;
}

export interface DoorRoute {
  readonly method: 'get' | 'post';
  /** As a reader writes it: `/api/papers/{id}`. */
  readonly address: string;
  /** As Express matches it; a wildcard named `id` is the paper. */
  readonly path: string;
  readonly summary: string;
  /** The query string. A parameter of type boolean is true when it is there without a value. */
  readonly input: z.ZodObject;
  /** The JSON body of a POST. */
  readonly body: z.ZodObject;
  /** Resolves to what is sent as JSON, or to a TextAnswer. Faults are thrown. */
  answer(asked: DoorRequest, context: DoorContext, options: AskOptions): Promise<unknown>;
}

export interface Door {
  readonly routes: readonly DoorRoute[];
  /** The status that this door's clients understand, for one of ours; the same where it is left out. */
  readonly statusOf?: (status: number) => number;
}

/** An answer that is not JSON. */
export class TextAnswer {
  readonly text: string;
  /** Content-Type, with its charset. */
  readonly type: string;

  constructor(text: string, type: string) {
    this.text = text;
    this.type = type;
  }
}

const NO_BODY = z.strictObject({});

interface TypedRoute<Input extends z.ZodObject, Body extends z.ZodObject>
  extends Omit<DoorRoute, 'method' | 'input' | 'body' | 'answer'> {
  readonly input: Input;
  readonly body?: Body;
  answer(
    asked: DoorRequest<z.infer<Input>, z.infer<Body>>,
    context: DoorContext,
    options: AskOptions,
  ): Promise<unknown>;
}

export function getRoute<Input extends z.ZodObject>(
  route: Omit<TypedRoute<Input, typeof NO_BODY>, 'body'>,
): DoorRoute {
  return { ...route, method: 'get', body: NO_BODY };
}

export function postRoute<Input extends z.ZodObject, Body extends z.ZodObject>(
  route: TypedRoute<Input, Body> & { readonly body: Body },
): DoorRoute {
  return { ...route, method: 'post' };
}
