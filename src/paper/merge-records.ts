/**
 * One paper out of what several sources say of it: field by field from the source that knows it best. The result
 * depends on the records alone, never on the order in which they came. Why so: docs/decisions/provenance.md.
 */
import type { Paper, PartialDate } from './paper.ts';
import { compareIds } from './paper-names.ts';

/** What one source says of a paper under one id, its latest version only. */
export interface SourceRecord {
  /** The name of a service or a format: `arxiv`, `bibtex`. */
  readonly source: string;
  /** The day it was taken in; absent for what was stored before sources were kept. */
  readonly taken?: PartialDate;
  /** With the id under which the source has it, which need not be that of the paper it is merged into. */
  readonly paper: Paper;
}

/** Where a field of a merged paper comes from. */
export type FieldSource = Omit<SourceRecord, 'paper'>;

export interface MergedPaper {
  readonly paper: Paper;
  /** For every field that is there, its source; the id is everybody's. */
  readonly fields: Readonly<Partial<Record<keyof Paper, FieldSource>>>;
}

/** The source of papers that were stored before sources were kept. */
export const UNKNOWN_SOURCE = 'unknown';

/** Who is asked first, for what a paper says; services that hold the text before lists that people keep. */
const TEXT_ORDER =
  'arxiv acl pubmed crossref openalex s2 dblp hf-daily jsonl csv zotero zotero-rdf csl bibtex ris feed'.split(
    ' ',
  );
/** Who is asked first, for where it appeared. */
const PLACE_ORDER = 'crossref acl dblp pubmed openalex s2'.split(' ');

const ALONE = ['title', 'published', 'updated', 'categories', 'tags', 'venue', 'url', 'doi', 'code'] as const;
const ALSO_ALONE = [
  'comment',
  'journalRef',
  'license',
  'language',
  'version',
  'upvotes',
  'comments',
] as const;
/** What says something only together. */
const GROUPS: readonly (readonly [keyof Paper, ...(keyof Paper)[]])[] = [
  ['abstract', 'abstractBy'],
  ['authors', 'authorCount'],
  ...[...ALONE, ...ALSO_ALONE].map((field): [keyof Paper] => [field]),
];
const PLACES = new Set<keyof Paper>(['venue', 'doi', 'journalRef']);
const COUNTS = new Set<keyof Paper>(['upvotes', 'comments']);

/** All records are of the paper with this id, whatever their own; at least one, at most one a source and id. */
export function mergeRecords(id: string, records: readonly SourceRecord[]): MergedPaper {
  const merged: Record<string, unknown> = { id, title: '', abstract: '', authors: [], categories: [] };
  const fields: Partial<Record<keyof Paper, FieldSource>> = {};
  for (const group of GROUPS) {
    const best = bestFor(group[0], records);
    if (best === undefined) continue;
    const { paper, ...source } = best;
    for (const field of group) {
      if (paper[field] === undefined) continue;
      merged[field] = paper[field];
      fields[field] = source;
    }
  }
  const [only, ...others] = records;
  // The paper itself, to the byte: a store need not keep it twice.
  const isWhole = only !== undefined && others.length === 0 && only.paper.id === id;
  const paper = isWhole ? only.paper : (merged as unknown as Paper);
  return { paper, fields };
}

function bestFor(field: keyof Paper, records: readonly SourceRecord[]): SourceRecord | undefined {
  const known = records.filter(({ paper }) => isGiven(paper[field]));
  const ranked = known.toSorted(
    (a, b) => worth(field, a, b) || rank(field, a) - rank(field, b) || compareRecords(a, b),
  );
  return field === 'published' || field === 'updated' ? mostExact(field, ranked) : ranked[0];
}

/** By source, then by the id under which the source has it. */
export function compareRecords(a: SourceRecord, b: SourceRecord): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return compareIds(a.paper.id, b.paper.id);
}

function isGiven(value: Paper[keyof Paper]): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** What outweighs the rank of a source: the authors' own abstract, a real venue, a fresh count. */
function worth(field: keyof Paper, a: SourceRecord, b: SourceRecord): number {
  if (field === 'abstract')
    return Number(a.paper.abstractBy !== undefined) - Number(b.paper.abstractBy !== undefined);
  if (field === 'venue') return Number(isPreprint(a.paper)) - Number(isPreprint(b.paper));
  if (COUNTS.has(field)) return (b.taken ?? '').localeCompare(a.taken ?? '');
  return 0;
}

function isPreprint({ venue }: Paper): boolean {
  return venue === 'arXiv';
}

function rank(field: keyof Paper, { source }: SourceRecord): number {
  const place = PLACES.has(field) ? PLACE_ORDER.indexOf(source) : -1;
  if (place >= 0) return place;
  const text = TEXT_ORDER.indexOf(source);
  if (text >= 0) return PLACE_ORDER.length + text;
  // A source nobody has placed comes after those that are, and what has no source at all last.
  return PLACE_ORDER.length + TEXT_ORDER.length + Number(source === UNKNOWN_SOURCE);
}

/** `2017-06-12` says what `2017` says and more, whoever says it. */
function mostExact(
  field: 'published' | 'updated',
  ranked: readonly SourceRecord[],
): SourceRecord | undefined {
  let [best] = ranked;
  for (const record of ranked) {
    const [date, known] = [record.paper[field] ?? '', best?.paper[field] ?? ''];
    if (date.length > known.length && date.startsWith(known)) best = record;
  }
  return best;
}
