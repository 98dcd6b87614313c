/** What the fields of a tagged record make of a paper, whichever dialect they were written in. */
import { parseDoi } from '../paper/doi.ts';
import type { RawPaper } from '../paper/raw-paper.ts';
import { looseDate } from './loose-date.ts';
import { arxivIdIn, journalReference } from './named-ids.ts';

export type TaggedField =
  | 'title'
  | 'abstract'
  | 'authors'
  | 'date'
  | 'year'
  | 'month'
  | 'venue'
  | 'doi'
  | 'url'
  | 'tags'
  | 'note'
  | 'volume'
  | 'issue'
  | 'pages'
  | 'firstPage'
  | 'lastPage'
  | 'language'
  | 'pubmed'
  | 'remarks';

/** The tags of each field, the best first. */
export type TaggedFields = Partial<Readonly<Record<TaggedField, readonly string[]>>>;

/** PubMed marks which of a paper's numbers is the DOI: `10.1000/1 [doi]`. */
const KIND = /\s*\[[a-z]+\]\s*$/i;

export function toRawPaper(values: ReadonlyMap<string, readonly string[]>, fields: TaggedFields): RawPaper {
  const all = (field: TaggedField) =>
    (fields[field] ?? []).flatMap((tag) => values.get(tag) ?? []).filter(Boolean);
  const first = (field: TaggedField) => all(field)[0];
  const list = (field: TaggedField) =>
    (fields[field] ?? []).map((tag) => values.get(tag) ?? []).find(({ length }) => length > 0) ?? [];
  const [firstPage, lastPage] = [first('firstPage'), first('lastPage')];
  const arxiv = arxivIdIn(...all('url'), ...all('remarks'), ...all('doi'));
  const doi = all('doi')
    .map((value) => parseDoi(value.replace(KIND, '')))
    .find(Boolean);
  const pubmed = first('pubmed');
  const journal = first('venue');
  return {
    id: arxiv ?? doi ?? (pubmed === undefined ? undefined : `pmid:${pubmed}`),
    title: first('title'),
    abstract: list('abstract').join(' '),
    authors: list('authors').map(spokenName),
    published: looseDate({ date: first('date'), year: first('year'), month: first('month') }),
    venue: journal,
    url: all('url').find((address) => /^https?:/i.test(address)) ?? pubmedAddress(pubmed),
    doi,
    tags: all('tags').flatMap((tag) => tag.split(/\s*;\s*/)),
    comment: first('note'),
    language: first('language'),
    journalRef: journalReference({
      journal,
      volume: first('volume'),
      issue: first('issue'),
      pages: first('pages') ?? (lastPage === undefined ? firstPage : `${firstPage ?? ''}-${lastPage}`),
    }),
  };
}

function pubmedAddress(id: string | undefined): string | undefined {
  return id === undefined ? undefined : `https://pubmed.ncbi.nlm.nih.gov/${id}/`;
}

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/** `King, Martin L., Jr.` as people say it; some write the suffix second. EndNote ends an organisation with a comma. */
function spokenName(name: string): string {
  const [last = '', second = '', third = ''] = name.split(',').map((part) => part.trim());
  const parts = SUFFIX.test(second) ? [third, last, second] : [second, last, third];
  return parts.filter((part) => part !== '').join(' ');
}
