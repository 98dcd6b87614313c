/** Completing: the beginning of a title, a name or a category in, what it may become out. */
import { suggestBody } from './answer-schemas.ts';
import { timedReply } from './list-reply.ts';
import { readQuery } from './read-input.ts';
import { suggestInput } from './request-schemas.ts';
import type { Route } from './route.ts';

export const suggestRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/suggest',
    path: '/api/v1/suggest',
    summary: 'Titles, authors and categories that go on from what is typed.',
    input: suggestInput,
    answers: { 'application/json': suggestBody },
    example: { input: { q: 'atten' } },
    answer: async (request, { searcher }) => {
      const { q, limit } = readQuery(suggestInput, request);
      const { query, suggestions, tookMs } = await searcher.suggest(q, limit === undefined ? {} : { limit });
      return timedReply({ query, suggestions, tookMs });
    },
  },
];
