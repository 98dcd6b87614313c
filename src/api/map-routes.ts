/** The map of the corpus: what it shows as JSON, its points as bytes, and the papers behind points. */
import { z } from 'zod';
import { AppError } from '../fault/app-error.ts';
import type { PaperMap } from '../map/paper-map.ts';
import { type AskOptions, MAX_LIMIT, MAX_QUERY_LENGTH } from '../search/request.ts';
import { paperBody } from './answer-schemas.ts';
import type { ApiContext } from './context.ts';
import { ATTENTION } from './example-papers.ts';
import { readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { Reply } from './reply.ts';
import { nothing } from './request-schemas.ts';
import type { Route } from './route.ts';

const pointInput = z.strictObject({ docId: z.coerce.number().int().min(1) });
const litInput = z.strictObject({ q: z.string().min(1).max(MAX_QUERY_LENGTH) });

const count = z.int().min(0);
const mapBody = z.strictObject({
  ...{ papers: count, laidOut: count, generation: count },
  current: z.boolean().describe('Whether the index is still what the map was made of.'),
  categories: z.array(z.string()),
  years: z.array(z.strictObject({ from: z.int(), to: z.int() })),
  regions: z.array(
    z.strictObject({ words: z.array(z.string()), x: z.number(), y: z.number(), papers: count }),
  ),
});
const pointBody = z.strictObject({ paper: paperBody });
const litBody = z.strictObject({ total: count, docIds: z.array(z.int().min(1)) });

const EXAMPLE: z.infer<typeof mapBody> = {
  ...{ papers: 423, laidOut: 423, generation: 7, current: true },
  categories: ['cs', 'physics'],
  years: [
    { from: 1980, to: 1999 },
    { from: 2000, to: 2019 },
  ],
  regions: [{ words: ['attention', 'translation'], x: 0.31, y: 0.64, papers: 41 }],
};

export const mapRoutes: readonly Route[] = [
  {
    method: 'get',
    address: '/api/v1/map',
    path: '/api/v1/map',
    summary: 'What the map of the papers shows: regions and the meaning of its colours.',
    input: nothing,
    answers: { 'application/json': mapBody },
    example: { answers: { 'application/json': EXAMPLE } },
    answer: async (_request, context) => {
      const { map, isCurrent } = await currentMap(context);
      const { generation, laidOut, categories, years, regions } = map.head;
      const papers = map.columns.docIds.length;
      return { papers, laidOut, generation, current: isCurrent, categories, years, regions };
    },
  },
  {
    method: 'get',
    address: '/api/v1/map/points',
    path: '/api/v1/map/points',
    summary: 'The points of the map, ten bytes a paper.',
    input: nothing,
    answers: { 'application/octet-stream': z.string() },
    answer: async (_request, context) => {
      const { docIds, places, categories, years } = (await currentMap(context)).map.columns;
      const bytes = [docIds, places, categories, years].map(({ buffer, byteOffset, byteLength }) =>
        Buffer.from(buffer, byteOffset, byteLength),
      );
      return new Reply(Buffer.concat(bytes), {
        type: 'application/octet-stream',
        headers: { 'Cache-Control': 'no-cache' },
      });
    },
  },
  {
    method: 'get',
    address: '/api/v1/map/paper',
    path: '/api/v1/map/paper',
    summary: 'The paper behind a point of the map.',
    input: pointInput,
    answers: { 'application/json': pointBody },
    example: { input: { docId: 1 }, answers: { 'application/json': { paper: ATTENTION } } },
    answer: async (request, { engine, readiness }) => {
      const { docId } = readQuery(pointInput, request);
      requireReady(readiness);
      const [paper] = await engine.papers([docId]);
      if (!paper) {
        throw new AppError('PAPER_NOT_FOUND', {
          message: 'The paper of this point is not in the index any more',
        });
      }
      return { paper };
    },
  },
  {
    method: 'get',
    address: '/api/v1/map/hits',
    path: '/api/v1/map/hits',
    summary: 'The points of the papers that a question finds first.',
    input: litInput,
    answers: { 'application/json': litBody },
    budget: 'search',
    example: {
      input: { q: 'language models' },
      answers: { 'application/json': { total: 30, docIds: [2, 1] } },
    },
    answer: async (request, context, options) => {
      const { q } = readQuery(litInput, request);
      requireReady(context.readiness);
      return pointsOf(q, context, options);
    },
  },
];

/** The map of the index that answers, and whether the index is still what the map was made of. MAP_UNAVAILABLE. */
export async function currentMap({
  engine,
  maps,
  readiness,
}: Pick<ApiContext, 'engine' | 'maps' | 'readiness'>): Promise<{ map: PaperMap; isCurrent: boolean }> {
  requireReady(readiness);
  const { index, generation } = await engine.status();
  const map = await maps.read(index);
  return { map, isCurrent: map.head.generation === generation };
}

/** How many papers a question finds, and the docIds of the first of them. */
export async function pointsOf(
  query: string,
  { engine, searcher }: Pick<ApiContext, 'engine' | 'searcher'>,
  options: AskOptions,
): Promise<{ total: number; docIds: number[] }> {
  const { hits, total } = await searcher.search({ query, limit: MAX_LIMIT }, options);
  const found = await engine.lookup(
    hits.map(({ paper }) => ({ kind: 'id', value: paper.id })),
    1,
  );
  return { total, docIds: found.flatMap(([docId]) => docId ?? []) };
}
