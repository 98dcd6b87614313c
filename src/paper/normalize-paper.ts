/**
 * Makes a Paper of a record, whatever format it came from: the only place where a Paper is made.
 * Title, abstract, id and dates must be right or the row is refused. An optional field that makes no sense (a
 * negative count, an address that is none, a name of a thousand letters) is left out: it must not cost the paper.
 */
import { hash } from 'node:crypto';
import { AppError } from '../fault/app-error.ts';
import { authorNames } from './author-names.ts';
import { categoryList } from './category-list.ts';
import { parseDoi } from './doi.ts';
import { type Identifier, parseIdentifier } from './identifier.ts';
import { printLetters } from './latex-letters.ts';
import { oneLine } from './normalize-text.ts';
import type { Paper, PaperId, PartialDate } from './paper.ts';
import { parseDate } from './parse-date.ts';
import { type RawField, type RawFields, type RawPaper, rawFields } from './raw-paper.ts';
import { familyNames } from './same-work.ts';
import { titleKey } from './title-key.ts';
import { webAddress } from './web-address.ts';
import { versionNumber, wholeNumber } from './whole-number.ts';

/** Lengths in UTF-16 units, after normalising. */
export const MAX_TITLE_LENGTH = 2_000;
export const MAX_ABSTRACT_LENGTH = 100_000;
export const MAX_ID_LENGTH = 512;

const MAX_KEYWORDS = 100;
const MAX_LINE_LENGTH = 2_000;
/** More are the index of a book. */
const MAX_TAGS = 200;
const HASH_LENGTH = 16;
const BLANK_OR_INVISIBLE = /[\s\p{C}]/u;

/**
 * Idempotent: a Paper comes back as it is. Throws ROW_INVALID naming the field.
 *
 * The id is the one given, else what the address or the DOI names, else `title:` and a hash of the title and the
 * family name of the first author.
 * arXiv ids, DOIs and ACL ids become canonical, with the version in `version`; any other id is kept.
 */
export function normalizePaper(raw: RawPaper): Paper {
  const fields = rawFields(raw);
  const title = requiredTitle(fields);
  const name = namedBy(fields);
  const authors = authorNames(fields.authors);
  return given({
    id: name?.id ?? otherId(fields) ?? idOfTitle(title, authors),
    title,
    abstract: abstractOf(fields),
    abstractBy: line(fields.abstractBy),
    authors,
    authorCount: unlistedCount(fields, authors),
    published: dateOf(fields, 'published') ?? dateOf(fields, 'year'),
    updated: dateOf(fields, 'updated'),
    categories: categoryList(fields.categories),
    tags: tagsOf(fields.tags),
    venue: line(fields.venue),
    url: webAddress(fields.url),
    doi: doiOf(fields.doi) ?? (name?.kind === 'doi' ? name.id : undefined),
    code: webAddress(fields.code),
    comment: line(fields.comment) ?? commentInCount(fields),
    journalRef: line(fields.journalRef),
    license: line(fields.license),
    language: line(fields.language),
    version: versionNumber(fields.version) ?? name?.version,
    keywords: keywordList(fields.keywords),
    upvotes: wholeNumber(fields.upvotes),
    comments: wholeNumber(fields.comments),
  });
}

function requiredTitle({ title }: RawFields): string {
  if (title === undefined) throw invalid('title', 'The title is missing');
  const text = prose('title', title);
  if (text === '') throw invalid('title', 'The title is empty');
  if (text.length > MAX_TITLE_LENGTH) throw tooLong('title', text.length, MAX_TITLE_LENGTH);
  return text;
}

function abstractOf({ abstract }: RawFields): string {
  const text = abstract === undefined ? '' : prose('abstract', abstract);
  if (text.length > MAX_ABSTRACT_LENGTH) throw tooLong('abstract', text.length, MAX_ABSTRACT_LENGTH);
  return text;
}

function prose(field: RawField, value: unknown): string {
  if (typeof value !== 'string') throw invalid(field, `The ${field} is not text`);
  return readable(value);
}

