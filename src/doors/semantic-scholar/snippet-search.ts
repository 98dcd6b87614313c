/** Snippets: the passages of hits, word for word, with the place in the abstract where they stand. */
import { z } from 'zod';
import { bothFilters, type Filter } from '../../engine/filter.ts';
import type { Hit } from '../../search/answer.ts';
import { type DoorContext, getRoute } from '../door.ts';
import { count, question, text } from '../door-schemas.ts';
import { firstHits } from '../first-hits.ts';
import { asksFor, ofSnippet, readFields } from './field-names.ts';
import { NOTHING, namesIn, narrowingFilter, narrowingParameters } from './narrowing.ts';
import { openPdf } from './paper-record.ts';
import { referencedPaper } from './paper-reference.ts';

const DEFAULT_SNIPPETS = 10;
const MOST_SNIPPETS = 1_000;
const MOST_PAPERS = 100;
const MOST_AUTHORS = 10;
/** What shows that a passage was cut. */
const ELLIPSES = /^…|…$/g;

const atMost = (most: number, description: string) =>
  text(description)
    .refine((value) => namesIn(value).length <= most, `must hold at most ${most} values`)
    .exactOptional();

const { publicationTypes: _types, openAccessPdf: _open, ...narrowing } = narrowingParameters;

const input = z.strictObject({
  query: question,
  limit: count(MOST_SNIPPETS, 'How many snippets.').exactOptional(),
  fields: text('Which parts of a snippet, with commas between them.').exactOptional(),
  paperIds: atMost(MOST_PAPERS, 'Only of these papers.'),
  authors: atMost(MOST_AUTHORS, 'Only of papers by all of these people.'),
  ...narrowing,
});

export const snippetRoute = getRoute({
  address: '/graph/v1/snippet/search',
  path: '/graph/v1/snippet/search',
  summary: 'Passages for a question, for clients of Semantic Scholar.',
  input,
  answer: async ({ input }, context, options) => {
    const { query, limit = DEFAULT_SNIPPETS } = input;
    const fields = readFields(input.fields, ofSnippet, [...ofSnippet]);
    const filter = bothFilters(narrowingFilter(input), await peopleAndPapers(input, context));
    const hits = await firstHits(limit, (page) =>
      context.searcher.search({ query, filter, ...page }, options),
    );
    return { data: hits.map((hit) => snippetMatch(hit, fields)), retrievalVersion: 'pharos-hybrid' };
  },
});

async function peopleAndPapers(
  { paperIds, authors }: z.infer<typeof input>,
  context: DoorContext,
): Promise<Filter> {
  const all: Filter[] = namesIn(authors ?? '').map((author) => ({ authors: [author] }));
  if (paperIds !== undefined) {
    const papers = await Promise.all(namesIn(paperIds).map((id) => referencedPaper(context, id)));
    const ids = papers.flatMap((paper) => (paper ? [paper.id] : []));
    all.push(ids.length > 0 ? { ids } : NOTHING);
  }
  return all.length > 0 ? { all } : {};
}

function snippetMatch({ paper, match, score }: Hit, fields: ReadonlySet<string>) {
  const { id, title, authors, license } = paper;
  const isOpen = openPdf(paper) !== undefined;
  return {
    snippet: snippetOf({ paper, match }, fields),
    score,
    paper: {
      // The only id that there is a place for; `CorpusId:` takes it back.
      corpusId: id,
      title,
      authors,
      openAccessInfo: isOpen ? { license: license ?? null, status: null, disclaimer: null } : null,
    },
  };
}

/** The title where there is no abstract. */
function snippetOf({ paper, match }: Pick<Hit, 'paper' | 'match'>, fields: ReadonlySet<string>) {
  const quoted = match.passage?.text.replace(ELLIPSES, '') ?? '';
  const words = quoted === '' ? paper.title : quoted;
  const start = quoted === '' ? 0 : paper.abstract.indexOf(quoted);
  const annotations = {
    ...(asksForPart(fields, 'sentences') && { sentences: [{ start: 0, end: words.length }] }),
    ...(asksForPart(fields, 'refMentions') && { refMentions: [] }),
  };
  const snippet = {
    text: words,
    snippetKind: quoted === '' ? 'title' : 'abstract',
    section: null,
    snippetOffset: start < 0 ? null : { start, end: start + words.length },
    annotations,
  };
  return Object.fromEntries(Object.entries(snippet).filter(([part]) => asksFor(fields, `snippet.${part}`)));
}

function asksForPart(fields: ReadonlySet<string>, part: string): boolean {
  return fields.has(`snippet.annotations.${part}`) || fields.has('snippet.annotations');
}
