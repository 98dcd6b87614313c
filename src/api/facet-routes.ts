/** Counting without listing: what the papers of a question, or all papers, are like. */
import type { z } from 'zod';
import { FACET_FIELDS } from '../engine/facets.ts';
import { type AskOptions, DEFAULT_FACET_LIMIT } from '../search/request.ts';
import { facetsBody } from './answer-schemas.ts';
import type { ApiContext } from './context.ts';
import { timedReply } from './list-reply.ts';
import { readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { facetsInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { toNarrowing } from './wire.ts';

const EXAMPLE: z.infer<typeof facetsBody> = {
  query: 'language models',
  total: 3,
  facets: {
    year: {
      distinct: 2,
      missing: 0,
      values: [
        { value: '2017', count: 1 },
        { value: '2018', count: 2 },
      ],
    },
    category: {
      distinct: 2,
      missing: 0,
      values: [
        {
          value: 'cs',
          count: 3,
          within: [
            { value: 'cs.CL', count: 3 },
            { value: 'cs.LG', count: 1 },
          ],
        },
      ],
    },
  },
  notes: [],
  tookMs: 6.2,
};

export const facetRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/facets',
    path: '/api/v1/facets',
    summary: 'How many papers there are of each year, category, venue, author, source and with code.',
    input: facetsInput,
    budget: 'search',
    answers: { 'application/json': facetsBody },
    example: {
      input: { q: EXAMPLE.query, facets: ['year', 'category'], facetLimit: 5 },
      answers: { 'application/json': EXAMPLE },
    },
    answer: async (request, context, options) => {
      const input = readQuery(facetsInput, request);
      return timedReply(
        input.q === undefined
          ? await countAll(input, context)
          : await countFor(input.q, input, { context, options }),
      );
    },
  },
];

type Restricting = Omit<z.infer<typeof facetsInput>, 'q'>;

interface Asked {
  readonly context: ApiContext;
  readonly options: AskOptions;
}

async function countFor(query: string, input: Restricting, { context, options }: Asked) {
  requireReady(context.readiness);
  const narrowing = toNarrowing(input);
  const asked = { query, limit: 1, facets: FACET_FIELDS, ...narrowing };
  const { total, facets = {}, notes, tookMs } = await context.searcher.search(asked, options);
  return { query, total, facets, notes, tookMs };
}

/** Needs no question, so it is the engine's alone. */
async function countAll(input: Restricting, { engine }: ApiContext) {
  const startedAt = performance.now();
  const {
    filter,
    facets: fields = FACET_FIELDS,
    facetLimit: limit = DEFAULT_FACET_LIMIT,
  } = toNarrowing(input);
  const set = { filter, terms: [], also: [], excluded: [], holdsAll: true };
  const [{ total }, facets] = await Promise.all([
    engine.newest({ filter, limit: 1 }),
    engine.facets(set, { fields, limit }),
  ]);
  return { query: '', total, facets, notes: [], tookMs: performance.now() - startedAt };
}
