/**
 * Crossref, where publishers register the DOIs of papers: works by their DOIs, and lists by words and filters.
 * Sources: https://api.crossref.org/swagger-ui, https://www.crossref.org/documentation/retrieve-metadata/rest-api/
 */
import type { PoliteAnswer } from '../http/polite-client.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import { CROSSREF_FIELDS, crossrefWork } from './crossref-work.ts';
import { asPath, type FoundPapers, idHarvest } from './id-harvest.ts';
import { nodeOf, READ_REFUSALS, readAnswered, refusedList, textOf, wholeOf } from './json-answer.ts';
import { dayOfAnswer } from './news-day.ts';
import { type ListPage, mostOf, type PageQuestion, pagedHarvest } from './paged-harvest.ts';
import type { Source, SourceBatch, SourceContext, SourceDescription, SourceRequest } from './source.ts';
import { sourceRow } from './source-row.ts';
import { badTarget, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'crossref',
  title: 'Crossref',
  takes: 'DOIs separated by commas, or "works" with query, query.*, filter, sort, order and max',
  examples: [
    'crossref:10.1038/nature14539',
    'crossref:10.1038/nature14539,10.1145/3292500.3330701',
    'crossref:works?query=dense+retrieval&filter=type:journal-article,has-abstract:true&max=500',
    'crossref:works?filter=issn:1476-4687,from-pub-date:2024-01-01',
  ],
  address: 'https://api.crossref.org',
  // Its answers tell how often it may be asked, which was less every time it changed; this is below all of that.
  lane: { name: 'crossref', intervalMs: 1_000 },
  key: 'helps',
  position: 'how many DOIs, or the cursor of the next page, and the day of the last complete harvest',
};

/** Works are long, and answers come faster when they are not. */
const PAGE = 200;
/** Keeps the address short enough for any server. */
const IDS_A_REQUEST = 20;
const QUERIES = [
  'query',
  'query.author',
  'query.bibliographic',
  'query.container-title',
  'query.title',
  'query.affiliation',
];

type Wanted =
  | { readonly dois: readonly string[] }
  | { readonly question: Readonly<Record<string, string>>; readonly max: number | undefined };

export const crossref: Source = {
  description,
  check: (target) => void wantedBy(target),
  stream(request, context) {
    const wanted = wantedBy(request.target);
    return 'dois' in wanted ? byDoi(wanted.dois, request, context) : listed(wanted, request, context);
  },
};

function wantedBy(target: string): Wanted {
  const isList = /^works(?:\?|$)/.test(target);
  const read = readTarget(target, description, isList ? [...QUERIES, 'filter', 'sort', 'order', 'max'] : []);
  if (!isList) return { dois: read.name.split(',').map((text) => doiOf(text.trim(), target)) };
  const max = mostOf(read, target, description);
  const question = Object.fromEntries([...read.parameters].filter(([key]) => key !== 'max'));
  if (![...QUERIES, 'filter'].some((key) => question[key]))
    throw badTarget(target, description, 'needs query or filter');
  return { question, max };
}

function doiOf(text: string, target: string): string {
  const named = parseIdentifier(text);
  if (named?.kind === 'doi') return named.id;
  // arXiv's own DOIs are registered elsewhere.
  const reason =
    named?.kind === 'arxiv' ? 'which Crossref does not hold; ask arxiv: for it' : 'which is no DOI';
  throw badTarget(target, description, `has "${text}", ${reason}`);
}

function optionsOf({ key }: SourceContext) {
  const secrets = key && { secrets: { headers: { 'crossref-plus-api-token': `Bearer ${key}` } } };
  return { ...READ_REFUSALS, ...secrets };
}

function byDoi(
  dois: readonly string[],
  request: SourceRequest,
  context: SourceContext,
): AsyncIterable<SourceBatch> {
  const { ask, address, key } = context;
  const whose = { target: request.target, description, key };
  const readOne = (answer: PoliteAnswer): FoundPapers => {
    if (answer.status === 404) return { records: [], isDamaged: false };
    const { value, isDamaged } = readAnswered(answer, whose);
    return { records: [crossrefWork(nodeOf(value).message)], isDamaged };
  };
  const readSome = (answer: PoliteAnswer, asked: readonly string[]): FoundPapers => {
    const { value, isDamaged } = readAnswered(answer, whose);
    const { items } = nodeOf(nodeOf(value).message);
    if (!Array.isArray(items)) throw refusedList(answer);
    const found = new Map(items.map((item) => [textOf(nodeOf(item).DOI)?.toLowerCase(), crossrefWork(item)]));
    return { records: asked.map((doi) => found.get(doi)), isDamaged };
  };
  const askSome = (asked: readonly string[]): Promise<FoundPapers> => {
    const [only = ''] = asked;
    if (asked.length === 1) return ask(`${address}/works/${asPath(only)}`, readOne, optionsOf(context));
    const query = new URLSearchParams({
      filter: asked.map((doi) => `doi:${doi}`).join(','),
      select: CROSSREF_FIELDS,
      rows: String(asked.length),
    });
    return ask(`${address}/works?${query}`, (answer) => readSome(answer, asked), optionsOf(context));
  };
  return idHarvest(
    {
      name: description.name,
      service: description.title,
      ids: dois,
      idsARequest: IDS_A_REQUEST,
      ask: askSome,
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
    const parameters = new URLSearchParams({
      ...question,
      ...filterOf(question.filter, page),
      select: CROSSREF_FIELDS,
      rows: String(page.size),
      cursor: page.next ?? '*',
    });
    const read = (answer: PoliteAnswer): ListPage | undefined => {
      // A cursor lives for some minutes.
      const isExpired = page.next !== undefined && (answer.status === 404 || answer.status === 400);
      return isExpired ? undefined : readPage(answer, request.target, { context, size: page.size });
    };
    return context.ask(`${context.address}/works?${parameters}`, read, optionsOf(context));
  };
  return pagedHarvest(
    {
      name: description.name,
      pageSize: PAGE,
      max,
      tellsNews: true,
      ask,
      toRow: (work, place, { isDamaged }) => sourceRow(place, crossrefWork(work), { isDamaged }),
    },
    request,
    context,
  );
}

/** News are works that were entered or changed; both ends of a range belong to it. */
function filterOf(filter: string | undefined, { since, known }: PageQuestion) {
  const bounds = [
    filter,
    since !== undefined && !filter?.includes('from-pub-date') ? `from-pub-date:${since}` : undefined,
    known !== undefined && !filter?.includes('from-index-date') ? `from-index-date:${known}` : undefined,
  ].filter(Boolean);
  return bounds.length > 0 ? { filter: bounds.join(',') } : {};
}

function readPage(
  answer: PoliteAnswer,
  target: string,
  { context, size }: { readonly context: SourceContext; readonly size: number },
): ListPage {
  const { value, isDamaged } = readAnswered(answer, { target, description, key: context.key });
  const { items, 'total-results': total, 'next-cursor': cursor } = nodeOf(nodeOf(value).message);
  if (!Array.isArray(items)) throw refusedList(answer);
  return {
    records: items,
    // There is a cursor on the last page too.
    next: items.length < size ? undefined : textOf(cursor),
    total: wholeOf(total),
    day: dayOfAnswer(answer.header),
    isDamaged,
  };
}
