/**
 * Lists that a service gives page by page, each page telling how to ask for the next one. They have no natural end:
 * a question may find a million papers, so a first harvest takes so many and says how many there are.
 */
import { AppError } from '../fault/app-error.ts';
import type { RowPlace } from '../ingest/row.ts';
import { readPosition, writePosition } from './position.ts';
import type { SourceBatch, SourceContext, SourceDescription, SourceRequest, SourceRow } from './source.ts';
import { badTarget, firstDay, type Target } from './target.ts';

/** Papers that a first harvest takes where nobody says how many. */
const USUAL_MOST = 2_000;
/** The same where a day bounds what is found: what came since the last time is to come whole. */
const MOST_NEWS = 30_000;
const LARGEST_MAX = 1_000_000;

export interface PageQuestion {
  /** `next` of the page before; undefined for the first page. */
  readonly next: string | undefined;
  /** The same for all pages of a harvest. */
  readonly size: number;
  /** Only what was published on this day or later. */
  readonly since: string | undefined;
  /** The day of the last complete harvest: what came since is news. */
  readonly known: string | undefined;
}

export interface ListPage {
  readonly records: readonly unknown[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
  /** How many the question finds, where the service tells. */
  readonly total: number | undefined;
  /** The day of the answer by the clock of the service. */
  readonly day: string | undefined;
  readonly isDamaged: boolean;
}

export interface PagedHarvest {
  readonly name: string;
  readonly pageSize: number;
  /** How many are wanted at most, if somebody said so. */
  readonly max: number | undefined;
  /** Whether the service can be asked for what came since a day; else every harvest is of the whole list. */
  readonly tellsNews: boolean;
  /** Resolves to undefined for a `next` that is not taken any more: the list is begun again. */
  readonly ask: (question: PageQuestion) => Promise<ListPage | undefined>;
  readonly toRow: (record: unknown, place: RowPlace, page: ListPage) => SourceRow;
}

/** The parameter `max`. */
export function mostOf(read: Target, target: string, description: SourceDescription): number | undefined {
  const text = read.parameters.get('max');
  if (text === undefined) return undefined;
  const most = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (most >= 1 && most <= LARGEST_MAX) return most;
  throw badTarget(target, description, `needs max as a whole number from 1 to ${LARGEST_MAX}`);
}

export async function* pagedHarvest(
  harvest: PagedHarvest,
  request: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `${harvest.name}:${request.target}`;
  const before = readPosition(request.position);
  const known = harvest.tellsNews ? before.text('known') : undefined;
  const since = request.since === undefined ? undefined : firstDay(request.since);
  const most = harvest.max ?? ((since ?? known) === undefined ? USUAL_MOST : MOST_NEWS);
  const begin = { next: before.text('page'), rows: before.number('rows') ?? 0 };
  const size = Math.min(harvest.pageSize, most);
  const ask = (next: string | undefined) => harvest.ask({ next, size, since, known });
  // Of the first answer: everything later is for the next harvest.
  let began = before.text('began');
  for await (const { page, after } of pagesFrom(begin, ask, { file, ...context })) {
    began ??= page.day;
    const rows = rowsOf(page, harvest, { file, after, most });
    const taken = after + rows.length;
    const isOver = page.next === undefined || rows.length === 0 || taken >= most;
    const stand = isOver ? { known: began ?? known } : { page: page.next, rows: taken, began, known };
    yield { rows, position: writePosition(stand), ...totalOf(page, { most, begin: begin.rows }) };
    if (!isOver) continue;
    if (harvest.max === undefined) tellRest(page, { file, taken, ...context });
    return;
  }
}

interface Place {
  /** What the next page is asked for with; undefined at the beginning. */
  readonly next: string | undefined;
  /** How many papers stand before it. */
  readonly rows: number;
}

async function* pagesFrom(
  { next: first, rows: skipped }: Place,
  ask: (next: string | undefined) => Promise<ListPage | undefined>,
  { file, signal, onNotice }: { readonly file: string } & Pick<SourceContext, 'signal' | 'onNotice'>,
): AsyncGenerator<{ readonly page: ListPage; readonly after: number }> {
  let [next, after, expiredAt] = [first, skipped, -1];
  for (;;) {
    signal?.throwIfAborted();
    const page = await ask(next);
    if (page) {
      yield { page, after };
      [next, after] = [page.next, after + page.records.length];
      continue;
    }
    // What expires as soon as it is given would be begun again for ever.
    if (after <= expiredAt) {
      throw new AppError('SOURCE_FAILED', { message: `The list of ${file} expires before it can be read` });
    }
    onNotice?.(`The list of ${file} has expired; it is begun again.`);
    [next, after, expiredAt] = [undefined, 0, after];
  }
}

function rowsOf(
  page: ListPage,
  { toRow }: PagedHarvest,
  { file, after, most }: { readonly file: string; readonly after: number; readonly most: number },
): SourceRow[] {
  return page.records
    .slice(0, most - after)
    .map((record, at) => toRow(record, { file, line: after + at + 1 }, page));
}

/** Rows that this call gives in all. */
function totalOf(
  { total }: ListPage,
  { most, begin }: { readonly most: number; readonly begin: number },
): Pick<SourceBatch, 'total'> {
  return total === undefined ? {} : { total: Math.max(0, Math.min(most, total) - begin) };
}

function tellRest(
  { total = 0 }: ListPage,
  {
    file,
    taken,
    onNotice,
  }: { readonly file: string; readonly taken: number } & Pick<SourceContext, 'onNotice'>,
): void {
  if (total <= taken) return;
  onNotice?.(`${file} finds ${total} papers; ${taken} were taken. "max" takes more.`);
}
