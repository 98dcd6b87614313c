/**
 * OpenAlex: works by their ids, and lists by filters and words. Single works are free; lists cost a part of a daily
 * allowance, which is small for those without a key. Source: https://developers.openalex.org/api-reference
 */
import type { PoliteAnswer } from '../http/polite-client.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import { asPath, idHarvest } from './id-harvest.ts';
import { nodeOf, READ_REFUSALS, readAnswered, refusedList, textOf, wholeOf } from './json-answer.ts';
import { dayOfAnswer, publishedFrom } from './news-day.ts';
import { OPENALEX_FIELDS, openalexWork } from './openalex-work.ts';
import { type ListPage, mostOf, type PageQuestion, pagedHarvest } from './paged-harvest.ts';
import type { Source, SourceBatch, SourceContext, SourceDescription, SourceRequest } from './source.ts';
import { sourceRow } from './source-row.ts';
import { badTarget, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'openalex',
  title: 'OpenAlex',
  takes: 'ids separated by commas, or "works" with search, filter, sort and max',
  examples: [
    'openalex:W2741809807',
    'openalex:W2741809807,10.7717/peerj.4375,1706.03762',
    'openalex:works?search=dense+retrieval&filter=from_publication_date:2024-01-01',
    'openalex:works?filter=authorships.author.orcid:0000-0002-1825-0097&sort=publication_date:desc&max=200',
  ],
  address: 'https://api.openalex.org',
  // It would take a hundred a second; its allowance is counted by the day.
  lane: { name: 'openalex', intervalMs: 1_000 },
  keyedIntervalMs: 200,
  key: 'helps',
  position: 'how many ids, or the next page, and the day of the last complete harvest',
};

const PAGE = 100;
/** Beyond that many, pages have no numbers; cursors have no such end, but are given to those with a key only. */
const NUMBERED_WORKS = 10_000;
const OWN_ID = /^(?:https?:\/\/(?:api\.)?openalex\.org\/(?:works\/)?)?(W\d+)$/i;
const PUBMED_ID = /^pmid:\d{1,9}$/i;
const ARXIV_DOI = '10.48550/arXiv.';

type Wanted =
  | { readonly ids: readonly string[] }
  | { readonly question: Readonly<Record<string, string>>; readonly max: number | undefined };

export const openalex: Source = {
  description,
  check: (target) => void wantedBy(target),
  stream(request, context) {
    const wanted = wantedBy(request.target);
    return 'ids' in wanted ? byId(wanted.ids, request, context) : listed(wanted, request, context);
  },
};

function wantedBy(target: string): Wanted {
  const isList = /^works(?:\?|$)/.test(target);
  const read = readTarget(target, description, isList ? ['search', 'filter', 'sort', 'max'] : []);
  if (!isList) return { ids: read.name.split(',').map((text) => idOf(text.trim(), target)) };
  const max = mostOf(read, target, description);
  const question = Object.fromEntries([...read.parameters].filter(([key]) => key !== 'max'));
  if (!question.search && !question.filter) throw badTarget(target, description, 'needs search or filter');
  return { question, max };
}

/** In the form in which the service takes it. */
function idOf(text: string, target: string): string {
  const own = OWN_ID.exec(text)?.[1];
  if (own !== undefined) return own.toUpperCase();
  if (PUBMED_ID.test(text)) return text.toLowerCase();
  const named = parseIdentifier(text);
  if (named?.kind === 'doi') return `doi:${named.id}`;
  if (named?.kind === 'arxiv') return `doi:${ARXIV_DOI}${named.id}`;
  throw badTarget(target, description, `has "${text}", which is no id that OpenAlex knows`);
}

function secretsOf({ key }: SourceContext) {
  return key === undefined ? {} : { secrets: { parameters: { api_key: key } } };
}

function byId(
  ids: readonly string[],
  request: SourceRequest,
  context: SourceContext,
): AsyncIterable<SourceBatch> {
  const { ask, address } = context;
  const read = (answer: PoliteAnswer) => {
    if (answer.status === 404) return { records: [], isDamaged: false };
    const { value, isDamaged } = readAnswered(answer, {
      target: request.target,
      description,
      key: context.key,
    });
    return { records: [openalexWork(value)], isDamaged };
  };
  return idHarvest(
    {
      name: description.name,
      service: description.title,
      ids,
      idsARequest: 1,
      ask: ([id = '']) =>
        ask(`${address}/works/${asPath(id)}?select=${OPENALEX_FIELDS}`, read, {
          ...READ_REFUSALS,
          ...secretsOf(context),
        }),
    },
    request,
  );
}

function listed(
  {
    question,
    max,
  }: { readonly question: Readonly<Record<string, string>>; readonly max: number | undefined },
  request: SourceRequest,
  context: SourceContext,
): AsyncIterable<SourceBatch> {
  const ask = (page: PageQuestion): Promise<ListPage | undefined> => {
    const place = page.next ?? (context.key === undefined ? 'page=1' : 'cursor=*');
    const parameters = new URLSearchParams({
      ...question,
      ...filterOf(question.filter, publishedFrom(page)),
      select: OPENALEX_FIELDS,
      per_page: String(page.size),
    });
    const read = (answer: PoliteAnswer) => readPage(answer, { place, page, target: request.target, context });
    return context.ask(`${context.address}/works?${parameters}&${place}`, read, {
      ...READ_REFUSALS,
      ...secretsOf(context),
    });
  };
  return pagedHarvest(
    {
      name: description.name,
      pageSize: PAGE,
      max,
      tellsNews: true,
      ask,
      toRow: (work, place, { isDamaged }) => sourceRow(place, openalexWork(work), { isDamaged }),
    },
    request,
    context,
  );
}

/** A day that somebody asks for in so many words stands. */
function filterOf(filter: string | undefined, from: string | undefined) {
  if (from === undefined || filter?.includes('publication_date') || filter?.includes('publication_year'))
    return {};
  return { filter: [filter, `from_publication_date:${from}`].filter(Boolean).join(',') };
}

function readPage(
  answer: PoliteAnswer,
  {
    place,
    page,
    target,
    context,
  }: {
    readonly place: string;
    readonly page: PageQuestion;
    readonly target: string;
    readonly context: SourceContext;
  },
): ListPage | undefined {
  const isExpired = answer.status === 400 && place.startsWith('cursor=') && page.next !== undefined;
  if (isExpired) return undefined;
  const { value, isDamaged } = readAnswered(answer, { target, description, key: context.key });
  const { meta, results } = nodeOf(value);
  if (!Array.isArray(results)) throw refusedList(answer);
  const { count, next_cursor: cursor } = nodeOf(meta);
  const isFull = results.length >= page.size;
  return {
    records: results,
    next: isFull ? placeAfter(place, textOf(cursor), page.size) : undefined,
    total: wholeOf(count),
    day: dayOfAnswer(answer.header),
    isDamaged,
  };
}

/** `page=2` or `cursor=...`, as the address holds it. */
function placeAfter(place: string, cursor: string | undefined, size: number): string | undefined {
  const [, number] = /^page=(\d+)$/.exec(place) ?? [];
  if (number === undefined) return cursor && String(new URLSearchParams({ cursor }));
  const next = Number(number) + 1;
  return next * size <= NUMBERED_WORKS ? `page=${next}` : undefined;
}
