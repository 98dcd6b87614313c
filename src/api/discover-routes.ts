/** Lists that no question makes: what is new for a library, of a day, or read now. */
import type { z } from 'zod';
import type { TimedList } from '../discover/lists.ts';
import type { RecommendAnswer } from '../discover/request.ts';
import { toFilter } from '../engine/filter-words.ts';
import type { AskOptions } from '../search/request.ts';
import { chooseFormat, type FormatWish } from './choose-format.ts';
import type { ApiContext } from './context.ts';
import { calendarInput, dailyInput, recommendInput, trendingInput } from './discover-schemas.ts';
import { dayListExamples, listExamples } from './example-answers.ts';
import { ATTENTION, BERT, EXAMPLE_PAPERS } from './example-papers.ts';
import { notFound, resolveIds, textsOf } from './examples.ts';
import { OTHER_ANSWERS } from './list-format.ts';
import { type Asking, standingReply } from './list-reply.ts';
import { readBody, readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import type { Route } from './route.ts';
import { anyDayListBody, anyRecommendBody, calendarBody } from './standing-answers.ts';

const DAY_LISTS = { 'application/json': anyDayListBody, ...OTHER_ANSWERS } as const;

const RECOMMENDED: RecommendAnswer = {
  since: '2018',
  library: { papers: 1, known: 1, negatives: 0 },
  themes: [
    {
      words: ['attention', 'translation', 'transformer'],
      papers: 1,
      examples: [{ id: ATTENTION.id, title: ATTENTION.title }],
    },
  ],
  total: 97,
  hits: [
    {
      rank: 1,
      score: 0.61,
      theme: 1,
      paper: BERT,
      because: [{ id: ATTENTION.id, title: ATTENTION.title, similarity: 0.72 }],
    },
  ],
  notes: [],
  tookMs: 31.2,
};
const CALENDAR = { days: EXAMPLE_PAPERS.map(({ published }) => ({ day: published, count: 1 })) };

export const discoverRoutes: readonly Route[] = [
  {
    method: 'post',
    address: '/api/v1/recommend',
    budget: 'search',
    path: '/api/v1/recommend',
    summary: 'New papers for a library, each with the papers that speak for it.',
    input: recommendInput,
    answers: { 'application/json': anyRecommendBody, ...OTHER_ANSWERS },
    example: {
      input: { positive: [ATTENTION.id], since: '2018', limit: 1 },
      answers: listExamples(toRecommendBody(RECOMMENDED), [BERT]),
    },
    answer: async (request, context, options) => {
      const input = readBody(recommendInput, request);
      chooseFormat(request, input);
      const { settings } = context;
      const wish = { ...input, heading: 'Recommended papers' };
      return standingReply({ request, settings }, wish, await recommendFor(input, context, options));
    },
  },
  {
    method: 'get',
    address: '/api/v1/daily',
    path: '/api/v1/daily',
    summary: 'The papers of a day, a week or a month.',
    input: dailyInput,
    answers: DAY_LISTS,
    example: {
      input: { date: '2017-06', limit: 1 },
      answers: dayListExamples('2017-06-01', '2017-06-30', [ATTENTION]),
    },
    answer: async (request, { lists, readiness, settings }) => {
      const input = readQuery(dailyInput, request);
      const { date, order, limit, fields: _, format: __, ...filter } = input;
      requireReady(readiness);
      chooseFormat(request, input);
      const asked = {
        ...(date !== undefined && { date }),
        ...(order !== undefined && { order }),
        ...(limit !== undefined && { limit }),
      };
      const list = await lists.daily({ ...asked, filter: toFilter(filter) });
      return dayListReply({ request, settings }, { ...input, heading: 'Papers' }, list);
    },
  },
  {
    method: 'get',
    address: '/api/v1/trending',
    path: '/api/v1/trending',
    summary: 'The papers of the last day, week or month, by what is said of them.',
    input: trendingInput,
    answers: DAY_LISTS,
    example: {
      input: { window: 'month' },
      answers: dayListExamples('2018-09-12', '2018-10-11', [BERT]),
    },
    answer: async (request, { lists, readiness, settings }) => {
      const input = readQuery(trendingInput, request);
      const { window, limit, fields: _, format: __, ...filter } = input;
      requireReady(readiness);
      chooseFormat(request, input);
      const asked = { ...(window !== undefined && { window }), ...(limit !== undefined && { limit }) };
      const list = await lists.trending({ ...asked, filter: toFilter(filter) });
      return dayListReply({ request, settings }, { ...input, heading: 'Trending papers' }, list);
    },
  },
  {
    method: 'get',
    address: '/api/v1/calendar',
    path: '/api/v1/calendar',
    summary: 'The days that have papers, and how many.',
    input: calendarInput,
    answers: { 'application/json': calendarBody },
    example: { input: { from: '2017', to: '2018' }, answers: { 'application/json': CALENDAR } },
    answer: async (request, { lists, readiness }) => {
      const filter = readQuery(calendarInput, request);
      requireReady(readiness);
      const days = await lists.calendar({ filter: toFilter(filter) });
      return { days: days.map(({ day, count }) => ({ day, count })) };
    },
  },
];

async function recommendFor(
  input: z.infer<typeof recommendInput>,
  { engine, recommender, readiness }: ApiContext,
  options: AskOptions,
) {
  requireReady(readiness);
  const { positive = [], negative = [], profile, since, limit, fields: _, format: __, ...filter } = input;
  const [near, far] = await Promise.all([
    resolveIds(engine, positive, '/positive'),
    resolveIds(engine, negative, '/negative'),
  ]);
  const missing = [...near.missing, ...far.missing];
  if (missing.length > 0) throw notFound(missing);
  const request = {
    positive: near.ids,
    negative: far.ids,
    positiveTexts: textsOf(positive),
    negativeTexts: textsOf(negative),
    ...(profile !== undefined && { profile }),
    ...(since !== undefined && { since }),
    ...(limit !== undefined && { limit }),
    filter: toFilter(filter),
  };
  return toRecommendBody(await recommender.recommend(request, options));
}

/** Named field by field, as every answer is. */
function toRecommendBody({ since, library, themes, total, hits, notes, tookMs }: RecommendAnswer) {
  return {
    since,
    library: { papers: library.papers, known: library.known, negatives: library.negatives },
    themes: themes.map(({ words, papers, examples }) => ({ words, papers, examples })),
    total,
    hits: hits.map(({ rank, score, theme, paper, because }) => ({ rank, score, theme, paper, because })),
    notes: notes.map(({ code, message }) => ({ code, message })),
    tookMs,
  };
}

function dayListReply(
  asking: Asking,
  { heading, ...wish }: FormatWish & { readonly heading: string },
  list: TimedList,
) {
  const { from, to } = list;
  const time = from === to ? from : `${from} to ${to}`;
  const named = time === null ? heading : `${heading}, ${time}`;
  return standingReply(asking, { ...wish, heading: named }, toListBody(list));
}

function toListBody({ from, to, total, basis, hits, tookMs }: TimedList) {
  return {
    from,
    to,
    total,
    basis,
    hits: hits.map(({ rank, score, paper }) => ({ rank, score, paper })),
    tookMs,
  };
}
