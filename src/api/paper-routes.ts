/** One paper, by any of its names. */
import { idOf, requirePaper } from './find-paper.ts';
import { readQuery } from './read-input.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';

export const paperRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/papers/{id}',
    path: '/api/v1/papers/*id',
    summary: 'One paper, by arXiv id, DOI, ACL id or the address of its page.',
    input: nothing,
    answer: async (request, { engine }) => {
      readQuery(nothing, request);
      return requirePaper(engine, idOf(request));
    },
  },
];
