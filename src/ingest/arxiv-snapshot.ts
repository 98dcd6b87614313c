/**
 * The metadata snapshot of arXiv that Kaggle publishes as JSON Lines: one record a paper with all its versions.
 * Source: https://www.kaggle.com/datasets/Cornell-University/arxiv
 */
import type { RawPaper } from '../paper/raw-paper.ts';
import { parseJsonRow } from './parse-json-row.ts';

const PARENTHESIS = /\s*\([^()]*\)/g;

/** Whether a record is of this form rather than Pharos's own. */
export function isArxivRecord(record: RawPaper): boolean {
  return 'authors_parsed' in record || (Array.isArray(record.versions) && 'update_date' in record);
}

/** Throws ROW_INVALID when the line is not one JSON object. */
export function parseArxivRow(line: string): RawPaper {
  return fromArxivRecord(parseJsonRow(line));
}

/**
 * The paper was published with its first version and updated with its last. `update_date` is when the record was
 * touched, which a mere journal reference does, so it serves only where there are no versions.
 */
export function fromArxivRecord(record: RawPaper): RawPaper {
  const { id, title, abstract, doi, license, comments, versions, categories } = record;
  const history = Array.isArray(versions) ? versions.filter(isVersion) : [];
  const last = history.at(-1);
  return {
    id,
    title,
    abstract,
    authors: namesIn(record),
    categories: typeof categories === 'string' ? categories.trim().split(/\s+/) : categories,
    published: history[0]?.created,
    updated: last?.created ?? record.update_date,
    version: last?.version,
    venue: 'arXiv',
    url: typeof id === 'string' ? `https://arxiv.org/abs/${id.trim()}` : undefined,
    doi,
    comment: comments,
    journalRef: record['journal-ref'],
    license,
  };
}

function namesIn({ authors, authors_parsed: parsed }: RawPaper): unknown {
  if (Array.isArray(parsed) && parsed.length > 0) return parsed;
  return typeof authors === 'string' ? withoutAffiliations(authors) : authors;
}

/** `A. Author (1 and 2), B. Author (2) ((1) MIT, (2) CERN)` -> `A. Author, B. Author` */
function withoutAffiliations(authors: string): string {
  const flatter = authors.replace(PARENTHESIS, '');
  return flatter === authors ? authors : withoutAffiliations(flatter);
}

function isVersion(value: unknown): value is { readonly version?: unknown; readonly created?: unknown } {
  return typeof value === 'object' && value !== null;
}
