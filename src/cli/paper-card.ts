/** One paper with everything that is known of it, to read. */
import type { Paper } from '../paper/paper.ts';
import type { ListOptions } from './hit-list.ts';
import { count, countOf, fields, paragraph } from './layout.ts';

export function renderPaper(paper: Paper, { width, palette }: ListOptions): string {
  const parts = [
    paragraph(palette.strong(paper.title), { width }),
    fields(knownFields(paper), { width, faint: palette.faint }),
  ];
  if (paper.abstract !== '') parts.push(paragraph(paper.abstract, { width }));
  return parts.join('\n\n');
}

function knownFields(paper: Paper): (readonly [name: string, value: string])[] {
  const all: (readonly [string, string | undefined])[] = [
    ['id', paper.id],
    ['authors', authors(paper)],
    ['published', paper.published],
    ['updated', paper.updated],
    ['version', paper.version === undefined ? undefined : String(paper.version)],
    ['venue', paper.venue],
    ['journal', paper.journalRef],
    ['categories', paper.categories.join(', ')],
    ['keywords', paper.keywords?.join(', ')],
    ['tags', paper.tags?.join(', ')],
    ['doi', paper.doi],
    ['url', paper.url],
    ['code', paper.code],
    ['comment', paper.comment],
    ['licence', paper.license],
    ['language', paper.language],
    ['upvotes', paper.upvotes === undefined ? undefined : count(paper.upvotes)],
    ['comments', paper.comments === undefined ? undefined : count(paper.comments)],
    ['abstract by', paper.abstractBy],
  ];
  return all.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function authors({ authors, authorCount = 0 }: Paper): string {
  const others = authorCount - authors.length;
  if (authors.length === 0) return others > 0 ? countOf(others, 'author') : '';
  return authors.join(', ') + (others > 0 ? ` and ${countOf(others, 'other')}` : '');
}
