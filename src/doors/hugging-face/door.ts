/**
 * The papers of Hugging Face: what `huggingface_hub` and its command `hf papers` ask when `HF_ENDPOINT` is this
 * server. They read two of these addresses without a key, whatever key they have.
 */
import { z } from 'zod';
import { gravityScore } from '../../discover/gravity.ts';
import { daysBetween, readPeriod } from '../../discover/period.ts';
import type { Filter } from '../../engine/filter.ts';
import { AppError } from '../../fault/app-error.ts';
import type { Paper } from '../../paper/paper.ts';
import { type Door, type DoorContext, getRoute, TextAnswer } from '../door.ts';
import { count, question, text } from '../door-schemas.ts';
import { firstHits } from '../first-hits.ts';
import { namedPaper } from '../named-paper.ts';
import { flatPaper, hitItem, listItem } from './paper-item.ts';
import { paperMarkdown } from './paper-markdown.ts';

const DEFAULT_FOUND = 100;
const MOST_FOUND = 1_000;
const DEFAULT_LISTED = 50;
const MOST_LISTED = 100;
/** Beyond it nobody turns pages; it keeps an offset a number. */
const LAST_PAGE = 100_000;
/** The newest papers, among which those with most votes come first where trending ones are asked for. */
const TRENDING_AMONG = 1_000;
/** The age at which a paper needs some three times the votes. */
const TRENDING_DAYS = 7;
const WHOLE_DATE = 'YYYY-MM-DD'.length;

const nothing = z.strictObject({});
/** A day, a week or a month that exists. */
const period = (form: RegExp, written: string, description: string) =>
  z
    .string()
    .refine(
      (value) => form.test(value) && readPeriod(value) !== undefined,
      `must be one that exists, written ${written}`,
    )
    .exactOptional()
    .describe(description);

const searchInput = z.strictObject({
  q: question.exactOptional(),
  limit: count(MOST_FOUND, 'How many papers.').exactOptional(),
});

const dailyInput = z.strictObject({
  p: z.int().min(0).max(LAST_PAGE).exactOptional().describe('Which page, from 0.'),
  limit: count(MOST_LISTED, 'How many papers a page.').exactOptional(),
  sort: z.enum(['publishedAt', 'trending']).exactOptional().describe('Newest or most voted for first.'),
  date: period(/^\d{4}-\d\d-\d\d$/, 'YYYY-MM-DD', 'Of this day.'),
  week: period(/^\d{4}-W\d\d$/, 'YYYY-Www', 'Of this week, Monday to Sunday.'),
  month: period(/^\d{4}-\d\d$/, 'YYYY-MM', 'Of this month.'),
  submitter: text('Put on the list by this person; of nobody is that known here.').exactOptional(),
});

export const huggingFaceDoor: Door = {
  routes: [
    getRoute({
      address: '/api/papers/search',
      path: '/api/papers/search',
      summary: 'Papers for a question, for clients of Hugging Face.',
      input: searchInput,
      answer: async ({ input: { q, limit = DEFAULT_FOUND } }, { searcher }, options) => {
        if (q === undefined) return (await searcher.list({ order: 'newest', limit })).papers.map(listItem);
        let mode: Parameters<typeof hitItem>[1] = 'hybrid';
        const hits = await firstHits(limit, async (page) => {
          const answer = await searcher.search({ query: q, ...page }, options);
          mode = answer.mode;
          return answer;
        });
        return hits.map((hit) => hitItem(hit, mode));
      },
    }),
    getRoute({
      address: '/api/papers/{id}',
      path: '/api/papers/*id',
      summary: 'One paper, for clients of Hugging Face.',
      input: nothing,
      answer: async ({ id }, context) => flatPaper(await requirePaper(context, id)),
    }),
    getRoute({
      address: '/papers/{id}.md',
      path: '/papers/*id.md',
      summary: 'One paper to read, as Markdown.',
      input: nothing,
      answer: async ({ id }, context) =>
        new TextAnswer(paperMarkdown(await requirePaper(context, id)), 'text/markdown; charset=utf-8'),
    }),
    getRoute({
      address: '/api/daily_papers',
      path: '/api/daily_papers',
      summary: 'Papers by day, week or month, for clients of Hugging Face.',
      input: dailyInput,
      answer: async ({ input }, context) => (await dailyPapers(input, context)).map(listItem),
    }),
    getRoute({
      address: '/api/arxiv/{id}/repos',
      path: '/api/arxiv/*id/repos',
      summary: 'What is made from a paper, for clients of Hugging Face: nothing that is known here.',
      input: nothing,
      answer: async ({ id }, context) => {
        await requirePaper(context, id);
        return { models: [], datasets: [], spaces: [] };
      },
    }),
  ],
};

async function dailyPapers(
  input: z.infer<typeof dailyInput>,
  { searcher }: DoorContext,
): Promise<readonly Paper[]> {
  const { p = 0, limit = DEFAULT_LISTED, sort = 'publishedAt', date, week, month, submitter } = input;
  if (submitter !== undefined) return [];
  const periods = [date, week, month].filter((one) => one !== undefined);
  const filter = within(periods);
  if (sort === 'publishedAt') {
    return (await searcher.list({ filter, order: 'newest', limit, offset: p * limit })).papers;
  }
  const { papers } = await searcher.list({ filter, order: 'newest', limit: TRENDING_AMONG });
  const newest = papers.find(({ published }) => published?.length === WHOLE_DATE)?.published;
  // Of a day, a week or a month all are compared as if of one day, as in the lists of the API.
  const score = (paper: Paper) => likingOf(paper, periods.length > 0 ? undefined : newest);
  const ranked = papers.toSorted((a, b) => score(b) - score(a));
  return ranked.slice(p * limit, (p + 1) * limit);
}

function within(periods: readonly string[]): Filter {
  const all = periods.flatMap((text): Filter[] => {
    const period = readPeriod(text);
    return period ? [{ within: [period.from, period.to] }] : [];
  });
  return { all };
}

function likingOf({ upvotes = 0, comments = 0, published }: Paper, newest: string | undefined): number {
  const isDated = newest !== undefined && published?.length === WHOLE_DATE;
  const ageDays = isDated ? daysBetween(published, newest) : 0;
  return gravityScore({ upvotes, comments, ageDays, windowDays: TRENDING_DAYS });
}

async function requirePaper({ engine }: DoorContext, id: string): Promise<Paper> {
  const paper = await namedPaper(engine, id);
  if (paper) return paper;
  const message = `There is no paper ${JSON.stringify(id.slice(0, 100))} in this index.`;
  throw new AppError('PAPER_NOT_FOUND', { message, issues: [{ message, pointer: 'id' }] });
}
