/**
 * A record as a source gives it, and the names under which its fields go there. Every format is brought to this
 * form and then normalised in one place.
 */

/** Keys in snake, camel or kebab case or with blanks, values of any kind. Unknown keys are passed over. */
export type RawPaper = Readonly<Record<string, unknown>>;

// Spelled without separators, in lower case. Earlier names win where a record has several that are not empty.
const NAMES = {
  id: ['id', 'paperid', 'arxivid'],
  title: ['title'],
  abstract: ['abstract', 'summary'],
  abstractBy: ['abstractby'],
  authors: ['authors', 'author'],
  authorCount: ['authorcount', 'numauthors'],
  published: ['published', 'publishedat', 'publicationdate', 'date'],
  year: ['year'],
  updated: ['updated', 'updatedat', 'updatedate'],
  categories: ['categories', 'category'],
  tags: ['tags'],
  venue: ['venue', 'journal'],
  url: ['url', 'link', 'pdf', 'pdfurl'],
  doi: ['doi'],
  code: ['code', 'codeurl', 'githubrepo'],
  comment: ['comment'],
  comments: ['comments', 'numcomments'],
  journalRef: ['journalref', 'booktitle'],
  license: ['license', 'licence'],
  language: ['language', 'lang'],
  version: ['version'],
  keywords: ['keywords', 'keyword', 'aikeywords'],
  upvotes: ['upvotes'],
} as const;

export type RawField = keyof typeof NAMES;
export type RawFields = Partial<Record<RawField, unknown>>;

interface Spelling {
  readonly field: RawField;
  readonly rank: number;
}

const SPELLINGS = new Map<string, Spelling>(
  (Object.keys(NAMES) as RawField[]).flatMap((field) =>
    NAMES[field].map((name, rank): [string, Spelling] => [name, { field, rank }]),
  ),
);
const SEPARATORS = /[\s_-]+/g;

/** The field that a key or a column header names, if any. */
export function fieldNamed(key: string): RawField | undefined {
  return spelling(key)?.field;
}

/** The values of the known fields. Null, the empty string and the empty list count as absent. */
export function rawFields(raw: RawPaper): RawFields {
  const fields: RawFields = {};
  const ranks: Partial<Record<RawField, number>> = {};
  for (const key of Object.keys(raw)) {
    const value = raw[key];
    const known = isGiven(value) ? spelling(key) : undefined;
    if (known && known.rank < (ranks[known.field] ?? Number.POSITIVE_INFINITY)) {
      fields[known.field] = value;
      ranks[known.field] = known.rank;
    }
  }
  return fields;
}

function spelling(key: string): Spelling | undefined {
  return SPELLINGS.get(key) ?? SPELLINGS.get(key.toLowerCase().replace(SEPARATORS, ''));
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value !== '' && value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}
