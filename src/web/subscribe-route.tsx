/** `/subscribe` as a route: a search, named as its page names it, or the papers of each day. */
import { z } from 'zod';
import { readQuery } from '../api/read-input.ts';
import { relatedToPaperInput, text } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { siteOf } from '../api/site-of.ts';
import { MAX_QUERY_LENGTH } from '../search/request.ts';
import type { Assets } from './assets.ts';
import { FeedLinks, feedsOf } from './feed-links.tsx';
import { htmlReply } from './html.tsx';
import { STRINGS } from './strings.ts';
import { SubscribePage } from './subscribe-page.tsx';

const subscribeInput = z.strictObject({
  ...relatedToPaperInput.shape,
  q: text(MAX_QUERY_LENGTH).exactOptional().describe('The question to follow.'),
});

export function subscribeRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/subscribe',
    path: '/subscribe',
    summary: 'A page with the ways to be told of new papers.',
    input: subscribeInput,
    answer: async (request, { settings }) => {
      const { q, ...narrowing } = readQuery(subscribeInput, request);
      const state = q === undefined ? undefined : { ...narrowing, q };
      return htmlReply({
        title: `${STRINGS.subscribe.title} · ${STRINGS.name}`,
        ...{ assets, query: '', here: '/subscribe' },
        head: <FeedLinks feeds={feedsOf(state)} />,
        children: <SubscribePage state={state} site={siteOf(request, settings)} />,
      });
    },
  };
}
