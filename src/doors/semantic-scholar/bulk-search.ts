/** Bulk searches: everything that passes, a thousand papers at a time, in an order that no relevance makes. */
import { z } from 'zod';
import type { Filter } from '../../engine/filter.ts';
import type { ListRequest } from '../../search/list-papers.ts';
import { getRoute } from '../door.ts';
import { question, text } from '../door-schemas.ts';
import { readBulkQuery } from './bulk-query.ts';
import { decodeToken, encodeToken } from './bulk-token.ts';
import { ofPaper, readFields } from './field-names.ts';
import { NOTHING, narrowingFilter, narrowingParameters } from './narrowing.ts';
import { paperRecord } from './paper-record.ts';

const PAGE = 1_000;

/** Of no paper is it known how often it is cited, and papers without a value go by their ids. */
const ORDERS: Readonly<Record<string, ListRequest['order']>> = {
  paperId: 'id',
  'paperId:asc': 'id',
  'paperId:desc': 'id-descending',
  publicationDate: 'oldest',
  'publicationDate:asc': 'oldest',
  'publicationDate:desc': 'newest',
  citationCount: 'id',
  'citationCount:asc': 'id',
  'citationCount:desc': 'id',
};

const input = z.strictObject({
  query: question.exactOptional(),
  token: text('What the page before gave.').exactOptional(),
  fields: text('Which fields, with commas between them.').exactOptional(),
  sort: z
    .enum(Object.keys(ORDERS) as [string, ...string[]])
    .exactOptional()
    .describe('By paperId, publicationDate or citationCount, with :asc or :desc.'),
  // The client sends them with every search; here they mean nothing.
  limit: z.int().exactOptional().describe('Passed over: a page holds a thousand.'),
  offset: z.int().exactOptional().describe('Passed over: a token says where a page begins.'),
  ...narrowingParameters,
});

export const bulkSearchRoute = getRoute({
  address: '/graph/v1/paper/search/bulk',
  path: '/graph/v1/paper/search/bulk',
  summary: 'Everything that passes, for clients of Semantic Scholar.',
  input,
  answer: async ({ input }, { searcher }) => {
    const { query, token, fields: asked, sort = 'paperId' } = input;
    const fields = readFields(asked, ofPaper);
    const order = ORDERS[sort] ?? 'id';
    const filter = bothOf(query, narrowingFilter(input));
    const identity = [filter, order];
    const place = token === undefined ? undefined : decodeToken(identity, token);
    const { papers, total, hasMore } = await searcher.list({
      ...{ filter, order, limit: PAGE },
      ...(typeof place === 'string' && { after: place }),
      ...(typeof place === 'number' && { offset: place }),
    });
    const last = order.startsWith('id') ? (papers.at(-1)?.id ?? '') : Number(place ?? 0) + PAGE;
    return {
      total,
      ...(hasMore && { token: encodeToken(identity, last) }),
      data: papers.map((paper) => paperRecord(paper, fields)),
    };
  },
});

function bothOf(query: string | undefined, narrowing: Filter): Filter {
  return query === undefined ? narrowing : { all: [readBulkQuery(query) ?? NOTHING, narrowing] };
}
