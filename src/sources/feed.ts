/** Any RSS or Atom feed: of a journal, a preprint server, a search that somebody saved. */
import type { Validators } from '../http/polite-client.ts';
import type { Lane } from '../http/turnstile.ts';
import { ARXIV_LANE } from './arxiv-etiquette.ts';
import { type FeedDocument, readFeed } from './feed-document.ts';
import { dayOfEntry, feedPaper } from './feed-entry.ts';
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
import { badTarget, firstDay } from './target.ts';

const description: SourceDescription = {
  name: 'feed',
  title: 'any RSS or Atom feed',
  takes: 'the address of the feed',
  examples: ['feed:https://rss.arxiv.org/rss/cs.CL', 'feed:https://www.nature.com/nature.rss'],
  lane: { name: 'feeds', intervalMs: 1_000 },
  key: 'none',
  position:
    'what tells whether the feed has changed and the newest day seen; on the way the address of the next page',
};

/** Of a feed that goes on for ever. */
const MOST_PAGES = 100;
/** Longer ones would not fit into a position, and nobody needs them. */
const LONGEST_ADDRESS = 200;
const LONGEST_TAG = 100;

export const feed: Source = {
  description,
  check: (target) => void addressOf(target),
  laneFor: (target) => laneOf(addressOf(target)),
  stream: (request, context) => pages(addressOf(request.target), request, context),
};

function addressOf(target: string): URL {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const isOfWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && isOfWeb && url.username === '' && url.password === '') return url;
  throw badTarget(target, description, 'is not the address of a feed');
}

/** arXiv counts its feeds with everything else that it is asked for. */
function laneOf({ hostname }: URL): Lane {
  if (hostname === 'arxiv.org' || hostname.endsWith('.arxiv.org')) return ARXIV_LANE;
  return { name: `feed-${hostname.replaceAll(/[^a-z0-9.-]/g, '')}`, intervalMs: description.lane.intervalMs };
}

interface Progress {
  /** The page that is asked for next; undefined behind the last one. */
  readonly page: URL | undefined;
  readonly pages: number;
  readonly rows: number;
  /** The newest day of this harvest, and that of the ones before. */
  readonly newest: string;
  readonly known: string;
  /** Of the first page. */
  readonly validators: Validators;
}

/**
 * A feed that has not changed is not sent. Of one that goes on to other pages (RFC 5005) these are asked for until
 * everything on a page is older than what is known.
 */
async function* pages(
  first: URL,
  { target, since, position }: SourceRequest,
  context: SourceContext,
): AsyncGenerator<SourceBatch> {
  let progress = progressIn(position, first);
  const bottom = latest(progress.known, since === undefined ? '' : firstDay(since));
  while (progress.page !== undefined) {
    const { page, rows }: Progress = progress;
    const validators = progress.pages === 0 ? progress.validators : {};
    const found: FeedDocument = await context.ask(askedAt(page, context), readFeed, { validators });
    progress = following({ ...progress, page }, found, bottom);
    yield { rows: rowsOf(found, target, rows), position: positionOf(progress) };
  }
}

function progressIn(position: string | undefined, first: URL): Progress {
  const before = readPosition(position);
  const page = linkOn(before.text('next'), first);
  return {
    page: page ?? first,
    pages: page ? (before.number('pages') ?? 1) : 0,
    rows: page ? (before.number('rows') ?? 0) : 0,
    newest: before.text('newest') ?? '',
    known: before.text('known') ?? '',
    validators: { etag: before.text('etag'), lastModified: before.text('lastModified') },
  };
}

function positionOf({ page, pages: count, rows, newest, known, validators }: Progress): string {
  const { etag, lastModified } = validators;
  return page === undefined
    ? writePosition({ known: latest(known, newest), etag, lastModified })
    : writePosition({ next: page.href, pages: count, rows, newest, known, etag, lastModified });
}

function following(
  progress: Progress & { readonly page: URL },
  found: FeedDocument,
  bottom: string,
): Progress {
  const days = found.entries.map(dayOfEntry);
  const isOld = bottom !== '' && days.every((day) => day !== '' && day < bottom);
  const count = progress.pages + 1;
  const isNews = progress.pages === 0 && !found.isUnchanged;
  return {
    page: isOld || count >= MOST_PAGES ? undefined : linkOn(found.next, progress.page),
    pages: count,
    rows: progress.rows + days.length,
    newest: latest(progress.newest, ...days),
    known: progress.known,
    validators: isNews ? shortOnes(found) : progress.validators,
  };
}

/** Empty where none of them tells. */
function latest(...days: readonly string[]): string {
  return days.toSorted().at(-1) ?? '';
}

/** Where a setting names a mirror, it has the feeds under their hosts. */
function askedAt({ href, host, pathname, search }: URL, { address }: SourceContext): string {
  return address === '' ? href : `${address}/${host}${pathname}${search}`;
}

/** A page of the same server; other ones are not followed. */
function linkOn(link: string | undefined, from: URL): URL | undefined {
  const url = link !== undefined && URL.canParse(link, from.href) ? new URL(link, from) : undefined;
  return url?.origin === from.origin && url.href !== from.href && url.href.length <= LONGEST_ADDRESS
    ? url
    : undefined;
}

function shortOnes({ validators: { etag = '', lastModified = '' } }: FeedDocument): Validators {
  const isShort = (text: string) => text !== '' && text.length <= LONGEST_TAG;
  return {
    etag: isShort(etag) ? etag : undefined,
    lastModified: isShort(lastModified) ? lastModified : undefined,
  };
}

function rowsOf({ entries, isDamaged }: FeedDocument, target: string, after: number): SourceRow[] {
  return entries.map((entry, at) => {
    const place = { file: `${description.name}:${target}`, line: after + at + 1 };
    return sourceRow(place, feedPaper(entry), { isDamaged });
  });
}
