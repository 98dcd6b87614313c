/**
 * A work as an item of CSL-JSON, which Zotero, pandoc and every citation processor read. Source of the names:
 * https://docs.citationstyles.org/en/stable/specification.html, appendix IV.
 */
import type { CitedWork } from './cited-work.ts';
import type { PersonName } from './person-name.ts';

export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly 'non-dropping-particle'?: string;
  readonly suffix?: string;
  readonly literal?: string;
}

export interface CslItem {
  /** The id of the paper. */
  readonly id: string;
  readonly 'citation-key': string;
  readonly type: string;
  readonly title: string;
  readonly author?: readonly CslName[];
  readonly issued?: { readonly 'date-parts': readonly [readonly number[]] };
  readonly [variable: string]: unknown;
}

const TYPES = { article: 'article-journal', inproceedings: 'paper-conference', misc: 'article' } as const;

/** Texts are as in the paper: CSL-JSON escapes nothing, and LaTeX in titles is LaTeX to its readers too. */
export function cslItem(work: CitedWork, key: string): CslItem {
  const { kind, id, title, authors, container, arxivId } = work;
  const server = container ?? (arxivId === undefined ? undefined : 'arXiv');
  const preprint = arxivId === undefined ? undefined : `arXiv:${arxivId}`;
  const variables: Readonly<Record<string, unknown>> = {
    author: authors.length === 0 ? undefined : authors.map(cslName),
    issued: issued(work),
    'container-title': kind === 'misc' ? undefined : container,
    publisher: kind === 'misc' ? server : undefined,
    volume: work.volume,
    issue: work.issue,
    page: work.pages,
    number: kind === 'misc' ? preprint : undefined,
    DOI: work.doi,
    URL: work.url,
    language: work.language,
    keyword: work.keywords.length === 0 ? undefined : work.keywords.join(', '),
    // Styles print the number of an article; there is no variable for the preprint of one.
    note: kind === 'misc' ? work.note : (preprint ?? work.note),
    abstract: work.abstract,
  };
  const known = Object.entries(variables).filter(([, value]) => value !== undefined);
  return { id, 'citation-key': key, type: TYPES[kind], title, ...Object.fromEntries(known) };
}

function cslName(name: PersonName): CslName {
  if ('whole' in name) return { literal: name.whole };
  const { family, given, particle, suffix } = name;
  return {
    family,
    ...(given !== '' && { given }),
    ...(particle !== '' && { 'non-dropping-particle': particle }),
    ...(suffix !== '' && { suffix }),
  };
}

function issued({ year, month, day }: CitedWork): CslItem['issued'] {
  if (year === undefined) return undefined;
  return { 'date-parts': [[year, month, day].filter((part) => part !== undefined).map(Number)] };
}
