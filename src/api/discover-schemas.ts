/** What the routes take that list papers without a question. */
import { z } from 'zod';
import { DAILY_ORDERS } from '../discover/daily.ts';
import { MAX_LIBRARY, MAX_LISTED, MAX_NEGATIVES } from '../discover/request.ts';
import { WINDOWS } from '../discover/trending.ts';
import {
  type Dates,
  date,
  examples,
  FILTERS,
  FORMAT,
  hitFields,
  isOrdered,
  name,
  unless,
} from './request-schemas.ts';
import { listedBody, recommendedBody } from './standing-answers.ts';

const limit = z.int().min(1).max(MAX_LISTED).exactOptional().describe('How many papers.');

function ordered<Shape extends z.ZodRawShape & Pick<typeof FILTERS, 'from' | 'to'>>(
  schema: z.ZodObject<Shape, z.core.$strict>,
) {
  return schema.refine(({ from, to }: Dates) => isOrdered(from, to), {
    path: ['from'],
    error: 'must not be after to',
    when: unless('from', 'to'),
  });
}

export const recommendInput = ordered(
  z.strictObject({
    positive: examples('Papers by id, and texts, to be near to: the library.', MAX_LIBRARY),
    negative: examples('Papers by id, and texts, to be far from.', MAX_NEGATIVES),
    profile: name
      .exactOptional()
      .describe('A library saved with `pharos profile save`, added to what is given.'),
    since: name
      .exactOptional()
      .describe('Published, or added to the index, since: 7d, 2w, 3m, 1y, or a date.'),
    limit,
    ...FILTERS,
    fields: hitFields(recommendedBody.omit({ rank: true, paper: true })),
    ...FORMAT,
  }),
).refine(({ positive, profile }) => (positive ?? []).length > 0 || profile !== undefined, {
  error: 'needs positive or profile: at least one paper or text to be near to',
  when: unless('positive', 'profile'),
});

const DAILY = {
  date: name
    .exactOptional()
    .describe('2026-11-20, 2026-W47, 2026-11 or 2026; the newest day that has papers, unless given.'),
  order: z
    .enum(DAILY_ORDERS)
    .exactOptional()
    .describe('By votes (upvotes and comments), most discussed first, or by date.'),
  limit,
  ...FILTERS,
};

/** How a list of days is put. */
const LISTED = { fields: hitFields(listedBody.omit({ rank: true, paper: true })), ...FORMAT };

export const dailyInput = ordered(z.strictObject({ ...DAILY, ...LISTED }));

/** Of what has a form of its own. */
export const dailyFeedInput = ordered(z.strictObject(DAILY));

export const trendingInput = ordered(
  z.strictObject({
    window: z.enum(WINDOWS).exactOptional().describe('How far back: a day, a week or a month.'),
    limit,
    ...FILTERS,
    ...LISTED,
  }),
);

export const calendarInput = ordered(
  z.strictObject({
    ...FILTERS,
    from: date('From this day, month or year on.'),
    to: date('Up to this day, month or year.'),
  }),
);
