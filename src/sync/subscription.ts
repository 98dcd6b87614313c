/**
 * A source that an index is kept fresh from: its name, what is wanted of it, when, and how it went. What is kept of it
 * is what stands here, in `sources.json`.
 */
import { z } from 'zod';

const moment = z.iso.datetime();
const rows = z.int().nonnegative();

const runSchema = z.object({
  started: moment,
  ended: moment,
  outcome: z.enum(['fine', 'failed', 'interrupted']),
  added: rows,
  updated: rows,
  removed: rows,
  unchanged: rows,
  faulty: rows,
  embedded: rows,
  /** Why it failed: a code of the table of errors, and a sentence. */
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
});

export const subscriptionSchema = z.object({
  name: z.string(),
  /** As `add` takes it: `arxiv-oai:cs`. */
  spec: z.string(),
  /** A cron expression of five fields. */
  schedule: z.string(),
  from: z.string().optional(),
  categories: z.array(z.string()).optional(),
  isPaused: z.boolean(),
  added: moment,
  /** While a run lasts, and after one that was cut off. */
  begun: moment.optional(),
  last: runSchema.optional(),
  /** When a run last came to its end. */
  lastFine: moment.optional(),
  /** Since the last good run, or since the beginning. */
  failures: rows,
  /** When the first of those failures was. */
  failingSince: moment.optional(),
});

export type SyncRun = Readonly<z.infer<typeof runSchema>>;
export type Subscription = Readonly<z.infer<typeof subscriptionSchema>>;

/** What it is after a run. An interruption is nobody's fault and neither mends nor breaks anything. */
export function afterRun({ begun: _, ...subscription }: Subscription, run: SyncRun): Subscription {
  const { failingSince, ...rest } = subscription;
  switch (run.outcome) {
    case 'interrupted':
      return { ...subscription, last: run };
    case 'failed':
      return {
        ...rest,
        last: run,
        failures: rest.failures + 1,
        failingSince: failingSince ?? run.started,
      };
    case 'fine':
      return { ...rest, last: run, lastFine: run.ended, failures: 0 };
  }
}
