/**
 * Answers in the form of arXiv's own: Atom with the numbers of OpenSearch and the elements of arXiv's schema.
 * Source: https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned
 */
import { type Feed, type FeedEntry, type Instant, UNKNOWN_INSTANT } from '../../feeds/feed.ts';
import { paperEntry } from '../../feeds/paper-entry.ts';
import { element, textElement, type XmlElement } from '../../feeds/xml.ts';
import { parseArxivId } from '../../paper/arxiv-id.ts';
import type { Paper } from '../../paper/paper.ts';
import type { ArxivSlice } from './ask.ts';

export interface ArxivFeedOptions {
  /** Where the server is reached, without a slash at its end. */
  readonly site: string;
  /** The address asked for, path and query string. */
  readonly address: string;
  /** What tells the question from others. */
  readonly id: string;
  readonly start: number;
  readonly count: number;
  readonly now: Instant;
}

/** By this host clients cut the short id out of an entry's. */
const ABSTRACTS = 'http://arxiv.org/abs/';
const SCHEMA = 'http://arxiv.org/schemas/atom';
const NAMESPACES = { opensearch: 'http://a9.com/-/spec/opensearch/1.1/', arxiv: SCHEMA };
/** Where a message is cut. */
const HALF_CHARACTER = /\p{Surrogate}/gu;
const ERRORS = 'http://arxiv.org/api/errors#';

export function arxivFeed({ total, papers }: ArxivSlice, options: ArxivFeedOptions): Feed {
  const { site, address, id, start, count, now } = options;
  return {
    id,
    title: `arXiv Query: ${decoded(address.replace(/^[^?]*\??/, ''))}`,
    updated: now,
    links: [
      { href: `${site}${address}`, rel: 'self', type: 'application/atom+xml' },
      { href: `${site}/opensearch.xml`, rel: 'search', type: 'application/opensearchdescription+xml' },
    ],
    author: 'Pharos',
    namespaces: NAMESPACES,
    extensions: numbers({ total, start, count }),
    entries: papers.map((paper) => arxivEntry(paper, site)),
  };
}

/** The error as the one entry, which is where clients look for it. */
export function arxivErrorFeed(message: string, now: Instant): Feed {
  const id = `${ERRORS}${encodeURIComponent(message.replace(/\s+/g, '_').slice(0, 200).replace(HALF_CHARACTER, ''))}`;
  const entry: FeedEntry = {
    id,
    title: 'Error',
    links: [{ href: id, rel: 'alternate', type: 'text/html' }],
    updated: now,
    summary: message,
    authors: ['arXiv api core'],
    categories: [],
  };
  return {
    id: ERRORS,
    title: 'arXiv Search Results',
    updated: now,
    links: [],
    author: 'Pharos',
    namespaces: NAMESPACES,
    extensions: numbers({ total: 1, start: 0, count: 1 }),
    entries: [entry],
  };
}

/** Clients pass over entries without a date, so a paper that has none is given the unknown one. */
function arxivEntry(paper: Paper, site: string): FeedEntry {
  const entry = paperEntry(paper, site);
  const { comment, journalRef, doi, categories } = paper;
  const [primary] = categories;
  const extensions = [
    ...(comment === undefined ? [] : [textElement('arxiv:comment', comment)]),
    ...(journalRef === undefined ? [] : [textElement('arxiv:journal_ref', journalRef)]),
    ...(doi === undefined ? [] : [textElement('arxiv:doi', doi)]),
    ...(primary === undefined ? [] : [element('arxiv:primary_category', { term: primary })]),
  ];
  return {
    ...entry,
    ...versioned(entry, paper),
    published: entry.published ?? UNKNOWN_INSTANT,
    categories: categories.map((term) => ({ term, scheme: SCHEMA })),
    extensions,
  };
}

/** Only papers of arXiv have versions in their ids; all others keep what names them. */
function versioned({ id, links }: FeedEntry, paper: Paper): Pick<FeedEntry, 'id' | 'links'> {
  if (parseArxivId(paper.id)?.id !== paper.id) return { id, links };
  const name = `${paper.id}v${paper.version ?? 1}`;
  return {
    id: `${ABSTRACTS}${name}`,
    links: links.map((link) =>
      link.rel === 'alternate'
        ? { ...link, href: `https://arxiv.org/abs/${name}` }
        : { ...link, href: `https://arxiv.org/pdf/${name}` },
    ),
  };
}

function numbers(of: {
  readonly total: number;
  readonly start: number;
  readonly count: number;
}): XmlElement[] {
  return [
    textElement('opensearch:itemsPerPage', String(of.count)),
    textElement('opensearch:totalResults', String(of.total)),
    textElement('opensearch:startIndex', String(of.start)),
  ];
}

/** For people to read; what cannot be decoded stands as it is. */
function decoded(queryString: string): string {
  try {
    return decodeURIComponent(queryString.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return queryString;
    throw error;
  }
}
