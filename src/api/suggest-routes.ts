/** Completing: the beginning of a title, a name or a category in, what it may become out. */
import type { SuggestAnswer } from '../search/suggest.ts';
import { suggestBody } from './answer-schemas.ts';
import { ATTENTION } from './example-papers.ts';
import { timedReply } from './list-reply.ts';
import { readQuery } from './read-input.ts';
import { suggestInput } from './request-schemas.ts';
import type { Route } from './route.ts';

const EXAMPLE: SuggestAnswer = {
  query: 'a',
  suggestions: [
    { kind: 'title', text: ATTENTION.title, id: ATTENTION.id },
    { kind: 'author', text: 'Ashish Vaswani', papers: 1 },
    { kind: 'category', text: 'astro-ph.CO', papers: 9 },
  ],
  tookMs: 0.4,
};

export const suggestRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/suggest',
    path: '/api/v1/suggest',
    summary: 'Titles, authors and categories that go on from what is typed.',
    input: suggestInput,
    answers: { 'application/json': suggestBody },
    example: { input: { q: 'a' }, answers: { 'application/json': EXAMPLE } },
    answer: async (request, { searcher }) => {
      const { q, limit } = readQuery(suggestInput, request);
      const { query, suggestions, tookMs } = await searcher.suggest(q, limit === undefined ? {} : { limit });
      return timedReply({ query, suggestions, tookMs });
    },
  },
];
