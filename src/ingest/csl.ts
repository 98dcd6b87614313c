/** One item of CSL-JSON as a record. */
import type { RawPaper } from '../paper/raw-paper.ts';
import { looseDate } from './loose-date.ts';
import { arxivIdIn, journalReference } from './named-ids.ts';
import { plainText } from './plain-text.ts';

type JsonObject = Readonly<Record<string, unknown>>;

export function cslPaper(item: JsonObject): RawPaper {
  const text = (...names: readonly string[]) => names.map((name) => scalar(item[name])).find(Boolean);
  const journal = text('container-title', 'event-title', 'event');
  const doi = text('DOI');
  return {
    id: arxivIdIn(text('URL'), text('number'), text('note'), journal, doi),
    title: plainText(text('title')),
    abstract: plainText(text('abstract')),
    authors: namesOf(item.author),
    published: cslDate(item.issued),
    venue: plainText(journal ?? text('publisher')),
    url: text('URL'),
    doi,
    comment: text('note'),
    language: text('language'),
    journalRef: journalReference({
      journal,
      volume: text('volume'),
      issue: text('issue'),
      pages: text('page'),
    }),
    tags: (text('keyword') ?? '').split(/\s*[;,]\s*/),
  };
}

/** Some programs write a list of one where a text should be, and numbers as numbers. */
function scalar(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'number') return String(one);
  return typeof one === 'string' && one.trim() !== '' ? one : undefined;
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(nameOf) : [];
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return scalar(value) ?? '';
  const name = value as JsonObject;
  const parts = ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix'];
  return scalar(name.literal) ?? parts.flatMap((part) => scalar(name[part]) ?? []).join(' ');
}

/** `{ "date-parts": [[2017, 6, 12]] }`, with numbers as texts too, `{ raw }` and `{ literal }`. */
function cslDate(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return looseDate({ date: scalar(value) });
  const date = value as JsonObject;
  const parts: unknown = Array.isArray(date['date-parts']) ? date['date-parts'][0] : undefined;
  const [year, month, day] = (Array.isArray(parts) ? parts : []).map(scalar);
  if (year !== undefined) return looseDate({ year, month, day });
  return looseDate({ date: scalar(date.raw) ?? scalar(date.literal) });
}
