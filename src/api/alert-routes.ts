/** The alerts of the index, for programs on the same machine. */
import type { Request } from 'express';
import type { z } from 'zod';
import { DEFAULT_LIMIT, DEFAULT_MIN_SIMILARITY } from '../alerts/alert.ts';
import { toFilter } from '../engine/filter-words.ts';
import { AppError } from '../fault/app-error.ts';
import { toAlertBody, toMessageBody } from './alert-body.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { ApiContext } from './context.ts';
import { readBody, readQuery } from './read-input.ts';
import { alertInput, nothing } from './request-schemas.ts';
import { requireLocal } from './require-local.ts';
import type { Route } from './route.ts';
import { alertBody, alertsBody, alertWithMessagesBody, removedBody } from './standing-answers.ts';

const NO_MESSAGES = { waiting: 0, sent: 0, dead: 0 };
const ALERT = toAlertBody({
  id: 'graphs',
  question: 'graph neural networks',
  mode: 'hybrid',
  filter: { categories: ['cs.LG'] },
  minSimilarity: DEFAULT_MIN_SIMILARITY,
  every: 'week',
  targets: ['mail:me@example.org'],
  limit: DEFAULT_LIMIT,
  isPaused: false,
  createdMs: Date.parse('2026-11-01T09:00:00.000Z'),
  lastRunMs: Date.parse('2026-11-16T06:00:00.000Z'),
  nextRunMs: Date.parse('2026-11-23T06:00:00.000Z'),
  ...{ position: 0, backfill: 0, error: null, messages: { ...NO_MESSAGES, sent: 1 } },
});
const MESSAGE = toMessageBody({
  key: 'graphs-2026-11-16-1',
  alertId: ALERT.id,
  target: 'mail:me@example.org',
  papers: 2,
  state: 'sent',
  tries: 0,
  createdMs: Date.parse('2026-11-16T06:00:00.000Z'),
  nextTryMs: Date.parse('2026-11-16T06:00:00.000Z'),
  doneMs: Date.parse('2026-11-16T06:00:02.000Z'),
  error: null,
});

export const alertRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/alerts',
    path: '/api/v1/alerts',
    summary: 'The alerts there are, and how their messages fare. On this machine only.',
    input: nothing,
    answers: { 'application/json': alertsBody },
    example: { answers: { 'application/json': { alerts: [ALERT] } } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      return { alerts: deskFor(request, context).list().map(toAlertBody) };
    },
  },
  {
    method: 'post',
    address: '/api/v1/alerts',
    path: '/api/v1/alerts',
    summary: 'Makes an alert. On this machine only.',
    input: alertInput,
    answers: { 'application/json': alertBody },
    example: {
      input: { id: ALERT.id, q: ALERT.question, to: ALERT.to, every: ALERT.every },
      answers: { 'application/json': { ...ALERT, lastRun: null, messages: NO_MESSAGES } },
    },
    answer: async (request, context) => {
      const desk = deskFor(request, context);
      return toAlertBody(await desk.add(toAlertRequest(readBody(alertInput, request))));
    },
  },
  {
    method: 'get',
    address: '/api/v1/alerts/{id}',
    path: '/api/v1/alerts/:id',
    summary: 'One alert with its latest messages. On this machine only.',
    input: nothing,
    answers: { 'application/json': alertWithMessagesBody },
    example: { id: ALERT.id, answers: { 'application/json': { ...ALERT, latest: [MESSAGE] } } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const desk = deskFor(request, context);
      const id = idOf(request);
      return { ...toAlertBody(desk.get(id)), latest: desk.messages(id).map(toMessageBody) };
    },
  },
  {
    method: 'delete',
    address: '/api/v1/alerts/{id}',
    path: '/api/v1/alerts/:id',
    summary: 'Removes an alert. On this machine only.',
    input: nothing,
    answers: { 'application/json': removedBody },
    example: { id: ALERT.id, answers: { 'application/json': { removed: ALERT.id } } },
    answer: async (request, context) => {
      readQuery(nothing, request);
      const desk = deskFor(request, context);
      const id = idOf(request);
      desk.remove(id);
      return { removed: id };
    },
  },
];

function deskFor(request: Request, { alerts }: ApiContext): AlertDesk {
  requireLocal(request);
  // The routes are mounted only where there is a desk.
  if (!alerts) throw new AppError('ROUTE_NOT_FOUND');
  return alerts;
}

function idOf({ params }: Request): string {
  return String(params.id);
}

function toAlertRequest({
  id,
  q,
  list,
  mode,
  minSimilarity,
  every,
  to,
  limit,
  backfill,
  ...filter
}: AlertInput) {
  const outside = to.find((target) => target.startsWith('file:'));
  if (outside !== undefined) {
    const message = 'to: alerts that write files are made on the command line only';
    throw new AppError('INPUT_INVALID', { message, issues: [{ message, pointer: '/to' }] });
  }
  return {
    ...(id !== undefined && { id }),
    ...(q !== undefined && { question: q }),
    ...(list !== undefined && { list }),
    ...(mode !== undefined && { mode }),
    filter: toFilter(filter),
    ...(minSimilarity !== undefined && { minSimilarity }),
    ...(every !== undefined && { every }),
    targets: to,
    ...(limit !== undefined && { limit }),
    ...(backfill !== undefined && { backfill }),
  };
}

type AlertInput = z.infer<typeof alertInput>;
