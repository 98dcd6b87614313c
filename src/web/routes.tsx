/** The pages as routes: each reads its address, asks the one search there is, and draws. */

import { z } from 'zod';
import type { Problem } from '../api/problem.ts';
import { readQuery } from '../api/read-input.ts';
import { requireReady } from '../api/readiness.ts';
import { nothing, searchInput } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { toNarrowing } from '../api/wire.ts';
import { DAILY_ORDERS } from '../discover/daily.ts';
import { MAX_LISTED } from '../discover/request.ts';
import { dayOfToday } from '../discover/today.ts';
import { FACET_FIELDS } from '../engine/facets.ts';
import { type Assets, assetRoute, loadAssets } from './assets.ts';
import { periodTitle, viewOf } from './day-address.ts';
import { DaysPage } from './days-page.tsx';
import { ErrorPage } from './error-page.tsx';
import { exampleQuestions } from './example-questions.ts';
import { FeedLinks, feedsOf } from './feed-links.tsx';
import { HomePage } from './home-page.tsx';
import { htmlReply } from './html.tsx';
import { keptOfSearch } from './kept-of-search.ts';
import { libraryFormRoutes } from './library-form-routes.ts';
import { libraryRoutes } from './library-route.tsx';
import { mapRoute } from './map-route.tsx';
import { paperRoute } from './paper-route.tsx';
import { keepingFor } from './reader.ts';
import { relatedRoutes } from './related-route.tsx';
import { SearchPage } from './search-page.tsx';
import { askToSignIn, signInRoutes } from './sign-in-route.tsx';
import { statusRoute } from './status-route.tsx';
import { STRINGS } from './strings.ts';
import { subscribeRoutes } from './subscribe-route.tsx';

const NEWEST_SHOWN = 10;
/** Titles that examples are taken from. */
const EXAMPLE_POOL = 60;
const FACET_VALUES = 8;

const daysInput = z.strictObject({
  date: z
    .string()
    .refine(
      (date) => viewOf(date) !== undefined,
      'must be a day, a week or a month: 2026-11-20, 2026-W47, 2026-11',
    )
    .exactOptional(),
  order: z.enum(DAILY_ORDERS).exactOptional(),
});

/** `folder` is what Vite built. */
export function webRoutes(folder: string): readonly Route[] {
  const assets = loadAssets(folder);
  const pages = [
    homeRoute(assets),
    searchRoute(assets),
    daysRoute(assets),
    ...relatedRoutes(assets),
    statusRoute(assets),
    ...subscribeRoutes(assets),
    mapRoute(assets),
    ...signInRoutes(assets),
    ...libraryRoutes(assets),
    ...libraryFormRoutes,
    paperRoute(assets),
  ];
  const problem: Route['problem'] = (failed, request) =>
    failed.status === 401 ? askToSignIn(failed, request, assets) : problemPage(failed, assets);
  return [assetRoute(assets), ...pages.map((route) => ({ ...route, problem }))];
}

function homeRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/',
    path: '/',
    summary: 'The page to begin with.',
    input: nothing,
    answer: async (request, context) => {
      const { engine } = context;
      const { docIds, total } = await engine.newest({ filter: {}, limit: EXAMPLE_POOL });
      const papers = (await engine.papers([...docIds])).filter((paper) => paper !== undefined);
      const newest = papers.slice(0, NEWEST_SHOWN);
      const parts = {
        papers: total,
        newest,
        kept: await keepingFor(request, context, newest),
        examples: exampleQuestions(papers),
      };
      const { name, tagline } = STRINGS;
      return htmlReply({ title: `${name}: ${tagline}`, assets, children: <HomePage {...parts} /> });
    },
  };
}

function searchRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/search',
    budget: 'search',
    path: '/search',
    summary: 'A page of papers for a question.',
    input: searchInput,
    answer: async (request, context, options) => {
      const { searcher, readiness } = context;
      requireReady(readiness);
      const state = readQuery(searchInput, request);
      const counted = { facets: FACET_FIELDS, facetLimit: FACET_VALUES };
      const answer = await searcher.search({ query: state.q, ...toNarrowing(state), ...counted }, options);
      const kept = await keptOfSearch(request, context, { answer, state });
      return htmlReply({
        title: STRINGS.search.titleOf(state.q),
        assets,
        query: state.q,
        head: <FeedLinks feeds={feedsOf(state)} />,
        children: <SearchPage answer={answer} state={state} kept={kept} />,
      });
    },
  };
}

function daysRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/papers',
    path: '/papers',
    summary: 'A page with the papers of a day, a week or a month.',
    input: daysInput,
    answer: async (request, context) => {
      const { lists, readiness } = context;
      requireReady(readiness);
      const { date: asked, order = 'votes' } = readQuery(daysInput, request);
      const list = await lists.daily({
        ...(asked !== undefined && { date: asked }),
        order,
        limit: MAX_LISTED,
      });
      const date = asked ?? list.to ?? dayOfToday();
      const view = viewOf(date) ?? 'day';
      const month = (list.from ?? date).slice(0, 7);
      const days = await lists.calendar({ from: month, to: month });
      const counts = new Map(days.map(({ day, count }) => [day, count]));
      const papers = list.hits.map(({ paper }) => paper);
      const kept = await keepingFor(request, context, papers);
      return htmlReply({
        title: STRINGS.days.title(periodTitle(date, view)),
        ...{ assets, query: '', here: '/papers' },
        head: <FeedLinks feeds={feedsOf(undefined)} />,
        children: <DaysPage {...{ list, date, view, order, counts, kept }} />,
      });
    },
  };
}

function problemPage(problem: Problem, assets: Assets) {
  const { title, status } = problem;
  return htmlReply({
    title: `${title} · ${STRINGS.name}`,
    assets,
    query: '',
    status,
    children: <ErrorPage problem={problem} />,
  });
}
