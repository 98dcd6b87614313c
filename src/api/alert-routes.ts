/** The alerts of the index, for programs on the same machine. */
import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import { toAlertBody, toMessageBody } from './alert-body.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { ApiContext } from './context.ts';
import { readBody, readQuery } from './read-input.ts';
import { alertInput, nothing } from './request-schemas.ts';
import { requireLocal } from './require-local.ts';
import type { Route } from './route.ts';
import { alertBody, alertsBody, alertWithMessagesBody, removedBody } from './standing-answers.ts';
import { toFilter } from './wire.ts';

export const alertRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/alerts',
    path: '/api/v1/alerts',
    summary: 'The alerts there are, and how their messages fare. On this machine only.',
    input: nothing,
    answers: { 'application/json': alertsBody },
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
    example: { input: { q: 'graph neural networks', to: ['mail:me@example.org'], every: 'week' } },
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
    example: { id: 'graphs' },
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
    example: { id: 'graphs' },
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
