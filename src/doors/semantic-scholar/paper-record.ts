/**
 * A paper as the Academic Graph API puts it, with the fields that were asked for. What the corpus does not know is
 * null, or an empty list where the service gives lists; nothing is guessed and no count is zero for want of knowing.
 */
import { citationKeys } from '../../citations/citation-keys.ts';
import { citedWork } from '../../citations/cited-work.ts';
import { bibtexEntry } from '../../citations/write-bibtex.ts';
import { parseIdentifier } from '../../paper/identifier.ts';
import type { Paper } from '../../paper/paper.ts';
import type { Hit } from '../../search/answer.ts';
import { AUTHOR_FIELDS, asksFor, type PAPER_FIELDS } from './field-names.ts';
import { fieldsOfStudy } from './fields-of-study.ts';

type PaperField = (typeof PAPER_FIELDS)[number];
type Fields = ReadonlySet<string>;

const unknown = () => null;
const none = () => [];
const PUBMED_ID = /^pmid:(\d+)$/;

const VALUES: Readonly<Record<PaperField, (paper: Paper, fields: Fields) => unknown>> = {
  paperId: ({ id }) => id,
  // Theirs is a number, and nobody but they know it. What they take as `CorpusId:` may be our id all the same.
  corpusId: unknown,
  externalIds,
  url: ({ url }) => url ?? null,
  title: ({ title }) => title,
  abstract: ({ abstract }) => abstract || null,
  venue: ({ venue }) => venue ?? null,
  publicationVenue: ({ venue }) =>
    venue === undefined ? null : { id: null, name: venue, type: null, alternate_names: [], url: null },
  year: ({ published }) => (published === undefined ? null : Number(published.slice(0, 4))),
  referenceCount: unknown,
  citationCount: unknown,
  influentialCitationCount: unknown,
  isOpenAccess: (paper) => (openPdf(paper) === undefined ? null : true),
  openAccessPdf: (paper) => {
    const url = openPdf(paper);
    return url === undefined ? null : { url, status: null, license: paper.license ?? null, disclaimer: null };
  },
  fieldsOfStudy: (paper) => orNull(fieldsOfStudy(paper)),
  s2FieldsOfStudy: (paper) => fieldsOfStudy(paper).map((category) => ({ category, source: 'external' })),
  publicationTypes: unknown,
  // Their clients read whole dates only.
  publicationDate: ({ published }) => (published?.length === 10 ? published : null),
  journal: ({ journalRef }) =>
    journalRef === undefined ? null : { name: journalRef, volume: null, pages: null },
  citationStyles: (paper) => ({ bibtex: bibtexOf(paper) }),
  authors: (paper, fields) => authorRecords(paper, fields),
  citations: none,
  references: none,
  embedding: unknown,
  tldr: unknown,
  textAvailability: ({ abstract }) => (abstract === '' ? 'none' : 'abstract'),
};

/** `paperId` is always there. */
export function paperRecord(paper: Paper, fields: Fields): Record<string, unknown> {
  const names = (Object.keys(VALUES) as PaperField[]).filter((name) => asksFor(fields, name));
  return {
    paperId: paper.id,
    ...Object.fromEntries(names.map((name) => [name, VALUES[name](paper, fields)])),
  };
}

/** A paper that was found, with `score` and `match` where they are asked for. */
export function hitRecord({ paper, score, match }: Hit, fields: Fields): Record<string, unknown> {
  return {
    ...paperRecord(paper, fields),
    ...(fields.has('score') && { score }),
    ...(fields.has('match') && { match }),
  };
}

/** The people of a paper: their names are all that is known of them. `fields` may name them with `authors.` before. */
export function authorRecords({ authors }: Paper, fields: Fields): Record<string, unknown>[] {
  const asked = AUTHOR_FIELDS.filter((name) => fields.has(`authors.${name}`));
  return authors.map((name) => authorRecord(name, asked));
}

export function authorRecord(name: string, asked: readonly string[]): Record<string, unknown> {
  const values = asked.map((field) => [field, field === 'affiliations' || field === 'aliases' ? [] : null]);
  return { ...Object.fromEntries(values), authorId: null, name };
}

/** The place where a paper may be read by everybody, if its id tells one. */
export function openPdf({ id }: Pick<Paper, 'id'>): string | undefined {
  const named = parseIdentifier(id);
  if (named?.kind === 'arxiv') return `https://arxiv.org/pdf/${named.id}`;
  return named?.kind === 'acl' ? `https://aclanthology.org/${named.id}.pdf` : undefined;
}

function bibtexOf(paper: Paper): string {
  const { abstract: _, ...work } = citedWork(paper);
  return citationKeys([work])
    .map((key) => bibtexEntry(work, key))
    .join('');
}

/** By which clients tell which of the ids they asked for were found. */
function externalIds({ id, doi, url }: Paper): Record<string, string> {
  const named = [id, doi, url].flatMap((name) => (name === undefined ? [] : (parseIdentifier(name) ?? [])));
  const first = (kind: string) => named.find((identifier) => identifier.kind === kind)?.id;
  const [arxiv, acl, pubmed] = [first('arxiv'), first('acl'), PUBMED_ID.exec(id)?.[1]];
  const registered = arxiv === undefined ? undefined : `10.48550/arXiv.${arxiv}`;
  const ids = { ArXiv: arxiv, ACL: acl, DOI: doi ?? first('doi') ?? registered, PubMed: pubmed };
  return Object.fromEntries(
    Object.entries(ids).flatMap(([kind, value]) => (value === undefined ? [] : [[kind, value]])),
  );
}

function orNull<T>(values: readonly T[]): readonly T[] | null {
  return values.length > 0 ? values : null;
}
