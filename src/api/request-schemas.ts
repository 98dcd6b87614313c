/**
 * What each route takes, one schema a route and the same for the query string and for JSON. They are plain enough
 * for `z.toJSONSchema`, so that a description of the API is made from them and not written beside them.
 */
import { z } from 'zod';
import { LISTS, MAX_BACKFILL } from '../alerts/alert.ts';
import { FACET_FIELDS } from '../engine/facets.ts';
import { PAPER_PARTS } from '../engine/filter.ts';
import { dateRange, isPartialDate } from '../paper/partial-date.ts';
import { SOURCES } from '../paper/source.ts';
import {
  DEFAULT_LIMIT,
  MAX_DEPTH,
  MAX_FACET_LIMIT,
  MAX_LIMIT,
  MAX_QUERY_LENGTH,
  MAX_TEXT_LENGTH,
  MODES,
  PASSAGES,
  SORTS,
} from '../search/request.ts';
import { MAX_SUGGESTIONS } from '../search/suggest.ts';
import { hitBody, paperBody } from './answer-schemas.ts';
import { LIST_FORMATS } from './list-format.ts';

/** Longest category, author, venue or id, in UTF-16 units; a URL of a paper must fit. */
const MAX_NAME_LENGTH = 500;
/** Most values of one repeatable parameter. */
const MAX_VALUES = 50;

const MAX_TARGET_LENGTH = 2_000;
const MAX_TOKEN_LENGTH = 4_000;

const UNREADABLE = /[\0\p{Surrogate}]/u;

/** Something that says something, of at most so many UTF-16 units. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/\S/u, 'is empty')
    .refine((value) => !UNREADABLE.test(value), 'must not hold NUL characters or halves of characters');

/** A category, an author, a venue or an id. */
export const name = text(MAX_NAME_LENGTH);
const names = (description: string) => z.array(name).max(MAX_VALUES).exactOptional().describe(description);
export const date = (description: string) =>
  z
    .string()
    .meta({ examples: ['2017', '2017-06', '2017-06-12'] })
    .refine(isPartialDate, 'must be a date that exists: YYYY, YYYY-MM or YYYY-MM-DD')
    .exactOptional()
    .describe(description);

export const FORMAT = {
  format: z
    .enum(LIST_FORMATS)
    .exactOptional()
    .describe('How the answer is written; json unless said here or by the Accept header.'),
};

/** Of a paper; `id` is always there. */
const paperFields = z
  .array(paperBody.keyof())
  .max(MAX_VALUES)
  .exactOptional()
  .describe('Only these fields of each paper, beside its id. With json, ndjson and csv.');

const MODE = {
  mode: z.enum(MODES).exactOptional().describe('How to look: by words, by meaning, or both (hybrid).'),
};

/** Which papers may be found at all. */
export const FILTERS = {
  from: date('Published on this day, month or year, or later.'),
  to: date('Published on this day, month or year, or earlier.'),
  category: names('In one of these categories; `cs` stands for all of `cs.*`.'),
  author: names('By one of these people; part of a name will do.'),
  venue: names('In one of these venues; part of a name will do.'),
  has: z
    .array(z.enum(PAPER_PARTS))
    .max(MAX_VALUES)
    .exactOptional()
    .describe('With code, a DOI or an abstract; all that are named.'),
  source: z.array(z.enum(SOURCES)).max(MAX_VALUES).exactOptional().describe('Kept in one of these places.'),
};

/** What every question may say of the papers that are meant, and of how they are counted. */
const RESTRICTING = {
  ...FILTERS,
  facets: z
    .array(z.enum(FACET_FIELDS))
    .max(MAX_VALUES)
    .exactOptional()
    .describe('Fields whose values are counted over the whole result set.'),
  facetLimit: z.int().min(1).max(MAX_FACET_LIMIT).exactOptional().describe('Most values a facet.'),
};

const LISTING = {
  ...MODE,
  limit: z.int().min(1).max(MAX_LIMIT).exactOptional().describe('How many hits.'),
  offset: z.int().min(0).max(MAX_DEPTH).exactOptional().describe('How many hits to pass over first.'),
  ...RESTRICTING,
  diversity: z
    .number({ error: 'must be a number from 0 to 1' })
    .min(0)
    .max(1)
    .exactOptional()
    .describe('How much a hit is to differ from those above it: 0 not at all, 1 as much as can be.'),
  passage: z
    .enum(PASSAGES)
    .exactOptional()
    .describe('How the sentence that is shown is chosen: by words, or by the model (semantic).'),
  explain: z
    .boolean()
    .exactOptional()
    .describe('Whether each hit says which words matched where, and what its score is made of.'),
  sort: z
    .enum(SORTS)
    .exactOptional()
    .describe('By relevance, date (newest first), oldest first, or fresh: relevance weighted by recency.'),
  cursor: z
    .string()
    .exactOptional()
    .describe('`next` of the answer before, to the same question. Not together with an offset.'),
  fold: z.boolean().exactOptional().describe('Whether every work is shown once, its other papers under it.'),
};

/** Of what a list holds: the fields of its hits beside `rank` and `paper`, and those of the papers. */
export const hitFields = <Shape extends z.ZodRawShape>(own: z.ZodObject<Shape>) =>
  z
    .array(own.extend(paperBody.shape).keyof())
    .max(MAX_VALUES)
    .exactOptional()
    .describe(
      'Only these fields of each hit and of its paper, beside rank and id. With json, ndjson and csv.',
    );

