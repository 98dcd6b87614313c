/** The tools that look for papers: by a question, and around papers or a text. */
import { z } from 'zod';
import { toFilter } from '../../engine/filter-words.ts';
import { MAX_TEXT_LENGTH } from '../../search/request.ts';
import {
  type Dates,
  isOrdered,
  name,
  relatedToPaperInput,
  searchInput,
  text,
  unless,
} from '../request-schemas.ts';
import { requirePapers } from './named-papers.ts';
import { listView } from './paper-view.ts';
import { defineTool } from './tool.ts';

/** Short answers; more is one call with a cursor away. */
const DEFAULT_LIMIT = 5;
const MAX_LIMIT = 25;
const MAX_PAPERS = 50;

const { category, author, venue, has, from, to, mode, sort } = relatedToPaperInput.shape;

const PAGE = {
  limit: z.int().min(1).max(MAX_LIMIT).exactOptional().describe('How many papers; 5 unless said.'),
  cursor: z
    .string()
    .exactOptional()
    .describe('`next` of the answer before, with the same arguments, for the next page.'),
};
const NARROWING = { from, to, category, author, venue, has };

const ORDERED = {
  path: ['from'],
  error: 'must not be after to',
  when: unless('from', 'to'),
};

const searchPapers = defineTool({
  name: 'search_papers',
  title: 'Search papers',
  description:
    'Finds research papers in the local index, by words and by meaning. Ask in plain language, or name a title, ' +
    'an author or an id. Answers short entries with the sentence that fits best and a confidence from 0 to 1; ' +
    'an empty list means that nothing fits. Use get_paper for the abstract of one.',
  input: z
    .strictObject({
      query: searchInput.shape.q.describe(
        'The question. May hold "a phrase", -word, author:name, title:word, year:2019..2022.',
      ),
      ...PAGE,
      ...NARROWING,
      ...{ sort, mode },
    })
    .refine((dates: Dates) => isOrdered(dates.from, dates.to), ORDERED),
  answer: async (
    { query, limit = DEFAULT_LIMIT, cursor, sort: order, mode: how, ...narrowing },
    house,
    options,
  ) => {
    const request = {
      ...{ query, limit, filter: toFilter(narrowing) },
      ...(cursor !== undefined && { cursor }),
      ...(order !== undefined && { sort: order }),
      ...(how !== undefined && { mode: how }),
    };
    return listView(await house.searcher.search(request, options));
  },
});

const papers = (description: string) => z.array(name).max(MAX_PAPERS).exactOptional().describe(description);

const relatedPapers = defineTool({
  name: 'related_papers',
  title: 'Related papers',
  description:
    'Finds the work around papers of the index, or around a pasted text such as an abstract or a draft. ' +
    'The papers named are left out of the answer, which has the form of search_papers.',
  input: z
    .strictObject({
      papers: papers('Ids, DOIs or addresses of papers to be near to.'),
      text: text(MAX_TEXT_LENGTH).exactOptional().describe('A text to be near to.'),
      not: papers('Ids, DOIs or addresses of papers to be far from.'),
      ...PAGE,
      ...NARROWING,
    })
    .refine((dates: Dates) => isOrdered(dates.from, dates.to), ORDERED)
    .refine((input) => input.text !== undefined || (input.papers ?? []).length > 0, {
      error: 'needs papers or text: something to be near to',
      when: unless('papers', 'text'),
    }),
  answer: async (input, house, options) => {
    const {
      papers: near = [],
      not: far = [],
      text: pasted,
      limit = DEFAULT_LIMIT,
      cursor,
      ...narrowing
    } = input;
    const [positive, negative] = await Promise.all([
      requirePapers(house.engine, near, '/papers'),
      requirePapers(house.engine, far, '/not'),
    ]);
    const request = {
      positive: positive.map(({ id }) => id),
      negative: negative.map(({ id }) => id),
      ...(pasted !== undefined && { positiveTexts: [pasted] }),
      ...{ limit, filter: toFilter(narrowing) },
      ...(cursor !== undefined && { cursor }),
    };
    return listView(await house.searcher.related(request, options));
  },
});

export const searchTools = [searchPapers, relatedPapers];
