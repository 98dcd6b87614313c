/**
 * Semantic Scholar: papers by their ids, by its search for many ("bulk"), and what it recommends to readers of others.
 * Source: https://api.semanticscholar.org/api-docs/
 */
import type { PoliteAnswer } from '../http/polite-client.ts';
import { asPath, type FoundPapers, idHarvest } from './id-harvest.ts';
import {
  listOf,
  nodeOf,
  READ_REFUSALS,
  readAnswered,
  refusedList,
  textOf,
  wholeOf,
  wordsOf,
} from './json-answer.ts';
import { dayOfAnswer, publishedFrom } from './news-day.ts';
import { type ListPage, type PageQuestion, pagedHarvest } from './paged-harvest.ts';
import { writePosition } from './position.ts';
import { S2_FIELDS, s2Paper } from './s2-paper.ts';
import { s2Description as description, type S2Wanted, s2Wanted } from './s2-target.ts';
import type { Source, SourceBatch, SourceContext, SourceRequest } from './source.ts';
import { sourceRow } from './source-row.ts';
import { badTarget } from './target.ts';

/** 500 are allowed, and answers of that size have failed. */
const IDS_A_REQUEST = 100;
/** A page has so many, whatever is asked for. */
const PAGE = 1_000;

export const s2: Source = {
  description,
  check: (target) => void s2Wanted(target),
  stream(request, context) {
    const wanted = s2Wanted(request.target);
    if (wanted.kind === 'ids') return byId(wanted.ids, request, context);
    return wanted.kind === 'search' ? found(wanted, request, context) : recommended(wanted, request, context);
  },
};

function secretsOf({ key }: SourceContext) {
  return key === undefined ? {} : { secrets: { headers: { 'x-api-key': key } } };
}

function byId(
  ids: readonly string[],
  request: SourceRequest,
  context: SourceContext,
): AsyncIterable<SourceBatch> {
  const url = `${context.address}/graph/v1/paper/batch?${new URLSearchParams({ fields: S2_FIELDS })}`;
  const read = (answer: PoliteAnswer): FoundPapers => {
    // With this it answers when it knows none of them.
    const isNone = answer.status === 400 && /no valid paper ids/i.test(wordsOf(answer) ?? '');
    if (isNone) return { records: [], isDamaged: false };
    const { value, isDamaged } = readAnswered(answer, {
      target: request.target,
      description,
      key: context.key,
    });
    if (!Array.isArray(value)) throw refusedList(answer);
    return { records: value.map((paper) => (paper === null ? undefined : s2Paper(paper))), isDamaged };
  };
  return idHarvest(
    {
      name: description.name,
      service: description.title,
      ids,
      idsARequest: IDS_A_REQUEST,
      ask: (asked) =>
        context.ask(url, read, { json: { ids: asked }, ...READ_REFUSALS, ...secretsOf(context) }),
    },
    request,
  );
}

function found(
  { query, max }: { readonly query: URLSearchParams; readonly max: number | undefined },
  request: SourceRequest,
  context: SourceContext,
): AsyncIterable<SourceBatch> {
  const ask = (question: PageQuestion): Promise<ListPage | undefined> => {
    const parameters = new URLSearchParams(query);
    const from = publishedFrom(question);
    const isBound = query.has('year') || query.has('publicationDateOrYear');
    if (from !== undefined && !isBound) parameters.set('publicationDateOrYear', `${from}:`);
    parameters.set('fields', S2_FIELDS);
    if (question.next !== undefined) parameters.set('token', question.next);
    const read = (answer: PoliteAnswer) =>
      answer.status === 400 && question.next !== undefined
        ? undefined
        : readPage(answer, request.target, context);
    const url = `${context.address}/graph/v1/paper/search/bulk?${parameters}`;
    return context.ask(url, read, { ...READ_REFUSALS, ...secretsOf(context) });
  };
  return pagedHarvest(
    {
      name: description.name,
      pageSize: PAGE,
      max,
      tellsNews: true,
      ask,
      toRow: (paper, place, { isDamaged }) => sourceRow(place, s2Paper(paper), { isDamaged }),
    },
    request,
    context,
  );
}

function readPage(answer: PoliteAnswer, target: string, context: SourceContext): ListPage {
  const { value, isDamaged } = readAnswered(answer, { target, description, key: context.key });
  const { data, total, token } = nodeOf(value);
  if (!Array.isArray(data) && total !== 0) throw refusedList(answer);
  return {
    records: listOf(data),
    next: textOf(token),
    total: wholeOf(total),
    day: dayOfAnswer(answer.header),
    isDamaged,
  };
}

/** One answer, and new ones every time: there is nothing to go on from. */
async function* recommended(
  wanted: S2Wanted & { readonly kind: 'recommend' },
  { target }: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const { like, unlike, pool, max } = wanted;
  const [only = '', ...others] = like;
  const query = new URLSearchParams({ fields: S2_FIELDS, limit: String(max), ...(pool && { from: pool }) });
  const isOne = others.length === 0 && unlike.length === 0;
  const path = isOne ? `forpaper/${asPath(only)}` : '';
  const rows = await context.ask(
    `${context.address}/recommendations/v1/papers/${path}?${query}`,
    (answer) => {
      if (answer.status === 404)
        throw badTarget(target, description, 'names a paper that Semantic Scholar does not have');
      const { value, isDamaged } = readAnswered(answer, { target, description, key: context.key });
      const { recommendedPapers: papers } = nodeOf(value);
      if (!Array.isArray(papers)) throw refusedList(answer);
      return papers.slice(0, max).map((paper, at) => {
        const place = { file: `${description.name}:${target}`, line: at + 1 };
        return sourceRow(place, s2Paper(paper), { isDamaged });
      });
    },
    {
      ...(!isOne && { json: { positivePaperIds: like, negativePaperIds: unlike } }),
      ...READ_REFUSALS,
      ...secretsOf(context),
    },
  );
  yield { rows, position: writePosition({}), total: rows.length };
}
