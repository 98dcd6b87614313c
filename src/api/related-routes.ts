/** Relating: papers and texts in, the work around them out. */
import type { z } from 'zod';
import type { AskOptions } from '../search/request.ts';
import type { ApiContext } from './context.ts';
import { notFound, resolveIds, textsOf } from './examples.ts';
import { idOf, requirePaper } from './find-paper.ts';
import { readBody, readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { relatedInput, relatedToPaperInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { toAnswerBody, toNarrowing } from './wire.ts';

export const relatedRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/papers/{id}/related',
    path: '/api/v1/papers/*id/related',
    summary: 'The work around one paper.',
    input: relatedToPaperInput,
    budget: 'search',
    answer: async (request, { engine, searcher, readiness }, options) => {
      const input = readQuery(relatedToPaperInput, request);
      requireReady(readiness);
      const paper = await requirePaper(engine, idOf(request));
      return toAnswerBody(await searcher.related({ positive: [paper.id], ...toNarrowing(input) }, options));
    },
  },
  {
    method: 'post',
    address: '/api/v1/related',
    path: '/api/v1/related',
    summary: 'The work around texts and papers, and away from others.',
    input: relatedInput,
    budget: 'search',
    answer: async (request, context, options) => relate(readBody(relatedInput, request), context, options),
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
  return toAnswerBody(await searcher.related(asked, options));
}
