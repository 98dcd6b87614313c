/**
 * What a question finds in PubMed. The service keeps a result for some hours and gives it in pages, but none of more
 * than 9,999 articles: a larger one is asked for a stretch of days after the other, by the day on which an article
 * came in. A later harvest asks for what changed since, by the day of the change.
 */
import { TransientFault } from '../http/transient-fault.ts';
import { addDays } from './calendar.ts';
import { readPosition, writePosition } from './position.ts';
import { type PubmedFound, readFound, readSet, rowsIn, secretsOf } from './pubmed-answer.ts';
import { type Days, following, MOST_OF_RESULT, narrowed, OPEN_END } from './pubmed-days.ts';
import type { SourceBatch, SourceContext, SourceRequest } from './source.ts';
import { firstDay } from './target.ts';

export interface PubmedQuestion {
  readonly term: string;
  /** The newest so many are wanted. */
  readonly most: number | undefined;
}

/** Some records have thousands of authors with addresses, and an answer has to fit into memory. */
export const PAGE = 200;

interface Kept {
  readonly count: number;
  readonly environment: string;
  readonly key: string;
  /** Of a result of an hour ago a refusal says that it is gone, of a fresh one that the service is out of order. */
  readonly isFresh: boolean;
}

interface Progress {
  /** Undefined for all days together. */
  readonly days: Days | undefined;
  /** The result in hand; undefined where it is still to be asked for. */
  readonly kept: Kept | undefined;
  readonly next: number;
  /** The day on which the harvest began, by the clock of the service. */
  readonly began: string | undefined;
  readonly rows: number;
}

export async function* searchPubmed(
  question: PubmedQuestion,
  { target, since, position }: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `pubmed:${target}`;
  let total: number | undefined;
  let progress: Progress | undefined = progressIn(position, since);
  while (progress !== undefined) {
    context.signal?.throwIfAborted();
    if (progress.kept === undefined) {
      const found = await search(question, progress.days, context);
      if (position === undefined) total ??= wantedOf(found.count, question, Number.POSITIVE_INFINITY);
      progress = withResult(progress, found, { question, context });
      continue;
    }
    const set = await page(progress, question, context);
    if ('refusal' in set) {
      context.onNotice?.(`What ${file} found is no longer kept (${set.refusal}); it is asked for again.`);
      progress = { ...progress, kept: undefined, next: 0 };
      continue;
    }
    const rows = await rowsIn(set, { file, after: progress.rows });
    const after: Progress | undefined = afterPage(progress, rows.length, question);
    yield {
      rows,
      position: positionOf(after ?? progress, after === undefined),
      ...(total !== undefined && { total }),
    };
    progress = after;
  }
}

function progressIn(position: string | undefined, since: string | undefined): Progress {
  const before = readPosition(position);
  const [from, to] = [before.text('from'), before.text('to')];
  const by = before.text('by') === 'mdat' ? 'mdat' : 'edat';
  const [environment, key, count] = [before.text('environment'), before.text('key'), before.number('count')];
  const rest = {
    next: before.number('next') ?? 0,
    began: before.text('began'),
    rows: before.number('rows') ?? 0,
  };
  if (rest.began === undefined) {
    const news = [before.text('known') ?? '', since === undefined ? '' : firstDay(since)].sort().at(-1);
    return {
      ...rest,
      days: news ? { by: 'mdat', from: news, to: OPEN_END } : undefined,
      kept: undefined,
      next: 0,
    };
  }
  return {
    ...rest,
    days: from !== undefined && to !== undefined ? { by, from, to } : undefined,
    kept:
      environment !== undefined && key !== undefined && count !== undefined
        ? { environment, key, count, isFresh: false }
        : undefined,
  };
}

/** Days are those of the service, which may be a day behind. */
function positionOf({ days, kept, next, began, rows }: Progress, isOver: boolean): string {
  if (isOver) return writePosition({ known: began && addDays(began, -1) });
  const { environment, key, count } = kept ?? {};
  return writePosition({ ...days, environment, key, count, next, began, rows });
}

function search(
  { term }: PubmedQuestion,
  days: Days | undefined,
  { ask, address, key }: SourceContext,
): Promise<PubmedFound> {
  const query = new URLSearchParams({ db: 'pubmed', term, usehistory: 'y', retmax: '0', retmode: 'json' });
  if (days) {
    query.set('datetype', days.by);
    query.set('mindate', days.from.replaceAll('-', '/'));
    query.set('maxdate', days.to.replaceAll('-', '/'));
  }
  return ask(`${address}/esearch.fcgi?${query}&tool=pharos`, readFound, secretsOf(key));
}

/** With fewer days in place of a result that is too large. */
function withResult(
  progress: Progress,
  found: PubmedFound,
  { question, context }: { readonly question: PubmedQuestion; readonly context: SourceContext },
): Progress {
  const began = progress.began ?? found.today ?? new Date().toISOString().slice(0, 10);
  if (found.unknown.length > 0) context.onNotice?.(`PubMed does not know ${found.unknown.join(', ')}.`);
  const { count, environment, key } = found;
  const isTooLarge = count > MOST_OF_RESULT && question.most === undefined;
  const days = isTooLarge ? narrowed(progress.days, count, began) : undefined;
  if (days) return { ...progress, began, days };
  if (isTooLarge) {
    context.onNotice?.(
      `PubMed gives ${MOST_OF_RESULT} of the ${count} articles of ${progress.days?.from}, not more.`,
    );
  }
  return { ...progress, began, kept: { count, environment, key, isFresh: true }, next: 0 };
}

async function page(
  { kept, next }: Progress,
  question: PubmedQuestion,
  context: SourceContext,
): ReturnType<typeof askSet> {
  const left = wantedOf(kept?.count ?? 0, question) - next;
  if (kept === undefined || left <= 0) return { text: '', isDamaged: false };
  const query = new URLSearchParams({
    db: 'pubmed',
    WebEnv: kept.environment,
    query_key: kept.key,
    retstart: String(next),
    retmax: String(Math.min(PAGE, left)),
    retmode: 'xml',
  });
  return askSet(query, context, kept.isFresh);
}

function askSet(query: URLSearchParams, { ask, address, key }: SourceContext, isFresh: boolean) {
  return ask(
    `${address}/efetch.fcgi?${query}&tool=pharos`,
    (answer) => {
      const set = readSet(answer);
      if (isFresh && 'refusal' in set)
        throw new TransientFault(`PubMed does not give what it found: ${set.refusal}`);
      return set;
    },
    { alsoFine: [400], ...secretsOf(key) },
  );
}

function afterPage(progress: Progress, rows: number, question: PubmedQuestion): Progress | undefined {
  const { days, kept, began = '' } = progress;
  const next = progress.next + PAGE;
  const after = { ...progress, rows: progress.rows + rows };
  if (kept !== undefined && next < wantedOf(kept.count, question)) return { ...after, next };
  const others = following(days, began);
  return others && { ...after, days: others, kept: undefined, next: 0 };
}

/** How many of so many are to be had. */
function wantedOf(count: number, { most }: PubmedQuestion, atMost = MOST_OF_RESULT): number {
  return Math.min(count, most ?? atMost, atMost);
}
