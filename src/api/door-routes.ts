/** Mounts a door: reads what is asked by its schemas, and sends what it answers. */
import type { Request } from 'express';
import { type Door, type DoorRoute, TextAnswer } from '../doors/door.ts';
import { AppError } from '../fault/app-error.ts';
import { idOf } from './find-paper.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { readDoorQuery } from './read-door-query.ts';
import { requireReady } from './readiness.ts';
import { Reply } from './reply.ts';
import type { Route } from './route.ts';
import { validateInput } from './validate-input.ts';

/** Addresses behind which there is a search. */
const ASKS = /search|recommendations/;

export function doorRoutes({ routes, statusOf = (status) => status }: Door): Route[] {
  return routes.map((door): Route => {
    const { method, address, path, summary } = door;
    return {
      ...{ method, address, path, summary },
      budget: ASKS.test(address) ? 'search' : 'read',
      input: door.input.extend(door.body.shape),
      answer: async (request, context, options) => {
        const asked = {
          id: idOf(request),
          input: readDoorQuery(door.input, request),
          body: bodyOf(door, request),
        };
        requireReady(context.readiness);
        const answer = await door.answer(asked, context, options);
        return answer instanceof TextAnswer ? new Reply(answer.text, { type: answer.type }) : answer;
      },
      problem: (problem) => {
        const status = statusOf(problem.status);
        return new Reply(JSON.stringify({ ...problem, status }), { type: PROBLEM_TYPE, status });
      },
    };
  });
}

function bodyOf({ method, body: schema }: DoorRoute, { body }: Request): Record<string, unknown> {
  if (method === 'get') return {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('BODY_INVALID', { message: 'The body must be a JSON object, as application/json.' });
  }
  return validateInput(schema, { ...body }, { pointer: 'json' });
}
