/** What browsers and crawlers look for: how to search here, what to suggest, and which pages there are. */
import { AppError } from '../fault/app-error.ts';
import {
  DESCRIPTION_ADDRESS,
  DESCRIPTION_TYPE,
  SUGGESTIONS_ADDRESS,
  SUGGESTIONS_TYPE,
  searchDescription,
} from '../feeds/search-description.ts';
import { partsOf, sitemapIndex, sitemapPart } from '../feeds/sitemap.ts';
import type { Suggestion } from '../search/suggest.ts';
import { readQuery } from './read-input.ts';
import { Reply } from './reply.ts';
import { nothing, suggestInput } from './request-schemas.ts';
import type { Route } from './route.ts';
import { siteOf } from './site-of.ts';

const SITEMAP_TYPE = 'application/xml; charset=utf-8';
const PART = /^([1-9]\d{0,5})\.xml$/;
/** Answers are without number, and each costs a search: crawlers are to take the pages of papers. */
const NOT_FOR_CRAWLERS = ['/api/', '/feeds/', '/opensearch/', '/search'];

export const browserRoutes: readonly Route[] = [
  {
    method: 'get',
    address: DESCRIPTION_ADDRESS,
    path: DESCRIPTION_ADDRESS,
    summary: 'What a browser needs to add Pharos to its search engines.',
    input: nothing,
    answer: async (request, { settings }) => {
      readQuery(nothing, request);
      return new Reply(searchDescription(siteOf(request, settings)), {
        type: `${DESCRIPTION_TYPE}; charset=utf-8`,
      });
    },
  },
  {
    method: 'get',
    address: SUGGESTIONS_ADDRESS,
    path: SUGGESTIONS_ADDRESS,
    summary: 'Suggestions in the form that browsers read.',
    input: suggestInput,
    answer: async (request, { searcher, settings }) => {
      const { q, limit } = readQuery(suggestInput, request);
      const { suggestions } = await searcher.suggest(q, limit === undefined ? {} : { limit });
      const body = [
        q,
        suggestions.map(({ text }) => text),
        suggestions.map(describe),
        suggestions.map(
          ({ text }) => `${siteOf(request, settings)}/search?${new URLSearchParams({ q: text })}`,
        ),
      ];
      return new Reply(JSON.stringify(body), { type: `${SUGGESTIONS_TYPE}; charset=utf-8` });
    },
  },
  {
    method: 'get',
    address: '/sitemap.xml',
    path: '/sitemap.xml',
    summary: 'The parts of the sitemap.',
    input: nothing,
    answer: async (request, { engine, settings }) => {
      readQuery(nothing, request);
      const parts = partsOf(await engine.lastDocId());
      return new Reply(sitemapIndex(siteOf(request, settings), parts), { type: SITEMAP_TYPE });
    },
  },
  {
    method: 'get',
    address: '/sitemaps/{part}.xml',
    path: '/sitemaps/:part',
    summary: 'The pages of at most 50,000 papers.',
    input: nothing,
    answer: async (request, { engine, settings }) => {
      readQuery(nothing, request);
      const lastDocId = await engine.lastDocId();
      const part = Number(PART.exec(String(request.params.part))?.[1] ?? 0);
      if (part < 1 || part > partsOf(lastDocId)) {
        throw new AppError('ROUTE_NOT_FOUND', { message: 'There is no such part of the sitemap.' });
      }
      return new Reply(sitemapPart(engine, siteOf(request, settings), { part, lastDocId }), {
        type: SITEMAP_TYPE,
      });
    },
  },
  {
    method: 'get',
    address: '/robots.txt',
    path: '/robots.txt',
    summary: 'What crawlers may read.',
    input: nothing,
    answer: async (request, { settings }) => {
      const rules = ['User-agent: *', ...NOT_FOR_CRAWLERS.map((path) => `Disallow: ${path}`)];
      const text = `${rules.join('\n')}\n\nSitemap: ${siteOf(request, settings)}/sitemap.xml\n`;
      return new Reply(text, { type: 'text/plain; charset=utf-8' });
    },
  },
];

function describe(suggestion: Suggestion): string {
  if (suggestion.kind === 'title') return 'paper';
  const { kind, papers } = suggestion;
  return `${kind}, ${papers} ${papers === 1 ? 'paper' : 'papers'}`;
}