/** As much of a question as chooses and orders, and how its answer is put. */
const NARROWING = {
  ...LISTING,
  fields: hitFields(hitBody.omit({ rank: true, paper: true })),
  ...FORMAT,
};

const example = z.union([name, z.strictObject({ text: text(MAX_TEXT_LENGTH) })], {
  error: `must be an id, or { "text": "..." } of at most ${MAX_TEXT_LENGTH} characters`,
});
export const examples = (description: string, most = MAX_VALUES) =>
  z.array(example).max(most).exactOptional().describe(description);

/** A field that another check has already refused must not be judged again. */
export function unless(...fields: readonly string[]) {
  return ({ issues }: { issues: readonly { path?: readonly PropertyKey[] | undefined }[] }) =>
    !issues.some(({ path }) => fields.includes(String(path?.[0])));
}

function coherent<Shape extends z.ZodRawShape & typeof RESTRICTING>(
  schema: z.ZodObject<Shape, z.core.$strict>,
) {
  return schema
    .refine(({ limit, offset }: Paging) => (limit ?? DEFAULT_LIMIT) + (offset ?? 0) <= MAX_DEPTH, {
      path: ['offset'],
      error: `is too deep: offset and limit together reach at most ${MAX_DEPTH}`,
      when: unless('limit', 'offset'),
    })
    .refine(({ from, to }: Dates) => isOrdered(from, to), {
      path: ['from'],
      error: 'must not be after to',
      when: unless('from', 'to'),
    });
}

interface Paging {
  readonly limit?: number;
  readonly offset?: number;
}

export interface Dates {
  readonly from?: string;
  readonly to?: string;
}

/** False where the first day comes after the last. */
export function isOrdered(from: string | undefined, to: string | undefined): boolean {
  return from === undefined || to === undefined || dateRange(from).first <= dateRange(to).last;
}

export const searchInput = coherent(
  z.strictObject({
    q: text(MAX_QUERY_LENGTH).describe('The question.'),
    ...NARROWING,
  }),
);

/** Of what has a form of its own. */
export const feedInput = coherent(
  z.strictObject({ q: text(MAX_QUERY_LENGTH).describe('The question.'), ...LISTING }),
);

export const suggestInput = z.strictObject({
  q: text(MAX_QUERY_LENGTH).describe('The beginning of a title, a name or a category.'),
  limit: z.int().min(1).max(MAX_SUGGESTIONS).exactOptional().describe('How many suggestions.'),
});

const { mode, from, category, author, venue, has, source } = NARROWING;

export const alertInput = z.strictObject({
  id: name.exactOptional().describe('Name of the alert; otherwise it is made of the question.'),
  q: text(MAX_QUERY_LENGTH).exactOptional().describe('The question.'),
  list: z.enum(LISTS).exactOptional().describe('What to follow instead of a question.'),
  to: z.array(text(MAX_TARGET_LENGTH)).min(1).max(MAX_VALUES).describe('`mail:ADDRESS` or `webhook:URL`.'),
  every: name.exactOptional().describe('`hour`, `day`, `week` or five fields of cron.'),
  minSimilarity: z
    .number({ error: 'must be a number from -1 to 1' })
    .min(-1)
    .max(1)
    .exactOptional()
    .describe('How near a paper must be.'),
  limit: z.int().min(1).max(MAX_LIMIT).exactOptional().describe('Papers in one message.'),
  backfill: z
    .int()
    .min(0)
    .max(MAX_BACKFILL)
    .exactOptional()
    .describe('So many older papers are announced first.'),
  ...{ mode, from, category, author, venue, has, source },
});

export const unsubscribeInput = z.strictObject({
  token: text(MAX_TOKEN_LENGTH).describe('As it is in the link.'),
});

export const relatedToPaperInput = coherent(z.strictObject(NARROWING));

export const relatedInput = coherent(
  z.strictObject({
    text: z
      .array(text(MAX_TEXT_LENGTH))
      .max(MAX_VALUES)
      .exactOptional()
      .describe('Texts to find related work for, for instance an abstract.'),
    positive: examples('Ids of papers, or texts, to be near to.'),
    negative: examples('Ids of papers, or texts, to be far from.'),
    ...NARROWING,
  }),
).refine(({ text, positive }) => [...(text ?? []), ...(positive ?? [])].length > 0, {
  error: 'needs text or positive: at least one paper or text to be near to',
  when: unless('text', 'positive'),
});

export const nothing = z.strictObject({});

export const facetsInput = coherent(
  z.strictObject({
    q: text(MAX_QUERY_LENGTH).exactOptional().describe('The question; all papers where there is none.'),
    ...MODE,
    ...RESTRICTING,
  }),
);

/** Most papers that are read at once. */
export const MAX_BATCH = 1_000;

export const batchInput = z.strictObject({
  ids: z.array(name).min(1).max(MAX_BATCH).describe('Ids, DOIs or addresses of papers.'),
  fields: paperFields,
  ...FORMAT,
});

export const paperQuery = z.strictObject({
  sources: z
    .boolean()
    .exactOptional()
    .describe('Whether the answer says which source each field comes from. In json alone.'),
  fields: paperFields,
  ...FORMAT,
});

export type NarrowingInput = z.infer<typeof relatedToPaperInput>;
export type Example = z.infer<typeof example>;
