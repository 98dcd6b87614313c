/**
 * The papers that people put on the daily list of Hugging Face, with what is known of them there: votes, comments,
 * code, keywords. Source: the client of huggingface_hub, which reads `/api/daily_papers`.
 */
import { AppError } from '../fault/app-error.ts';
import type { PoliteAnswer, Validators } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { isPartialDate } from '../paper/partial-date.ts';
import { type DailyItem, dailyPaper } from './daily-paper.ts';
import { readPosition, writePosition } from './position.ts';
import type { Source, SourceBatch, SourceContext, SourceDescription, SourceRequest } from './source.ts';
import { sourceRow } from './source-row.ts';
import { badTarget, firstDay, readTarget } from './target.ts';

const description: SourceDescription = {
  name: 'hf-daily',
  title: 'the daily papers of Hugging Face',
  takes: 'a day, a week, a month, or "latest"',
  examples: ['hf-daily:2026-11-20', 'hf-daily:2026-W47', 'hf-daily:2026-11', 'hf-daily:latest'],
  address: 'https://huggingface.co/api/daily_papers',
  // It publishes no interval; a harvest is a handful of requests, and one a second is nobody's burden.
  lane: { name: 'hugging-face', intervalMs: 1_000 },
  key: 'none',
  position:
    'the next page, or what tells whether the first page has changed; of "latest" the newest day seen',
};

/** The most that the service gives at once. */
const PAGE = 100;
/** Of a list that never ends. */
const MOST_PAGES = 300;
const WEEK = /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/;

interface Page {
  readonly items: readonly DailyItem[];
  readonly isUnchanged: boolean;
  readonly validators: Validators;
  readonly isDamaged: boolean;
}

export const hfDaily: Source = {
  description,
  check: (target) => void questionOf(target),
  stream(request, context) {
    const question = questionOf(request.target);
    return question === undefined ? latest(request, context) : list(question, request, context);
  },
};

/** Undefined for the latest. */
function questionOf(target: string): Readonly<Record<string, string>> | undefined {
  const { name } = readTarget(target, description);
  if (name === 'latest') return undefined;
  if (WEEK.test(name)) return { week: name };
  if (isPartialDate(name) && name.length > 4) return name.length === 7 ? { month: name } : { date: name };
  throw badTarget(target, description, 'names no list of daily papers');
}

/** When the first page of a list that was harvested has not changed, nothing more is asked for. */
async function* list(
  question: Readonly<Record<string, string>>,
  { target, position }: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const before = readPosition(position);
  let validators: Validators = { etag: before.text('etag'), lastModified: before.text('lastModified') };
  const begin = before.number('next') ?? 0;
  for (let at = begin; at < MOST_PAGES; at++) {
    const page = await askPage({ ...question, ...pageParameters(at) }, context, at === 0 ? validators : {});
    if (at === 0) validators = page.isUnchanged ? validators : page.validators;
    const isLast = page.items.length < PAGE;
    const rest = { etag: validators.etag, lastModified: validators.lastModified };
    yield {
      rows: rowsOf(page, target, at),
      position: writePosition(isLast ? rest : { next: at + 1, ...rest }),
    };
    if (isLast) return;
  }
}

/** The newest page; where something is known from before or a day is named, all pages down to that day. */
async function* latest(
  { target, position, since }: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const before = readPosition(position);
  const known = before.text('known');
  const bottom = known ?? (since && firstDay(since));
  let newest = before.text('newest');
  for (let at = before.number('next') ?? 0; at < MOST_PAGES; at++) {
    const page = await askPage({ sort: 'publishedAt', ...pageParameters(at) }, context, {});
    const days = page.items.map(dayOf);
    newest ??= [known ?? '', ...days].sort().at(-1) || undefined;
    const isLast =
      page.items.length < PAGE || bottom === undefined || days.some((day) => day !== '' && day < bottom);
    yield {
      rows: rowsOf(page, target, at),
      position: writePosition(isLast ? { known: newest } : { next: at + 1, newest, known }),
    };
    if (isLast) return;
  }
}

function pageParameters(page: number): Readonly<Record<string, string>> {
  return { limit: String(PAGE), p: String(page) };
}

function askPage(
  parameters: Readonly<Record<string, string>>,
  { ask, address }: SourceContext,
  validators: Validators,
): Promise<Page> {
  return ask(`${address}?${new URLSearchParams(parameters)}`, readPage, { validators });
}

function readPage(answer: PoliteAnswer): Page {
  const { status, validators } = answer;
  if (status === 304) return { items: [], isUnchanged: true, validators, isDamaged: false };
  const { text, isDamaged } = answer.text();
  return { items: parseItems(text, answer.address), isUnchanged: false, validators, isDamaged };
}

function parseItems(text: string, address: string): DailyItem[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TransientFault(`${address} does not answer with whole JSON`, { cause });
  }
  if (!Array.isArray(value)) {
    throw new AppError('SOURCE_FAILED', { message: `${address} does not answer with a list of papers` });
  }
  return value.map((item) => (typeof item === 'object' && item !== null ? (item as DailyItem) : {}));
}

function rowsOf({ items, isDamaged }: Page, target: string, page: number) {
  return items.map((item, at) => {
    const place = { file: `${description.name}:${target}`, line: page * PAGE + at + 1 };
    return sourceRow(place, dailyPaper(item), { isDamaged });
  });
}

/** The day on which it was put on the list; empty where the item does not tell. */
function dayOf({ publishedAt }: DailyItem): string {
  return typeof publishedAt === 'string' ? publishedAt.slice(0, 10) : '';
}
