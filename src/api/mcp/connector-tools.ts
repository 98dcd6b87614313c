/**
 * The pair that ChatGPT's connectors and deep research call, in exactly the form they expect: `search` takes one
 * `query`, `fetch` one `id`, and each answers one text that is JSON of the shapes in OpenAI's guide to MCP servers.
 */
import { z } from 'zod';
import type { Paper } from '../../paper/paper.ts';
import { name, searchInput } from '../request-schemas.ts';
import { requirePapers } from './named-papers.ts';
import { addressOf } from './paper-view.ts';
import { QUOTED_NOTICE, quoted, seen } from './quoted.ts';
import { defineTool } from './tool.ts';

const RESULTS = 10;

const search = defineTool({
  name: 'search',
  title: 'Search (for connectors)',
  description:
    'Finds research papers for a question; answers ids, titles and addresses, to be read with fetch. ' +
    'For filters, passages and pages use search_papers.',
  input: z.strictObject({ query: searchInput.shape.q }),
  answer: async ({ query }, { searcher }, options) => {
    const { hits } = await searcher.search({ query, limit: RESULTS }, options);
    return {
      results: hits.map(({ paper }) => ({ id: paper.id, title: seen(paper.title), url: addressOf(paper) })),
    };
  },
});

const fetch = defineTool({
  name: 'fetch',
  title: 'Fetch (for connectors)',
  description: 'The paper with this id: title, abstract, address and what else is known of it.',
  input: z.strictObject({ id: name.describe('As search gives it.') }),
  answer: async ({ id }, { engine }) => {
    const [paper] = await requirePapers(engine, [id], '/id');
    return paper && documentOf(paper);
  },
});

function documentOf(paper: Paper) {
  const { id, title, abstract } = paper;
  const body =
    abstract === '' ? 'The index holds no abstract of this paper.' : `Abstract: ${quoted(abstract)}`;
  return {
    id,
    title: seen(title),
    text: `${QUOTED_NOTICE}\n\n${body}`,
    url: addressOf(paper),
    metadata: metadataOf(paper),
  };
}

/** Texts only, since that is what the guide shows. */
function metadataOf({ authors, published, venue, categories, doi, code }: Paper): Record<string, string> {
  const known = {
    authors: authors.join(', '),
    published,
    venue,
    categories: categories.join(', '),
    ...{ doi, code },
  };
  const told = Object.entries(known).flatMap(([key, value]) => (value ? [[key, seen(value)] as const] : []));
  return Object.fromEntries(told);
}

export const connectorTools = [search, fetch];
