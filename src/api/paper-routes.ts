/** Papers by any of their names: one, or up to a thousand at once. */
import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import type { Paper } from '../paper/paper.ts';
import { anyBatchBody, anyPaperBody } from './answer-schemas.ts';
import { chooseFormat } from './choose-format.ts';
import type { ApiContext } from './context.ts';
import { listExamples } from './example-answers.ts';
import { ATTENTION, EXAMPLE_PAPERS } from './example-papers.ts';
import { findPapers, idOf, requirePaper } from './find-paper.ts';
import { OTHER_ANSWERS } from './list-format.ts';
import { batchReply, paperReply } from './list-reply.ts';
import { withSources } from './paper-sources.ts';
import { readBody, readQuery } from './read-input.ts';
import { batchInput, MAX_BATCH, paperQuery } from './request-schemas.ts';
import type { Route } from './route.ts';
import { sparsePaper } from './sparse.ts';

const BATCH = {
  input: batchInput,
  answers: { 'application/json': anyBatchBody, ...OTHER_ANSWERS },
} as const;

export const paperRoutes: readonly Route[] = [
  {
    ...BATCH,
    method: 'get',
    address: '/api/v1/papers',
    path: '/api/v1/papers',
    summary: 'Many papers by their ids.',
    example: {
      input: { ids: EXAMPLE_PAPERS.map(({ id }) => id), fields: ['title'] },
      answers: batchExamples(EXAMPLE_PAPERS, { fields: ['title'] }),
    },
    answer: async (request, context) => {
      const input = readQuery(batchInput, request, { splitAtCommas: ['ids'] });
      if (input.ids.length > MAX_BATCH) throw tooMany(input.ids.length);
      return batch(request, input, context);
    },
  },
  {
    ...BATCH,
    method: 'post',
    address: '/api/v1/papers/batch',
    path: '/api/v1/papers/batch',
    summary: 'Many papers by a list of ids in the body.',
    example: {
      input: { ids: [ATTENTION.id, 'unknown'] },
      answers: batchExamples([ATTENTION], { missing: ['unknown'] }),
    },
    answer: async (request, context) => batch(request, readBody(batchInput, request), context),
  },
  {
    method: 'get',
    address: '/api/v1/papers/{id}',
    path: '/api/v1/papers/*id',
    summary: 'One paper, by arXiv id, DOI, ACL id or the address of its page.',
    input: paperQuery,
    answers: {
      'application/json': anyPaperBody,
      ...OTHER_ANSWERS,
    },
    example: { id: ATTENTION.id, answers: listExamples(ATTENTION, [ATTENTION]) },
    answer: async (request, { engine, settings }) => {
      const { sources = false, ...wish } = readQuery(paperQuery, request);
      if (sources && (wish.format ?? 'json') !== 'json') throw sourcesIn(wish.format);
      if (!sources) chooseFormat(request, wish);
      const paper = await requirePaper(engine, idOf(request));
      return sources ? withSources(engine, paper) : paperReply({ request, settings }, wish, paper);
    },
  },
];

function batchExamples(
  found: readonly Paper[],
  { fields, missing = [] }: { readonly fields?: readonly string[]; readonly missing?: readonly string[] },
) {
  const papers = [...found.map((paper) => sparsePaper(paper, fields)), ...missing.map(() => null)];
  return listExamples({ papers, missing }, found);
}

async function batch(request: Request, input: z.infer<typeof batchInput>, { engine, settings }: ApiContext) {
  chooseFormat(request, input);
  return batchReply({ request, settings }, input, await findPapers(engine, input.ids));
}

function tooMany(given: number): AppError {
  const message = `ids must have at most ${MAX_BATCH} values, not ${given}`;
  return new AppError('INPUT_INVALID', { message: `${message}.`, issues: [{ message, pointer: 'ids' }] });
}

function sourcesIn(format = ''): AppError {
  const message = `sources goes with json, not with ${format}`;
  return new AppError('INPUT_INVALID', { message: `${message}.`, issues: [{ message, pointer: 'sources' }] });
}
