/**
 * The forms in which papers are answered, one entry each: its media type, the names it goes by in an Accept header, and
 * what writes it. A new form is a new entry; the schemas, the description of the API and the routes read this table.
 */
import { z } from 'zod';
import { CITATION_MEDIA, type CitationFormat } from '../citations/citation-formats.ts';
import { citePapers } from '../citations/cite-papers.ts';
import { toAtom } from '../feeds/atom.ts';
import { FEED_TYPES } from '../feeds/feed.ts';
import { paperFeed } from '../feeds/paper-feed.ts';
import type { Paper } from '../paper/paper.ts';
import { cslBody } from './answer-schemas.ts';
import { type CsvRow, writeCsv } from './write-csv.ts';
import { paperList, paperPage } from './write-markdown.ts';

export const LIST_FORMATS = ['json', 'ndjson', 'csv', 'bibtex', 'ris', 'csl', 'atom', 'md'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** What is to be written. */
export interface PaperList {
  /** The whole answer as JSON. */
  readonly body: unknown;
  /** Its elements as JSON, in their order: hits or papers, without the fields that were not asked for. */
  readonly elements: readonly unknown[];
  readonly rows: readonly ListRow[];
  /** The question, or what else a heading can say; undefined where a single paper is the answer. */
  readonly heading: string | undefined;
  readonly total: number;
  readonly fields: readonly string[] | undefined;
  /** Where the server is reached, without a slash at its end. */
  readonly site: string;
  /** What was asked: path and parameters. */
  readonly address: string;
  /** The same of the next page, where there is one. */
  readonly next?: string;
}

export interface ListRow extends CsvRow {
  /** The best sentence of a hit. */
  readonly passage?: string;
  /** What else to say of it to a reader. */
  readonly remark?: string;
}

export interface FormatEntry {
  /** Content-Type. */
  readonly type: string;
  /** Media types of an Accept header that mean it; the first is its own. */
  readonly accepted: readonly string[];
  /** Whether an answer may lack fields that were not asked for. */
  readonly isSparse: boolean;
  readonly write: (list: PaperList) => string | Promise<string>;
}

const UTF8 = '; charset=utf-8';

export const FORMATS: Readonly<Record<ListFormat, FormatEntry>> = {
  json: {
    type: `application/json${UTF8}`,
    accepted: ['application/json'],
    isSparse: true,
    write: ({ body }) => JSON.stringify(body),
  },
  ndjson: {
    type: `application/x-ndjson${UTF8}`,
    accepted: ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
    isSparse: true,
    write: ({ elements }) => elements.map((element) => `${JSON.stringify(element)}\n`).join(''),
  },
  csv: {
    type: `text/csv${UTF8}; header=present`,
    accepted: ['text/csv'],
    isSparse: true,
    write: ({ rows, fields }) => writeCsv(rows, fields),
  },
  bibtex: citation('bibtex', ['text/x-bibtex']),
  ris: citation('ris', []),
  csl: citation('csl', []),
  atom: {
    type: FEED_TYPES.atom,
    accepted: ['application/atom+xml'],
    isSparse: false,
    write: toFeed,
  },
  md: {
    type: `text/markdown${UTF8}`,
    accepted: ['text/markdown'],
    isSparse: false,
    write: toMarkdown,
  },
};

/** What the forms beside JSON hold, by their media types. */
export const OTHER_ANSWERS: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  LIST_FORMATS.filter((name) => name !== 'json').map((name) => [
    FORMATS[name].accepted[0] ?? '',
    name === 'csl' ? cslBody : z.string(),
  ]),
);

function citation(format: CitationFormat, alsoAccepted: readonly string[]): FormatEntry {
  const type = CITATION_MEDIA[format];
  return {
    type,
    accepted: [type.replace(/;.*/, ''), ...alsoAccepted],
    isSparse: false,
    write: ({ rows }) => citePapers(papersOf(rows), { format }),
  };
}

function papersOf(rows: readonly ListRow[]): Paper[] {
  return rows.map(({ paper }) => paper);
}

/** One whose id is its address, since it is what was asked here; `/feeds/` has those that readers subscribe to. */
function toFeed({ rows, heading, site, address, next }: PaperList): string {
  const self = `${site}${address}`;
  const links = [
    { href: self, rel: 'self', type: 'application/atom+xml' },
    { href: `${site}/docs/api`, rel: 'alternate', type: 'text/html' },
    ...(next === undefined ? [] : [{ href: `${site}${next}`, rel: 'next', type: 'application/atom+xml' }]),
  ];
  const title = heading ?? rows[0]?.paper.title ?? 'Papers';
  return toAtom(paperFeed(papersOf(rows), { id: self, title, links, site }));
}

function toMarkdown({ rows, heading, total }: PaperList): string {
  const [only] = rows;
  if (heading === undefined) return only === undefined ? '' : paperPage(only.paper);
  const items = rows.map(({ paper, passage = paper.abstract, remark }) => ({
    ...{ paper, quote: passage },
    ...(remark !== undefined && { remark }),
  }));
  return paperList({ heading, total, first: only?.rank ?? 1, items });
}
