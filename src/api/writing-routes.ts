/** Papers in and out over HTTP, and the jobs that embed what came in. */
import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import { normalizePaper } from '../paper/normalize-paper.ts';
import type { ApiContext } from './context.ts';
import { ATTENTION } from './example-papers.ts';
import { idOf, requirePaper } from './find-paper.ts';
import type { Job } from './job-book.ts';
import { readQuery } from './read-input.ts';
import { Reply } from './reply.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';
import { addedBody, jobBody, jobEvent, removedBody } from './writing-answers.ts';
import type { BodyFormat, WritingDesk } from './writing-desk.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const FORMATS: Readonly<Record<string, BodyFormat>> = {
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
  'application/ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
};
/** Rows are read one by one, each on its own: what is no paper is refused, and told of. */
const PAPER_BODIES = {
  'application/json': z.array(z.looseObject({ title: z.string() })),
  'application/x-ndjson': z.string(),
};
/** Keeps proxies from taking a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000;

const OURS = { title: 'A paper of ours', abstract: 'What it says.', authors: ['Ada Fox'] };
const EXAMPLE_JOB = toJobBody({
  id: '3f0c2a52-6a0e-4c57-9d0b-5a1f2f1f7c11',
  state: 'done',
  createdMs: Date.parse('2026-11-20T09:00:00.000Z'),
  changedMs: Date.parse('2026-11-20T09:00:01.200Z'),
  ...{ added: 1, updated: 0, unchanged: 0, older: 0, refused: 0 },
  embedding: { done: 1, total: 1 },
  error: null,
});

export const writingRoutes: readonly Route[] = [
  {
    method: 'post',
    address: '/api/v1/papers',
    path: '/api/v1/papers',
    summary: 'Adds papers: a JSON list, or one JSON object a line. They are found by their words at once.',
    input: nothing,
    scope: 'write',
    budget: 'write',
    reads: 'stream',
    isEndless: true,
    status: 202,
    bodies: PAPER_BODIES,
    example: {
      body: [OURS],
      answers: {
        'application/json': {
          ...{ job: { ...EXAMPLE_JOB, state: 'embedding', embedding: null }, accepted: 1, refused: 0 },
          rows: [{ row: 1, line: 1, id: normalizePaper(OURS).id, outcome: 'added' }],
        },
      },
    },
    answers: { 'application/json': addedBody },
    answer: async (request, context, { signal }) => {
      readQuery(nothing, request);
      const { job, rows } = await deskOf(context).add(bodyOf(request), { format: formatOf(request), signal });
      const refused = rows.filter((row) => 'reason' in row).length;
      const body = { job: toJobBody(job), accepted: rows.length - refused, refused, rows };
      const headers = { Location: `/api/v1/jobs/${job.id}` };
      return new Reply(JSON.stringify(body), { type: JSON_TYPE, status: 202, headers });
    },
  },
  {
    method: 'delete',
    address: '/api/v1/papers/{id}',
    path: '/api/v1/papers/*id',
    summary: 'Removes one paper, by any of its names.',
    input: nothing,
    scope: 'write',
    budget: 'write',
    answers: { 'application/json': removedBody },
    example: { id: ATTENTION.id, answers: { 'application/json': { removed: ATTENTION.id } } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const { id } = await requirePaper(context.engine, idOf(request));
      await deskOf(context).remove([id]);
      return { removed: id };
    },
  },
  {
    method: 'get',
    address: '/api/v1/jobs/{id}',
    path: '/api/v1/jobs/:id',
    summary: 'How far an addition has come.',
    input: nothing,
    answers: { 'application/json': jobBody },
    example: { id: EXAMPLE_JOB.id, answers: { 'application/json': EXAMPLE_JOB } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      return toJobBody(deskOf(context).job(jobId(request)));
    },
  },
  {
    method: 'get',
    address: '/api/v1/jobs/{id}/events',
    path: '/api/v1/jobs/:id/events',
    summary: 'The same as server-sent events, until it is over.',
    input: nothing,
    answers: { 'text/event-stream': jobEvent },
    example: {
      id: EXAMPLE_JOB.id,
      answers: { 'text/event-stream': { event: EXAMPLE_JOB.state, data: JSON.stringify(EXAMPLE_JOB) } },
    },
    isEndless: true,
    answer: async (request, context, { signal }) => {
      readQuery(nothing, request);
      const desk = deskOf(context);
      const { id } = desk.job(jobId(request));
      const headers = { 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' };
      return new Reply(events(desk.follow(id, signal)), {
        type: 'text/event-stream; charset=utf-8',
        headers,
      });
    },
  },
];

function deskOf({ desk }: ApiContext): WritingDesk {
  // The routes are mounted only where there is one.
  if (!desk) throw new AppError('ROUTE_NOT_FOUND');
  return desk;
}

/** A body that is given up half-way must not take the connection with it, on which the reason is told. */
function bodyOf(request: Request): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
}

function jobId({ params }: Request): string {
  return String(params.id);
}

function formatOf({ headers }: Request): BodyFormat {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const format = FORMATS[type.trim()];
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (format !== undefined && isPlain) return format;
  const message = isPlain
    ? 'There is no body of type application/json or application/x-ndjson.'
    : 'The body must not be compressed.';
  const remedy = 'Send a list of papers as JSON, or one JSON object a line with application/x-ndjson.';
  throw new AppError('BODY_INVALID', { message, remedy });
}

function toJobBody(job: Job) {
  const { id, state, createdMs, changedMs, added, updated, unchanged, older, refused } = job;
  const { embedding, error } = job;
  const outcomes = { added, updated, unchanged, older, refused };
  return { id, state, createdMs, changedMs, ...outcomes, embedding, error };
}

/** Events in the form of https://html.spec.whatwg.org/multipage/server-sent-events.html */
async function* events(jobs: AsyncIterable<Job>): AsyncGenerator<string> {
  const iterator = jobs[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const result = await orQuiet(next);
    if (result === undefined) {
      yield ': still here\n\n';
      continue;
    }
    if (result.done) return;
    yield `event: ${result.value.state}\ndata: ${JSON.stringify(toJobBody(result.value))}\n\n`;
    next = iterator.next();
  }
}

/** Undefined when nothing has come for a while. */
async function orQuiet<T>(coming: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, HEARTBEAT_MS, undefined);
  });
  return Promise.race([coming, quiet]).finally(() => clearTimeout(timer));
}
