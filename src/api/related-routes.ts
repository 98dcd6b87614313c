/** Relating: papers and texts in, the work around them out. */
import type { z } from 'zod';
import type { AskOptions } from '../search/request.ts';
import { anySearchBody } from './answer-schemas.ts';
import { chooseFormat } from './choose-format.ts';
import type { ApiContext } from './context.ts';
import { searchExamples } from './example-answers.ts';
import { ATTENTION, BERT } from './example-papers.ts';
import { notFound, resolveIds, textsOf } from './examples.ts';
import { idOf, requirePaper } from './find-paper.ts';
import { OTHER_ANSWERS } from './list-format.ts';
import { answerReply } from './list-reply.ts';
import { readBody, readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { relatedInput, relatedToPaperInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { toNarrowing } from './wire.ts';

const TEXT = 'Attention without recurrence.';

const LISTING = {
  answers: { 'application/json': anySearchBody, ...OTHER_ANSWERS },
} as const;

export const relatedRoutes: readonly Route[] = [
  {
    ...LISTING,
    method: 'get',
    address: '/api/v1/papers/{id}/related',
    path: '/api/v1/papers/*id/related',
    summary: 'The work around one paper.',
    input: relatedToPaperInput,
    budget: 'search',
    example: { id: ATTENTION.id, input: { limit: 1 }, answers: searchExamples(ATTENTION.title, [BERT]) },
    answer: async (request, { engine, searcher, readiness, settings }, options) => {
      const input = readQuery(relatedToPaperInput, request);
      requireReady(readiness);
      chooseFormat(request, input);
      const { id } = await requirePaper(engine, idOf(request));
      const answer = await searcher.related({ positive: [id], ...toNarrowing(input) }, options);
      return answerReply({ request, settings }, input, answer);
    },
  },
  {
    ...LISTING,
    method: 'post',
    address: '/api/v1/related',
    path: '/api/v1/related',
    summary: 'The work around texts and papers, and away from others.',
    input: relatedInput,
    budget: 'search',
    example: {
      input: { text: TEXT, negative: [ATTENTION.id], limit: 1 },
      answers: searchExamples(TEXT, [BERT]),
    },
    answer: async (request, context, options) => {
      const input = readBody(relatedInput, request);
      chooseFormat(request, input);
      const { settings } = context;
      return answerReply({ request, settings }, input, await relate(input, context, options));
    },
  },
];

async function relate(
  input: z.infer<typeof relatedInput>,
  { engine, searcher, readiness }: ApiContext,
  options: AskOptions,
) {
  requireReady(readiness);
  const { text = [], positive = [], negative = [], ...narrowing } = input;
  const [near, far] = await Promise.all([
    resolveIds(engine, positive, '/positive'),
    resolveIds(engine, negative, '/negative'),
  ]);
  const missing = [...near.missing, ...far.missing];
  if (missing.length > 0) throw notFound(missing);
  const asked = {
    positive: near.ids,
    negative: far.ids,
    positiveTexts: [...text, ...textsOf(positive)],
    negativeTexts: textsOf(negative),
    ...toNarrowing(narrowing),
  };
  return searcher.related(asked, options);
}
