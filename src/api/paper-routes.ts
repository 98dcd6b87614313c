/** One paper, by any of its names. */
import { idOf, requirePaper } from './find-paper.ts';
import { withSources } from './paper-sources.ts';
import { readQuery } from './read-input.ts';
import { paperQuery } from './request-schemas.ts';
import type { Route } from './route.ts';

export const paperRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/papers/{id}',
    path: '/api/v1/papers/*id',
    summary: 'One paper, by arXiv id, DOI, ACL id or the address of its page.',
    input: paperQuery,
    answer: async (request, { engine }) => {
      const { sources } = readQuery(paperQuery, request);
      const paper = await requirePaper(engine, idOf(request));
      return sources ? withSources(engine, paper) : paper;
    },
  },
];
