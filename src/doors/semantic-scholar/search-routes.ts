/** Searches of Semantic Scholar: by relevance, for one title, for what goes on from what is typed. */
import { z } from 'zod';
import { AppError } from '../../fault/app-error.ts';
import type { Paper } from '../../paper/paper.ts';
import { wordResemblance } from '../../paper/text-sketch.ts';
import type { Hit } from '../../search/answer.ts';
import { MAX_DEPTH, MAX_LIMIT } from '../../search/request.ts';
import { getRoute } from '../door.ts';
import { count, question, text } from '../door-schemas.ts';
import { bulkSearchRoute } from './bulk-search.ts';
import { ofHit, readFields } from './field-names.ts';
import { narrowingFilter, narrowingParameters } from './narrowing.ts';
import { hitRecord } from './paper-record.ts';
import { snippetRoute } from './snippet-search.ts';

/** Hits among which the title that is meant is looked for. */
const CANDIDATES = 20;
/** Titles that share fewer of their words are of different papers. */
const LEAST_RESEMBLANCE = 0.5;
/** What is read of an unfinished text. */
const LONGEST_BEGINNING = 100;

const found = {
  query: question,
  fields: text('Which fields, with commas between them.').exactOptional(),
  limit: count(MAX_LIMIT, 'How many papers.').exactOptional(),
  offset: z.int().min(0).max(MAX_DEPTH).exactOptional().describe('How many to pass over first.'),
  ...narrowingParameters,
};

export const searchRoutes = [
  getRoute({
    address: '/graph/v1/paper/search',
    path: '/graph/v1/paper/search',
    summary: 'Papers for a question, for clients of Semantic Scholar.',
    input: z.strictObject(found),
    answer: async ({ input }, { searcher }, options) => {
      const { query, limit = MAX_LIMIT, offset = 0 } = input;
      const fields = readFields(input.fields, ofHit);
      const request = { query, limit, offset, filter: narrowingFilter(input) };
      const { total, hits, next } = await searcher.search(request, options);
      // Clients take any other number than this for the end; without one they stop.
      const end = offset + limit;
      const hasMore = next !== null && end + limit <= MAX_DEPTH;
      return {
        total,
        offset,
        ...(hasMore && { next: end }),
        data: hits.map((hit) => hitRecord(hit, fields)),
      };
    },
  }),
  bulkSearchRoute,
  getRoute({
    address: '/graph/v1/paper/search/match',
    path: '/graph/v1/paper/search/match',
    summary: 'The paper of a title, for clients of Semantic Scholar.',
    input: z.strictObject(found),
    answer: async ({ input }, { searcher }, options) => {
      const { query } = input;
      const fields = readFields(input.fields, ofHit);
      const request = { query, limit: CANDIDATES, filter: narrowingFilter(input) };
      const { hits } = await searcher.search(request, options);
      const [best] = hits
        .map((hit) => ({ hit, matchScore: likeness(query, hit) }))
        .toSorted((a, b) => b.matchScore - a.matchScore);
      if (best === undefined || best.matchScore < LEAST_RESEMBLANCE) {
        throw new AppError('PAPER_NOT_FOUND', { message: 'Title match not found' });
      }
      return { data: [{ ...hitRecord(best.hit, fields), matchScore: best.matchScore }] };
    },
  }),
  getRoute({
    address: '/graph/v1/paper/autocomplete',
    path: '/graph/v1/paper/autocomplete',
    summary: 'Titles that go on from what is typed, for clients of Semantic Scholar.',
    input: z.strictObject({ query: question }),
    answer: async ({ input: { query } }, { engine, searcher }) => {
      const { suggestions } = await searcher.suggest(query.slice(0, LONGEST_BEGINNING));
      const ids = suggestions.flatMap((suggestion) => (suggestion.kind === 'title' ? [suggestion.id] : []));
      const papers = (await engine.get(ids)).filter((paper) => paper !== undefined);
      const matches = papers.map((paper) => ({
        id: paper.id,
        title: paper.title,
        authorsYear: authorsYear(paper),
      }));
      return { matches };
    },
  }),
  snippetRoute,
];

/** 1 for the very title, whatever its case, accents and punctuation; else the share of words in common. */
function likeness(query: string, { paper, match }: Hit): number {
  return match.exact === 'title' ? 1 : wordResemblance(query, paper.title);
}

/** `Vaswani et al., 2017` */
function authorsYear({ authors, published }: Paper): string {
  const [first, second, ...more] = authors.map(familyName);
  const people = more.length > 0 ? `${first} et al.` : [first, second].filter(Boolean).join(' & ');
  return [people, published?.slice(0, 4)].filter(Boolean).join(', ');
}

function familyName(author: string): string {
  return author.includes(',') ? author.slice(0, author.indexOf(',')) : (author.split(' ').at(-1) ?? author);
}
