/**
 * One item of Zotero's own form as a record. Field names: https://api.zotero.org/schema (itemType, creators, tags,
 * DOI, extra and so on).
 */
import type { RawPaper } from '../paper/raw-paper.ts';
import { looseDate } from './loose-date.ts';
import { arxivIdIn, journalReference } from './named-ids.ts';
import { plainText } from './plain-text.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const NO_WORKS = new Set(['attachment', 'note', 'annotation']);
const EXTRA_DOI = /^\s*doi\s*:\s*(\S+)/im;

/** Undefined for attachments, notes and annotations. */
export function zoteroPaper(item: JsonObject): RawPaper | undefined {
  if (NO_WORKS.has(String(item.itemType))) return undefined;
  const text = (...names: readonly string[]) => names.map((name) => item[name]).find(isText);
  const extra = text('extra');
  const journal = text('publicationTitle', 'proceedingsTitle', 'conferenceName', 'bookTitle');
  const doi = text('DOI', 'doi') ?? EXTRA_DOI.exec(extra ?? '')?.[1];
  return {
    id: arxivIdIn(text('archiveID'), text('url'), extra, text('reportNumber', 'number'), journal, doi),
    title: plainText(text('title', 'caseName', 'subject', 'nameOfAct')),
    abstract: plainText(text('abstractNote')),
    authors: authorsOf(item.creators),
    published: looseDate({ date: text('date', 'issueDate') }),
    venue: journal ?? text('repository', 'university', 'institution', 'publisher'),
    url: text('url'),
    doi,
    language: text('language'),
    journalRef: journalReference({
      journal,
      volume: text('volume'),
      issue: text('issue'),
      pages: text('pages'),
    }),
    tags: tagsOf(item.tags),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Authors, or whoever made a work that has none; editors and translators are not its authors. */
function authorsOf(value: unknown): string[] {
  const creators = (Array.isArray(value) ? value : []).filter(isObject);
  const authors = creators.filter(({ creatorType }) => creatorType === 'author');
  const makers = creators.filter(({ creatorType }) => !MERE_HELP.has(String(creatorType)));
  return (authors.length > 0 ? authors : makers).map(({ name, firstName, lastName }) =>
    isText(name) ? name : [firstName, lastName].filter(isText).join(' '),
  );
}

const MERE_HELP = new Set([
  'editor',
  'seriesEditor',
  'translator',
  'reviewedAuthor',
  'contributor',
  'bookAuthor',
]);

/** `{ tag, type }`, or bare texts in older exports. */
function tagsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const tag = isObject(entry) ? entry.tag : entry;
    return isText(tag) ? [tag] : [];
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
