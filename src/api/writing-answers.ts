/** What is answered where papers are added or removed, in JSON; `answer-schemas.ts` says what these are for. */
import { z } from 'zod';

const count = z.int().min(0);
const place = { row: z.int().min(1), line: z.int().min(1) };

export const jobBody = z.strictObject({
  id: z.string(),
  state: z.enum(['storing', 'embedding', 'done', 'failed']),
  ...{ createdMs: z.number(), changedMs: z.number() },
  ...{ added: count, updated: count, unchanged: count, older: count, refused: count },
  embedding: z.strictObject({ done: count, total: count }).nullable(),
  error: z.string().nullable(),
});

/** One of the events of a stream; `data` is the job as JSON. */
export const jobEvent = z.looseObject({ event: jobBody.shape.state, data: z.string() });

export const addedBody = z.strictObject({
  job: jobBody,
  accepted: count,
  refused: count,
  rows: z.array(
    z.union([
      z.strictObject({ ...place, id: z.string(), outcome: z.string() }),
      z.strictObject({ ...place, reason: z.string() }),
    ]),
  ),
});

export const removedBody = z.strictObject({ removed: z.string() });
