/**
 * Papers as Markdown, for people and for language models. What comes out of a paper is escaped, and its sentences
 * stand in quotation blocks, so that a reader can tell them from what the server says.
 */
import { markdownText } from '../citations/markdown-text.ts';
import type { Paper } from '../paper/paper.ts';

const SHOWN_AUTHORS = 5;

export interface MarkdownItem {
  readonly paper: Paper;
  /** What is quoted of it. */
  readonly quote: string;
  /** Why it is here, where that is to be said. */
  readonly remark?: string;
}

export interface MarkdownList {
  readonly heading: string;
  /** How many there are beyond those listed. */
  readonly total: number;
  readonly first: number;
  readonly items: readonly MarkdownItem[];
}

/** One paper as a page of its own. */
export function paperPage(paper: Paper): string {
  const { id, published, venue, categories, doi, url, code, abstract, abstractBy } = paper;
  const facts = Object.entries({
    Authors: authorsOf(paper, Number.POSITIVE_INFINITY),
    Published: published,
    Venue: venue,
    Categories: categories.join(', '),
    Id: id,
    DOI: doi,
    Page: url,
    Code: code,
  });
  const lines = facts.flatMap(([name, value]) => (value ? `- ${name}: ${markdownText(value)}` : []));
  const by = abstractBy === undefined ? '' : ` (by ${markdownText(abstractBy)})`;
  const parts = [`# ${line(paper.title)}`, lines.join('\n')];
  if (abstract !== '') parts.push(`## Abstract${by}`, quoted(abstract));
  return `${parts.join('\n\n')}\n`;
}

/** Papers in their order, numbered from `first`. */
export function paperList({ heading, total, first, items }: MarkdownList): string {
  const last = first + items.length - 1;
  const range = items.length === 0 ? 'None are listed' : `${first} to ${last} are listed`;
  const entries = items.map((item, at) => entry(item, first + at));
  return `${[`# ${line(heading)}`, `${total} papers. ${range}.`, ...entries].join('\n\n')}\n`;
}

function entry({ paper, quote, remark }: MarkdownItem, number: number): string {
  const { title, id, published, venue } = paper;
  const facts = [authorsOf(paper, SHOWN_AUTHORS), published, venue].filter((fact) => fact !== undefined);
  const said = facts.filter((fact) => fact !== '').map(line);
  const about = [...said, `id ${line(id)}`, ...(remark ? [line(remark)] : [])].join(' · ');
  const head = `${number}. **${line(title)}**\n\n${about}`;
  const indent = ' '.repeat(`${number}. `.length);
  const text = quote === '' ? head : `${head}\n\n${quoted(quote)}`;
  return text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

function authorsOf({ authors, authorCount }: Paper, most: number): string {
  const shown = authors.slice(0, most);
  const others = Math.max(authorCount ?? 0, authors.length) - shown.length;
  return others > 0 ? `${shown.join(', ')} and ${others} more` : shown.join(', ');
}

function quoted(text: string): string {
  return `> ${line(text)}`;
}

/** On one line: a line feed would end the heading or the quotation. */
function line(text: string): string {
  return markdownText(text.replace(/\s+/g, ' ').trim());
}
