/** The pages as routes: each reads its address, asks the one search there is, and draws. */
import { idOf, requirePaper } from '../api/find-paper.ts';
import type { Problem } from '../api/problem.ts';
import { readQuery } from '../api/read-input.ts';
import { requireReady } from '../api/readiness.ts';
import { nothing, searchInput } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { toNarrowing } from '../api/wire.ts';
import { FACET_FIELDS } from '../engine/facets.ts';
import { type Assets, assetRoute, loadAssets } from './assets.ts';
import { ErrorPage } from './error-page.tsx';
import { exampleQuestions } from './example-questions.ts';
import { HomePage } from './home-page.tsx';
import { htmlReply } from './html.tsx';
import { PaperPage } from './paper-page.tsx';
import { ScholarMeta } from './scholar-meta.tsx';
import { SearchPage } from './search-page.tsx';
import { STRINGS } from './strings.ts';

const NEWEST_SHOWN = 10;
/** Titles that examples are taken from. */
const EXAMPLE_POOL = 60;
const RELATED_SHOWN = 10;
const FACET_VALUES = 8;

/** `folder` is what Vite built. */
export function webRoutes(folder: string): readonly Route[] {
  const assets = loadAssets(folder);
  const pages = [homeRoute(assets), searchRoute(assets), paperRoute(assets)];
  const problem = (failed: Problem) => problemPage(failed, assets);
  return [assetRoute(assets), ...pages.map((route) => ({ ...route, problem }))];
}

function homeRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/',
    path: '/',
    summary: 'The page to begin with.',
    input: nothing,
    answer: async (_request, { engine }) => {
      const { docIds, total } = await engine.newest({ filter: {}, limit: EXAMPLE_POOL });
      const papers = (await engine.papers([...docIds])).filter((paper) => paper !== undefined);
      const parts = {
        papers: total,
        newest: papers.slice(0, NEWEST_SHOWN),
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
    path: '/search',
    summary: 'A page of papers for a question.',
    input: searchInput,
    answer: async (request, { searcher, readiness }, options) => {
      requireReady(readiness);
      const state = readQuery(searchInput, request);
      const counted = { facets: FACET_FIELDS, facetLimit: FACET_VALUES };
      const answer = await searcher.search({ query: state.q, ...toNarrowing(state), ...counted }, options);
      return htmlReply({
        title: STRINGS.search.titleOf(state.q),
        assets,
        query: state.q,
        children: <SearchPage answer={answer} state={state} />,
      });
    },
  };
}

function paperRoute(assets: Assets): Route {
  return {
    method: 'get',
    address: '/papers/{id}',
    path: '/papers/*id',
    summary: 'The page of one paper.',
    input: nothing,
    answer: async (request, { engine, searcher }, options) => {
      const paper = await requirePaper(engine, idOf(request));
      const { hits } = await searcher.related({ positive: [paper.id], limit: RELATED_SHOWN }, options);
      return htmlReply({
        title: `${paper.title} · ${STRINGS.name}`,
        description: paper.abstract.slice(0, 300),
        assets,
        query: '',
        head: <ScholarMeta paper={paper} />,
        children: <PaperPage paper={paper} related={hits} />,
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
