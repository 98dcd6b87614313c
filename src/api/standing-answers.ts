/**
 * What is answered where no question was asked, in JSON, as `answer-schemas.ts` has it for questions: recommendations,
 * the lists of days, the alerts and the sources of the index.
 */
import { z } from 'zod';
import { LISTS } from '../alerts/alert.ts';
import { MODES } from '../search/request.ts';
import { paperBody, sparsePaperBody } from './answer-schemas.ts';

const count = z.int().min(0);
const rank = z.int().min(1);
const tookMs = z.number().min(0);
const day = z.string().meta({ examples: ['2026-11-20'] });
const moment = z.iso.datetime();

const exampleBody = z.strictObject({ id: z.string().nullable(), title: z.string() });

export const recommendedBody = z.strictObject({
  rank,
  score: z.number(),
  theme: rank.describe('The nearest theme.'),
  paper: paperBody,
  because: z
    .array(exampleBody.extend({ similarity: z.number() }))
    .describe('The nearest papers of the library.'),
});

export const recommendBody = z.strictObject({
  since: z.string().nullable(),
  library: z.strictObject({ papers: count, known: count, negatives: count }),
  themes: z.array(
    z.strictObject({ words: z.array(z.string()), papers: count, examples: z.array(exampleBody) }),
  ),
  total: count.describe('Papers that are new enough and pass the filters.'),
  hits: z.array(recommendedBody),
  notes: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  tookMs,
});

/** A whole answer, or one with the fields that were asked for. */
export const anyRecommendBody = z.union([
  recommendBody,
  recommendBody.extend({
    hits: z.array(
      recommendedBody.extend({ paper: sparsePaperBody }).partial().required({ rank: true, paper: true }),
    ),
  }),
]);

export const listedBody = z.strictObject({ rank, score: z.number().nullable(), paper: paperBody });

export const dayListBody = z.strictObject({
  from: day.nullable(),
  to: day.nullable(),
  total: count,
  basis: z.enum(['votes', 'activity', 'date']).describe('What the order is by.'),
  hits: z.array(listedBody),
  tookMs,
});

/** A whole answer, or one with the fields that were asked for. */
export const anyDayListBody = z.union([
  dayListBody,
  dayListBody.extend({
    hits: z.array(listedBody.extend({ paper: sparsePaperBody }).partial({ score: true })),
  }),
]);

export const calendarBody = z.strictObject({ days: z.array(z.strictObject({ day, count })) });

const runBody = z.strictObject({
  started: moment,
  ended: moment,
  tookMs: z.number(),
  outcome: z.enum(['fine', 'failed', 'interrupted']),
  ...{ added: count, updated: count, removed: count, unchanged: count, faulty: count, embedded: count },
  failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});

export const sourcesBody = z.strictObject({
  sources: z.array(
    z.strictObject({
      name: z.string(),
      spec: z.string(),
      schedule: z.string().describe('A cron expression of five fields.'),
      from: z.string().nullable(),
      categories: z.array(z.string()),
      paused: z.boolean(),
      added: moment,
      nextRun: moment.nullable(),
      begun: moment.nullable().describe('While a run lasts.'),
      last: runBody.nullable(),
      lastFine: moment.nullable(),
      failures: count,
      failingSince: moment.nullable(),
    }),
  ),
});

export const alertBody = z.strictObject({
  id: z.string(),
  question: z.string(),
  list: z.enum(LISTS).nullable().describe('What is followed instead of a question.'),
  mode: z.enum(MODES),
  filter: z.looseObject({}).describe('What the papers are restricted to.'),
  minSimilarity: z.number(),
  every: z.string(),
  to: z.array(z.string()),
  limit: count,
  backfill: count,
  paused: z.boolean(),
  created: moment.nullable(),
  lastRun: moment.nullable(),
  nextRun: moment.nullable(),
  error: z.string().nullable(),
  messages: z.strictObject({ waiting: count, sent: count, dead: count }),
});

export const alertsBody = z.strictObject({ alerts: z.array(alertBody) });

export const alertWithMessagesBody = alertBody.extend({
  latest: z.array(
    z.strictObject({
      key: z.string(),
      to: z.string(),
      papers: count,
      state: z.enum(['waiting', 'sent', 'dead']),
      tries: count,
      created: moment.nullable(),
      nextTry: moment.nullable(),
      done: moment.nullable(),
      error: z.string().nullable(),
    }),
  ),
});

export const removedBody = z.strictObject({ removed: z.string() });
