/** The sources an index is kept fresh from: what they are, when they are asked, and how it went. */
import { nextRunMs } from '../sync/schedule.ts';
import { spokenReason } from '../sync/source-notes.ts';
import type { Subscription, SyncRun } from '../sync/subscription.ts';
import { readQuery } from './read-input.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';
import { sourcesBody } from './standing-answers.ts';

const EXAMPLE: Subscription = {
  name: 'nlp',
  spec: 'arxiv-oai:cs',
  schedule: '0 6 * * *',
  from: '2026-11',
  categories: ['cs.CL'],
  isPaused: false,
  added: '2026-11-01T09:00:00.000Z',
  last: {
    started: '2026-11-20T06:00:00.000Z',
    ended: '2026-11-20T06:00:41.000Z',
    outcome: 'fine',
    ...{ added: 58, updated: 12, removed: 0, unchanged: 230, faulty: 0, embedded: 70 },
  },
  lastFine: '2026-11-20T06:00:41.000Z',
  failures: 0,
};

export const sourceRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/sources',
    path: '/api/v1/sources',
    summary: 'The sources this index is kept fresh from, and how their last runs went.',
    input: nothing,
    answers: { 'application/json': sourcesBody },
    example: {
      answers: { 'application/json': { sources: [toSourceBody(EXAMPLE, Date.parse(EXAMPLE.added))] } },
    },
    answer: async (request, { sources }) => {
      readQuery(nothing, request);
      const nowMs = Date.now();
      return { sources: (await sources()).map((source) => toSourceBody(source, nowMs)) };
    },
  },
];

/** Named field by field, as every body is. The command line prints the same. */
export function toSourceBody(subscription: Subscription, nowMs: number) {
  const { name, spec, schedule, from = null, categories = [], isPaused, added } = subscription;
  const { begun = null, last, lastFine = null, failures, failingSince = null } = subscription;
  const nextMs = nextRunMs(subscription);
  return {
    name,
    spec,
    schedule,
    from,
    categories,
    paused: isPaused,
    added,
    nextRun: nextMs === undefined ? null : new Date(Math.max(nextMs, nowMs)).toISOString(),
    begun,
    last: last ? toRunBody(last) : null,
    lastFine,
    failures,
    failingSince,
  };
}

function toRunBody({ failure, ...run }: SyncRun) {
  const { started, ended, outcome, added, updated, removed, unchanged, faulty, embedded } = run;
  return {
    started,
    ended,
    tookMs: Date.parse(ended) - Date.parse(started),
    outcome,
    added,
    updated,
    removed,
    unchanged,
    faulty,
    embedded,
    failure: failure ? { code: failure.code, message: spokenReason(failure) } : null,
  };
}
