/**
 * BibTeX that classic BibTeX and BibLaTeX both read: one entry a work, preprints as `@misc` with `eprint`. Written by
 * hand because every field is to parse back to what it was; docs/decisions/citations.md tells what was tried.
 */
import { parseDoi } from '../paper/doi.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import type { CitedWork } from './cited-work.ts';
import { escapeProse, escapeText, escapeTitle } from './latex-escape.ts';
import type { PersonName } from './person-name.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const CONTAINER = { article: 'journal', inproceedings: 'booktitle', misc: 'howpublished' } as const;

/**
 * One entry, which ends in a line feed. Ids and addresses are verbatim; braces, backslashes and quotation marks in
 * them are percent-encoded. `pharosid` is there only when no other field tells the id.
 */
export function bibtexEntry(work: CitedWork, key: string): string {
  const { kind, title, authors, month, arxivId, primaryClass, pages } = work;
  const text = (value: string | undefined) => (value === undefined ? undefined : `{${escapeText(value)}}`);
  const verbatim = (value: string | undefined) => (value === undefined ? undefined : `{${encoded(value)}}`);
  const names = authors.map(bibtexName);
  if (work.hasMoreAuthors && names.length > 0) names.push('others');
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['title', `{${escapeTitle(title)}}`],
    ['author', names.length === 0 ? undefined : `{${names.join(' and ')}}`],
    [CONTAINER[kind], text(work.container)],
    ['volume', text(work.volume)],
    ['number', text(work.issue)],
    ['pages', pages === undefined ? undefined : `{${pages.replace(/\s?[-–]+\s?/, '--')}}`],
    ['year', text(work.year)],
    ['month', month === undefined ? undefined : MONTHS[month - 1]],
    ['day', work.day === undefined ? undefined : String(work.day)],
    ['eprint', verbatim(arxivId)],
    ['archivePrefix', arxivId === undefined ? undefined : '{arXiv}'],
    ['primaryClass', verbatim(primaryClass)],
    ['doi', verbatim(work.doi)],
    ['url', verbatim(work.url)],
    ['language', text(work.language)],
    ['keywords', work.keywords.length === 0 ? undefined : text(work.keywords.join(', '))],
    ['note', text(work.note)],
    ['abstract', work.abstract === undefined ? undefined : `{${escapeProse(work.abstract)}}`],
    ['pharosid', told(work) ? undefined : verbatim(work.id)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value}`]));
  return `@${kind}{${key},\n${lines.join(',\n')}\n}\n`;
}

/** `von Last, Jr, First`, so that nobody has to find the family name again; whole names in braces. */
function bibtexName(name: PersonName): string {
  if ('whole' in name) return `{${escapeText(name.whole)}}`;
  const { family, given, particle, suffix } = name;
  const last = [particle, family].filter((part) => part !== '').join(' ');
  return [last, suffix, given]
    .filter((part) => part !== '')
    .map(escapeText)
    .join(', ');
}

function encoded(value: string): string {
  return value.replace(/[{}\\"]/g, encodeURIComponent);
}

/** Whether the number, the address or the DOI says what the id is. */
function told({ id, arxivId, url, doi }: CitedWork): boolean {
  const named = arxivId ?? (url && parseIdentifier(encoded(url))?.id) ?? (doi && parseDoi(encoded(doi)));
  return named === id;
}
