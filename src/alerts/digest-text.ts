/** A digest as plain text, for the mail readers and the people who prefer it. */
import type { Digest, DigestPaper } from './digest.ts';

export interface DigestLinks {
  /** Where the reader stops these mails; absent where the server has no address. */
  readonly unsubscribe?: string | undefined;
}

const COLUMNS = 76;
const MOST_AUTHORS = 5;

/** `2 new papers: graph networks`, in one line whatever the question holds; `25 trending papers` of a list. */
export function subjectOf({ alert, papers, part, parts }: Digest): string {
  const count = `${papers.length} ${alert.list ?? 'new'} paper${papers.length === 1 ? '' : 's'}`;
  const place = parts > 1 ? ` (${part} of ${parts})` : '';
  const about = alert.list === undefined ? `: ${alert.question}` : '';
  return `${count}${place}${about}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);
}

export function digestText(digest: Digest, links: DigestLinks): string {
  const papers = digest.papers.map((paper, at) => paperText(paper, at + 1)).join('\n\n');
  return `${wrapped(subjectOf(digest), '')}\n\n${papers}\n\n-- \n${footer(digest, links)}\n`;
}

export function bylineOf({ authors, authorCount, published, venue, id }: DigestPaper): string {
  const named = authors.slice(0, MOST_AUTHORS);
  const others = (authorCount ?? authors.length) - named.length;
  const people = named.join(', ') + (others > 0 ? ` and ${others} other${others === 1 ? '' : 's'}` : '');
  return [people, published, venue, id].filter(Boolean).join(' · ');
}

/** How the reader stops these mails without a link. */
export function stopHint({ alert }: Digest): string {
  return `pharos alert remove ${alert.id}`;
}

function paperText(paper: DigestPaper, number: number): string {
  const indent = '    ';
  const lines = [
    wrapped(paper.title, indent).replace(indent, `${number}.`.padEnd(indent.length)),
    wrapped(bylineOf(paper), indent),
    ...(paper.passage === null ? [] : [wrapped(paper.passage, indent)]),
    // An address that is broken into lines is none.
    ...(paper.url === undefined ? [] : [indent + paper.url]),
    ...(paper.similarity === null ? [] : [`${indent}similarity ${paper.similarity.toFixed(2)}`]),
  ];
  return lines.join('\n');
}

function footer(digest: Digest, { unsubscribe }: DigestLinks): string {
  const stop =
    unsubscribe === undefined ? `To stop: ${stopHint(digest)}` : `To stop these mails: ${unsubscribe}`;
  return `Sent by Pharos for the alert "${digest.alert.id}".\n${stop}`;
}

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/)) {
    if (line.trim() !== '' && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
