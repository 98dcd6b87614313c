/** The door for clients of arXiv's query API: the same address, parameters and answers. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { arxivErrorFeed, arxivFeed } from '../doors/arxiv/arxiv-feed.ts';
import { ARXIV_ORDERS, ARXIV_SORTS, askArxiv } from '../doors/arxiv/ask.ts';
import { toAtom } from '../feeds/atom.ts';
import { FEED_TYPES, type Instant } from '../feeds/feed.ts';
import { MAX_QUERY_LENGTH } from '../search/request.ts';
import { readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { Reply } from './reply.ts';
import { text } from './request-schemas.ts';
import type { Route } from './route.ts';
import { siteOf } from './site-of.ts';
import { MAX_URL_LENGTH } from './url-limit.ts';

const ATOM = `${FEED_TYPES.atom}; charset=utf-8`;
/** Both are arXiv's. */
const MAX_RESULTS = 2_000;
const DEFAULT_RESULTS = 10;

const arxivInput = z.strictObject({
  search_query: text(MAX_QUERY_LENGTH)
    .exactOptional()
    .describe('Plain words, or fields and operators as arXiv has them.'),
  id_list: text(MAX_URL_LENGTH).exactOptional().describe('Ids, with commas between them.'),
  start: z.int().min(0).exactOptional().describe('How many papers to pass over first.'),
  max_results: z.int().min(0).max(MAX_RESULTS).exactOptional().describe('How many papers.'),
  sortBy: z.enum(ARXIV_SORTS).exactOptional().describe('By relevance, or by date.'),
  sortOrder: z.enum(ARXIV_ORDERS).exactOptional().describe('Which end first.'),
});

export const arxivRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/query',
    budget: 'search',
    path: '/api/query',
    summary: "arXiv's query API, for its clients.",
    input: arxivInput,
    answer: async (request, { searcher, engine, readiness, settings }, options) => {
      const input = readQuery(arxivInput, request);
      requireReady(readiness);
      const { search_query: question = '', id_list: ids = '', start = 0, max_results: count } = input;
      const { sortBy = 'relevance', sortOrder: order = 'descending' } = input;
      const asked = {
        ...{ question, ids: ids.split(',').filter((id) => id.trim() !== '') },
        ...{ start, count: count ?? DEFAULT_RESULTS, sortBy, order },
      };
      const found = await askArxiv({ searcher, engine }, asked, options);
      const feed = arxivFeed(found, {
        ...{ site: siteOf(request, settings), address: request.originalUrl, now: now() },
        ...{ start, count: asked.count },
        id: `urn:pharos:arxiv-query:${hash('sha256', JSON.stringify(asked), 'hex').slice(0, 32)}`,
      });
      return new Reply(toAtom(feed), { type: ATOM });
    },
    problem: ({ detail, status }) => new Reply(toAtom(arxivErrorFeed(detail, now())), { type: ATOM, status }),
  },
];

/** To the second, as arXiv has it. */
function now(): Instant {
  return new Date().toISOString().replace(/\.\d+/, '');
}