function readable(text: string): string {
  const plain = oneLine(text);
  return plain.includes('\\') ? oneLine(printLetters(plain)) : plain;
}

function tagsOf(value: unknown): readonly string[] | undefined {
  const tags = Array.isArray(value) ? categoryList(value) : [];
  return tags.length > 0 ? tags.slice(0, MAX_TAGS) : undefined;
}

/** A short text on one line, if it is one. */
function line(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = readable(value);
  return text === '' || text.length > MAX_LINE_LENGTH ? undefined : text;
}

/** What the id names; without an id, what the address or else the DOI names. */
function namedBy({ id, url, doi }: RawFields): Identifier | undefined {
  if (id !== undefined) return identifierIn(id);
  const [address, published] = [identifierIn(url), identifierIn(doiOf(doi))];
  // PubMed's number is the name of a record there, the DOI that of the paper.
  return address?.kind === 'pmid' ? (published ?? address) : (address ?? published);
}

function identifierIn(value: unknown): Identifier | undefined {
  return typeof value === 'string' ? parseIdentifier(oneLine(value)) : undefined;
}

function otherId({ id }: RawFields): PaperId | undefined {
  if (id === undefined) return undefined;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  if (typeof id !== 'string') throw invalid('id', 'The id is not text');
  const text = id.trim().normalize('NFC');
  if (text.length > MAX_ID_LENGTH) throw tooLong('id', text.length, MAX_ID_LENGTH);
  if (BLANK_OR_INVISIBLE.test(text)) {
    throw invalid('id', 'The id holds blanks or invisible characters');
  }
  return text;
}

/** Of the first author too, where there is one: many people write an `Editorial`. */
function idOfTitle(title: string, authors: readonly string[]): PaperId {
  const [first = ''] = familyNames({ authors: authors.slice(0, 1) });
  const key = first === '' ? titleKey(title) : `${titleKey(title)} ${first}`;
  return `title:${hash('sha256', key, 'hex').slice(0, HASH_LENGTH)}`;
}

/** The number of authors is news only where it is more than are listed. */
function unlistedCount({ authorCount }: RawFields, authors: readonly string[]): number | undefined {
  const count = wholeNumber(authorCount);
  return count !== undefined && count > authors.length ? count : undefined;
}

function dateOf(fields: RawFields, field: 'published' | 'updated' | 'year'): PartialDate | undefined {
  const value = fields[field];
  if (value === undefined) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  const date = typeof text === 'string' ? parseDate(oneLine(text)) : undefined;
  if (date === undefined) {
    const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 40)) : 'neither text nor a number';
    throw invalid(field, `The date in "${field}" is none: ${shown}. Write YYYY, YYYY-MM or YYYY-MM-DD`);
  }
  return date;
}

/** Some records hold several DOIs with blanks between them; the first is the paper's. */
function doiOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = oneLine(value);
  return parseDoi(text) ?? parseDoi(text.split(' ')[0] ?? '');
}

/** In arXiv's own records `comments` is a remark, elsewhere the number of comments. */
function commentInCount({ comments }: RawFields): string | undefined {
  return wholeNumber(comments) === undefined ? line(comments) : undefined;
}

/** A list, or one string with commas or semicolons between them; each once. */
function keywordList(value: unknown): readonly string[] | undefined {
  const words = typeof value === 'string' ? value.split(/[;,]/) : Array.isArray(value) ? value : [];
  const lines = words.slice(0, MAX_KEYWORDS).flatMap((word) => line(word) ?? []);
  return lines.length === 0 ? undefined : [...new Set(lines)];
}

/** The paper without the fields that are absent. */
function given(fields: { readonly [Field in keyof Paper]-?: Paper[Field] | undefined }): Paper {
  const paper: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) paper[field] = value;
  }
  return paper as unknown as Paper;
}

function tooLong(field: RawField, length: number, limit: number): AppError {
  return invalid(field, `The ${field} has ${length} characters; at most ${limit} are taken`);
}

function invalid(field: RawField, message: string): AppError {
  return new AppError('ROW_INVALID', { message, issues: [{ message, pointer: `/${field}` }] });
}
