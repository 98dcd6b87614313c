/** The papers of the newest day as a feed: what a list in a mailbox would bring, for whatever reads feeds. */
import type { Request } from 'express';
import type { z } from 'zod';
import { toFilter } from '../engine/filter-words.ts';
import { FEED_TYPES, type Feed } from '../feeds/feed.ts';
import { paperFeed } from '../feeds/paper-feed.ts';
import { DESCRIPTION_ADDRESS, DESCRIPTION_TYPE } from '../feeds/search-description.ts';
import type { ApiContext } from './context.ts';
import { dailyFeedInput } from './discover-schemas.ts';
import { conditional, daysTaken, FORMS, type Form, feedId, NAMES } from './feed-routes.ts';
import { LastChanged } from './last-changed.ts';
import { readQuery } from './read-input.ts';
import { requireReady } from './readiness.ts';
import type { Route } from './route.ts';
import { siteOf } from './site-of.ts';

/** A day of arXiv has hundreds; by votes, the first of them are what people talk about. */
const DEFAULT_ENTRIES = 50;

/** One set of routes a server: they remember what they answered. */
export function dailyFeedRoutes(): Route[] {
  const changes = new LastChanged();
  return FORMS.map((form) => ({
    method: 'get',
    address: `/feeds/daily.${form}`,
    path: `/feeds/daily.${form}`,
    summary: `The papers of the newest day as ${NAMES[form]}.`,
    input: dailyFeedInput,
    answer: async (request, context) => {
      const input = readQuery(dailyFeedInput, request);
      requireReady(context.readiness);
      const feed = await dailyFeed(form, { input, request, context });
      return conditional(form, feed, { changes, address: request.originalUrl });
    },
  }));
}

interface Asked {
  readonly input: z.infer<typeof dailyFeedInput>;
  readonly request: Request;
  readonly context: ApiContext;
}

async function dailyFeed(form: Form, { input, request, context }: Asked): Promise<Feed> {
  const { lists, engine, settings } = context;
  const { date, order, limit = DEFAULT_ENTRIES, ...filter } = input;
  const asked = { ...(date !== undefined && { date }), ...(order !== undefined && { order }) };
  const { hits } = await lists.daily({ ...asked, limit, filter: toFilter(filter) });
  const papers = hits.map(({ paper }) => paper);
  const site = siteOf(request, settings);
  const page = new URLSearchParams(asked).toString();
  return paperFeed(papers, {
    id: feedId('daily', { ...asked, ...filter }),
    title: 'Pharos: papers of the day',
    subtitle: date === undefined ? 'The newest day that has papers' : `Papers of ${date}`,
    links: [
      { href: `${site}${request.originalUrl}`, rel: 'self', type: FEED_TYPES[form] },
      { href: `${site}/papers${page && `?${page}`}`, rel: 'alternate', type: 'text/html' },
      { href: `${site}${DESCRIPTION_ADDRESS}`, rel: 'search', type: DESCRIPTION_TYPE },
    ],
    site,
    changed: await daysTaken(engine, papers),
  });
}
