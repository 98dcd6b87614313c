/** The filters that all searches of Semantic Scholar take, as filters of ours. */
import { z } from 'zod';
import type { Filter } from '../../engine/filter.ts';
import { isPartialDate } from '../../paper/partial-date.ts';
import { text } from '../door-schemas.ts';
import { categoriesOf, FIELDS_OF_STUDY } from './fields-of-study.ts';

/** Passes no paper: for what is asked of papers that the corpus does not know of any. */
export const NOTHING: Filter = { not: [{}] };

const PUBLICATION_TYPES = new Set(
  (
    'review journalarticle casereport clinicaltrial conference dataset editorial lettersandcomments metaanalysis ' +
    'news study book booksection'
  ).split(' '),
);
const YEARS = /^(\d{4})?(-)?(\d{4})?$/;

const checked = (isRight: (value: string) => boolean, rule: string, description: string) =>
  text(description).refine(isRight, rule).exactOptional();

const list = (isKnown: (name: string) => boolean, rule: string, description: string) =>
  checked((value) => namesIn(value).every(isKnown), rule, description);

export const narrowingParameters = {
  year: checked(
    (value) => readYears(value) !== undefined,
    'must be a year, or years like 2016-2020, 2010- or -2015',
    'Published in these years.',
  ),
  publicationDateOrYear: checked(
    (value) => readDates(value) !== undefined,
    'must be a date, or dates like 2016-03-05:2020-06, 1981-08: or :2015',
    'Published between these dates.',
  ),
  publicationTypes: list(
    (name) => PUBLICATION_TYPES.has(name.toLowerCase()),
    'holds a type that is not known',
    'Of one of these types; of no paper is its type known here.',
  ),
  openAccessPdf: z.boolean().exactOptional().describe('Only those that everybody may read.'),
  minCitationCount: z
    .int()
    .min(0)
    .exactOptional()
    .describe('Cited so often; of no paper is that known here.'),
  venue: text('Published in one of these places.').exactOptional(),
  fieldsOfStudy: list(
    (name) => categoriesOf(name).length > 0,
    `must be some of ${FIELDS_OF_STUDY.join(', ')}, with commas between them`,
    'In one of these fields.',
  ),
};

const schema = z.object(narrowingParameters);

export function narrowingFilter(input: z.infer<typeof schema>): Filter {
  const { year, publicationDateOrYear, publicationTypes, openAccessPdf, minCitationCount = 0 } = input;
  const isUnknowable = publicationTypes !== undefined || minCitationCount > 0;
  const filters: (Filter | undefined)[] = [
    year === undefined ? undefined : readYears(year),
    publicationDateOrYear === undefined ? undefined : readDates(publicationDateOrYear),
    openAccessPdf ? { sources: ['arxiv', 'acl'] } : undefined,
    input.venue === undefined ? undefined : { venues: namesIn(input.venue) },
    input.fieldsOfStudy === undefined
      ? undefined
      : { categories: namesIn(input.fieldsOfStudy).flatMap(categoriesOf) },
    isUnknowable ? NOTHING : undefined,
  ];
  const all = filters.filter((filter) => filter !== undefined);
  return all.length > 0 ? { all } : {};
}

/** The names in a list with commas. */
export function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function readYears(value: string): Filter | undefined {
  const [, from, dash, to] = YEARS.exec(value.trim()) ?? [];
  return dash === undefined && to !== undefined ? undefined : between(from, dash === undefined ? from : to);
}

function readDates(value: string): Filter | undefined {
  const [from = '', to, ...more] = value.trim().split(':');
  return more.length > 0 ? undefined : between(from || undefined, to === undefined ? from : to || undefined);
}

function between(from: string | undefined, to: string | undefined): Filter | undefined {
  const given = [from, to].filter((date) => date !== undefined);
  if (given.length === 0 || !given.every(isPartialDate)) return undefined;
  if (from !== undefined && to !== undefined && from.slice(0, to.length) > to) return undefined;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
