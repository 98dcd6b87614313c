/** Asking: a question in, hits out. */

import type { Request } from 'express';
import type { z } from 'zod';
import type { AskOptions } from '../search/request.ts';
import { anySearchBody } from './answer-schemas.ts';
import { chooseFormat } from './choose-format.ts';
import type { ApiContext } from './context.ts';
import { searchExamples } from './example-answers.ts';
import { ATTENTION, BERT } from './example-papers.ts';
import { OTHER_ANSWERS } from './list-format.ts';
import { answerReply } from './list-reply.ts';
import { readBody, readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { searchInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { toNarrowing } from './wire.ts';

const ADDRESS = '/api/v1/search';
/** Of the examples. */
const QUESTION = 'how do transformers attend';
const FIELDS = ['title', 'published'];

const SEARCH = {
  address: ADDRESS,
  path: ADDRESS,
  input: searchInput,
  answers: { 'application/json': anySearchBody, ...OTHER_ANSWERS },
  budget: 'search',
} as const;

export const searchRoutes: readonly Route[] = [
  {
    ...SEARCH,
    method: 'get',
    summary: 'Find papers for a question.',
    example: {
      input: { q: QUESTION, limit: 2, category: ['cs.CL'] },
      answers: searchExamples(QUESTION, [BERT, ATTENTION]),
    },
    answer: (request, context, options) =>
      search(request, readQuery(searchInput, request), { context, options }),
  },
  {
    ...SEARCH,
    method: 'post',
    summary: 'Find papers for a question in the body, which may be a long one.',
    example: {
      input: { q: QUESTION, fields: FIELDS, limit: 2 },
      answers: searchExamples(QUESTION, [BERT, ATTENTION], { fields: FIELDS }),
    },
    answer: (request, context, options) =>
      search(request, readBody(searchInput, request), { context, options }),
  },
];

interface Asked {
  readonly context: ApiContext;
  readonly options: AskOptions;
}

async function search(request: Request, input: z.infer<typeof searchInput>, { context, options }: Asked) {
  const { searcher, readiness, settings } = context;
  requireReady(readiness);
  chooseFormat(request, input);
  const answer = await searcher.search({ query: input.q, ...toNarrowing(input) }, options);
  return answerReply({ request, settings }, input, answer);
}
