/** `/library` as routes that show: what is kept, and what is new for a saved search. */
import { z } from 'zod';
import { readQuery } from '../api/read-input.ts';
import { nothing } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import type { Assets } from './assets.ts';
import { htmlReply } from './html.tsx';
import { LibraryPage } from './library-page.tsx';
import { SHOWS, viewed } from './library-view.ts';
import { keepingOf, requireReader } from './reader.ts';
import { NewsPage } from './saved-searches.tsx';
import { STRINGS } from './strings.ts';

const MAX_TAG_LENGTH = 200;
const MAX_OFFSET = 100_000;

const libraryInput = z.strictObject({
  show: z
    .enum(SHOWS)
    .exactOptional()
    .describe('Papers to be read later, as at first, those that were read, or all.'),
  tag: z.string().max(MAX_TAG_LENGTH).exactOptional().describe('Papers with this tag and no others.'),
  offset: z.int().min(0).max(MAX_OFFSET).exactOptional().describe('How many to pass over.'),
});

export function libraryRoutes(assets: Assets): Route[] {
  return [libraryRoute(assets), newsRoute(assets)];
}

function libraryRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/library',
    path: '/library',
    summary: 'A page with what a reader keeps.',
    input: libraryInput,
    answer: async (request, context) => {
      const { show = 'later', ...rest } = readQuery(libraryInput, request);
      const view = { show, ...rest };
      const { owner, shelves } = await requireReader(request, context);
      const parts = viewed(await shelves.entries(owner), view);
      const searches = await shelves.searches(owner);
      const key = await context.access.signIns.keyOf(request);
      return htmlReply({
        title: `${STRINGS.library.title} · ${STRINGS.name}`,
        ...{ assets, query: '', here: '/library', isKept: false },
        children: <LibraryPage {...{ view, ...parts, searches, keyName: key?.name }} />,
      });
    },
  };
}

function newsRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/library/searches/{id}',
    path: '/library/searches/:id',
    budget: 'search',
    summary: 'A page with what is new for a saved search.',
    input: nothing,
    answer: async (request, context) => {
      readQuery(nothing, request);
      const reader = await requireReader(request, context);
      const looked = await reader.shelves.lastSeen(reader.owner, String(request.params.id));
      const ids = looked.hits.map(({ paper }) => paper.id);
      const keeping = (await keepingOf(request, reader, ids)) ?? { saved: new Map(), back: '/library' };
      return htmlReply({
        title: `${looked.search.name} · ${STRINGS.name}`,
        ...{ assets, query: '', here: '/library', isKept: false },
        children: <NewsPage looked={looked} keeping={keeping} />,
      });
    },
  };
}
