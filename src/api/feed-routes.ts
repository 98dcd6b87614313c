/** Any search as a feed: what is new on a question, for whatever reads feeds. */
import { hash } from 'node:crypto';
import type { Request } from 'express';
import type { z } from 'zod';
import { recency } from '../engine/by-date.ts';
import { toAtom } from '../feeds/atom.ts';
import { FEED_TYPES, type Feed, type Instant, instantOf } from '../feeds/feed.ts';
import { toJsonFeed } from '../feeds/json-feed.ts';
import { paperFeed } from '../feeds/paper-feed.ts';
import { toRss } from '../feeds/rss.ts';
import { DESCRIPTION_ADDRESS, DESCRIPTION_TYPE } from '../feeds/search-description.ts';
import type { Paper } from '../paper/paper.ts';
import type { SearchAnswer } from '../search/answer.ts';
import type { AskOptions } from '../search/request.ts';
import type { ApiContext, PaperStore } from './context.ts';
import { LastChanged } from './last-changed.ts';
import { readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import { Reply } from './reply.ts';
import { feedInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { siteOf } from './site-of.ts';
import { toNarrowing } from './wire.ts';

export type Form = keyof typeof FEED_TYPES;
type FeedInput = z.infer<typeof feedInput>;

const WRITERS: Readonly<Record<Form, (feed: Feed) => string>> = {
  atom: toAtom,
  rss: toRss,
  json: toJsonFeed,
};
export const NAMES: Readonly<Record<Form, string>> = { atom: 'Atom', rss: 'RSS', json: 'JSON Feed' };
export const FORMS: readonly Form[] = ['atom', 'rss', 'json'];
/** What a reader sees of a list that it looks at now and then. */
const DEFAULT_ENTRIES = 20;

/** One set of routes a server: they remember what they answered. */
export function feedRoutes(): Route[] {
  const changes = new LastChanged();
  return FORMS.map((form) => ({
    method: 'get',
    address: `/feeds/search.${form}`,
    budget: 'search',
    path: `/feeds/search.${form}`,
    summary: `Any search as ${NAMES[form]}, newest first.`,
    input: feedInput,
    answer: async (request, context, options) => {
      const input = readQuery(feedInput, request);
      const feed = await searchFeed(form, { input, request, context, options });
      return conditional(form, feed, { changes, address: request.originalUrl });
    },
  }));
}

interface Asked {
  readonly input: FeedInput;
  readonly request: Request;
  readonly context: ApiContext;
  readonly options: AskOptions;
}

/** What an answer says beside its papers has no place in a feed, so it is not asked for. */
async function searchFeed(form: Form, { input, request, context, options }: Asked): Promise<Feed> {
  requireReady(context.readiness);
  const { facets: _, facetLimit: __, explain: ___, passage: ____, ...asked } = input;
  const { q, ...narrowing } = { sort: 'fresh' as const, limit: DEFAULT_ENTRIES, ...asked };
  const answer = await context.searcher.search({ query: q, ...toNarrowing(narrowing) }, options);
  const found = answer.hits.map(({ paper }) => paper);
  const papers = asked.sort === undefined ? newestFirst(found) : found;
  const site = siteOf(request, context.settings);
  return paperFeed(papers, {
    id: feedId('search', withoutPage(asked)),
    title: `Pharos: ${q}`,
    subtitle: `Papers for the search “${q}”`,
    links: linksOf(form, request, { site, next: answer.next }),
    site,
    changed: await daysTaken(context.engine, papers),
  });
}

/**
 * What is newest of everything that matches at all is mostly beside the point: one common word is enough to match. So a
 * feed holds what is both to the point and recent, and unless an order is asked for it is put in that of its dates.
 */
function newestFirst(papers: readonly Paper[]): Paper[] {
  return papers.toSorted((a, b) => recency(b.published) - recency(a.published));
}

interface Place {
  readonly site: string;
  readonly next: SearchAnswer['next'];
}

/** A feed is the same whatever its page. */
function withoutPage({ limit: _, offset: __, cursor: ___, ...asked }: Partial<FeedInput>) {
  return asked;
}

/** The same for every form of a list, and for whatever order its parameters are written in. */
export function feedId(kind: string, asked: Readonly<Record<string, unknown>>): string {
  const inOrder = Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1));
  return `urn:pharos:${kind}:${hash('sha256', JSON.stringify(inOrder), 'hex').slice(0, 32)}`;
}

/** A list changes when papers come into it, however old they are. */
export async function daysTaken(engine: PaperStore, papers: readonly Paper[]): Promise<Instant[]> {
  const records = await engine.records(papers.map(({ id }) => id));
  return records.flat().flatMap(({ taken }) => (taken === undefined ? [] : [instantOf(taken)]));
}

function linksOf(form: Form, request: Request, { site, next }: Place): Feed['links'] {
  const { pathname, search, searchParams } = new URL(request.originalUrl, site);
  const type = FEED_TYPES[form];
  const query = new URLSearchParams(searchParams);
  query.delete('offset');
  query.set('cursor', next ?? '');
  return [
    { href: `${site}${pathname}${search}`, rel: 'self', type },
    { href: `${site}/search${search}`, rel: 'alternate', type: 'text/html' },
    { href: `${site}${DESCRIPTION_ADDRESS}`, rel: 'search', type: DESCRIPTION_TYPE },
    ...(next === null ? [] : [{ href: `${site}${pathname}?${query}`, rel: 'next', type }]),
  ];
}

/**
 * The tag is over what the feed says and not over its links: a cursor knows how many papers there are, so that it
 * would change with every paper that is added anywhere.
 */
export function conditional(
  form: Form,
  feed: Feed,
  { changes, address }: { readonly changes: LastChanged; readonly address: string },
): Reply {
  const digest = hash('sha256', JSON.stringify({ ...feed, links: [] }), 'base64url').slice(0, 27);
  return new Reply(WRITERS[form](feed), {
    type: `${FEED_TYPES[form]}; charset=utf-8`,
    headers: {
      ETag: `W/"${digest}"`,
      'Last-Modified': changes.of(hash('sha256', address, 'base64url'), digest).toUTCString(),
      'Cache-Control': 'no-cache',
    },
  });
}
