/** Asking: a question in, hits out. */
import type { z } from 'zod';
import type { AskOptions } from '../search/request.ts';
import type { ApiContext } from './context.ts';
import { readBody, readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { searchInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { toAnswerBody, toNarrowing } from './wire.ts';

const ADDRESS = '/api/v1/search';

export const searchRoutes: readonly Route[] = [
  {
    method: 'get',
    address: ADDRESS,
    path: ADDRESS,
    summary: 'Find papers for a question.',
    input: searchInput,
    budget: 'search',
    answer: async (request, context, options) => search(readQuery(searchInput, request), context, options),
  },
  {
    method: 'post',
    address: ADDRESS,
    path: ADDRESS,
    summary: 'The same in JSON, for long questions.',
    input: searchInput,
    budget: 'search',
    answer: async (request, context, options) => search(readBody(searchInput, request), context, options),
  },
];

async function search(
  input: z.infer<typeof searchInput>,
  { searcher, readiness }: ApiContext,
  options: AskOptions,
) {
  requireReady(readiness);
  return toAnswerBody(await searcher.search({ query: input.q, ...toNarrowing(input) }, options));
}
