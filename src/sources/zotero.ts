/**
 * The library of a Zotero that runs on this machine, through the local API that it offers to other programs. It speaks
 * as the service does, so a public library there can be read by its address.
 * Source: https://www.zotero.org/support/dev/web_api/v3/basics
 */
import { AppError } from '../fault/app-error.ts';
import type { PoliteAnswer } from '../http/polite-client.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { zoteroPaper } from '../ingest/zotero-item.ts';
import { readPosition, writePosition } from './position.ts';
import type {
  Source,
  SourceBatch,
  SourceContext,
  SourceDescription,
  SourceRequest,
  SourceRow,
} from './source.ts';
import { sourceRow } from './source-row.ts';
import { badTarget } from './target.ts';

const description: SourceDescription = {
  name: 'zotero',
  title: 'the Zotero that runs on this machine',
  takes: 'nothing for the whole library, or collection=KEY',
  examples: ['zotero:', 'zotero:collection=ABCD2345'],
  address: 'http://127.0.0.1:23119/api/users/0',
  lane: { name: 'zotero', intervalMs: 1_000 },
  key: 'none',
  position: 'how far down the items, and the version that the library had then',
};

/** The most that the service gives at once. */
const PAGE = 100;
const COLLECTION = /^collection=([A-Z0-9]{8})$/;
const REMEDY =
  'Start Zotero, and in its settings under Advanced allow other applications on this computer to communicate with it.';

interface Items {
  readonly items: readonly unknown[];
  /** Items in all. */
  readonly total: number;
  /** Of the library; each change makes it greater. */
  readonly version: number;
  readonly isDamaged: boolean;
}

interface Progress {
  readonly next: number;
  /** Items that changed after this version are wanted. */
  readonly since: number;
  /** That of the library when the harvest began: what changed later is for the next one. */
  readonly version: number | undefined;
}

export const zotero: Source = {
  description,
  check: (target) => void pathOf(target),
  stream: (request, context) => items(pathOf(request.target), request, context),
};

/** Attachments and notes stand below the items and are left out. */
function pathOf(target: string): string {
  if (target.trim() === '') return '/items/top';
  const key = COLLECTION.exec(target)?.[1];
  if (key === undefined) throw badTarget(target, description, 'names no collection of Zotero');
  return `/collections/${key}/items/top`;
}

async function* items(
  path: string,
  { target, position }: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  const file = `${description.name}:${target}`;
  const begin = progressIn(position);
  let progress: Progress | undefined = begin;
  while (progress !== undefined) {
    const { next: start, since }: Progress = progress;
    const page: Items = await askItems(path, progress, context);
    const version: number = progress.version ?? page.version;
    const end: number = start + page.items.length;
    progress = page.items.length > 0 && end < page.total ? { next: end, since, version } : undefined;
    yield {
      rows: page.items.flatMap((item, at) => rowOf(item, { file, line: start + at + 1 }, page)),
      position: writePosition(progress ? { ...progress } : { known: version }),
      total: page.total - begin.next,
    };
  }
}

function progressIn(position: string | undefined): Progress {
  const before = readPosition(position);
  const version = before.number('version');
  return version === undefined
    ? { next: 0, since: before.number('known') ?? 0, version }
    : { next: before.number('next') ?? 0, since: before.number('since') ?? 0, version };
}

/** In the order in which they were added, so that one that is added meanwhile pushes no other off its place. */
function askItems(path: string, { next, since }: Progress, { ask, address }: SourceContext): Promise<Items> {
  const query = new URLSearchParams({
    format: 'json',
    sort: 'dateAdded',
    direction: 'asc',
    start: String(next),
    limit: String(PAGE),
    ...(since > 0 && { since: String(since) }),
  });
  return withRemedy(
    ask(`${address}${path}?${query}`, readItems, {
      headers: { 'zotero-api-version': '3' },
      alsoFine: [403, 404],
    }),
  );
}

/** That it does not run, or does not allow it, is what happens most. */
async function withRemedy(answer: Promise<Items>): Promise<Items> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SOURCE_FAILED') throw error;
    throw new AppError('SOURCE_FAILED', { message: error.message, remedy: REMEDY }, { cause: error });
  }
}

function readItems({ status, address, text, header }: PoliteAnswer): Items {
  if (status === 403) throw new AppError('SOURCE_FAILED', { message: `${address} refuses other programs` });
  if (status === 404) throw new AppError('SOURCE_FAILED', { message: `${address} knows no such collection` });
  const { text: json, isDamaged } = text();
  const list = parse(json, address);
  const [total, version] = ['total-results', 'last-modified-version'].map((name) => Number(header(name)));
  return {
    items: list,
    total: Number.isSafeInteger(total) && total !== undefined ? total : list.length,
    version: Number.isSafeInteger(version) && version !== undefined ? version : 0,
    isDamaged,
  };
}

function parse(json: string, address: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    if (Array.isArray(value)) return value;
  } catch (cause) {
    throw new TransientFault(`${address} does not answer with whole JSON`, { cause });
  }
  throw new AppError('SOURCE_FAILED', { message: `${address} does not answer with a list of items` });
}

/** None for what is no work of anybody. */
function rowOf(item: unknown, place: SourceRow['place'], { isDamaged }: Items): SourceRow[] {
  const data = dataOf(item);
  const raw = zoteroPaper(data);
  return raw === undefined ? [] : [sourceRow(place, raw, { isDamaged })];
}

function dataOf(item: unknown): Readonly<Record<string, unknown>> {
  const { data } = typeof item === 'object' && item !== null ? (item as { readonly data?: unknown }) : {};
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}
