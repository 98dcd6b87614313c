/** The fields of the query language: for each, how its value is read and what it restricts. */
import { type Filter, PAPER_PARTS, type PaperPart } from '../engine/filter.ts';
import { parseIdentifier } from '../paper/identifier.ts';
import { isPartialDate, nextDate, previousDate } from '../paper/partial-date.ts';
import { nameTokens } from '../text/names.ts';
import { phraseWords } from '../text/phrase.ts';

/** What a value means, or in a few words why it means nothing. */
export type Reading =
  | { readonly filter: Filter; readonly words?: string }
  | { readonly paper: string }
  | { readonly problem: string };

export interface FieldValue {
  readonly value: string;
  readonly isQuoted: boolean;
}

type ReadValue = (given: FieldValue) => Reading;

const YEARS = /^(\d{4})?(\.\.)?(\d{4})?$/;
/** The end of the sentence or bracket in which a field stands; an id may end in anything. */
const TRAILING = /[,;.!?)\]}]+$/;

export const QUERY_FIELDS: Readonly<Record<string, ReadValue>> = {
  title: readTitle,
  author: ({ value }) => named(value, { authors: [value] }),
  category: readCategory,
  venue: ({ value }) => named(value, { venues: [value] }),
  year: readYears,
  after: (given) => readDate(given, (date) => ({ from: nextDate(date) })),
  before: (given) => readDate(given, (date) => ({ to: previousDate(date) })),
  has: readPart,
  id: ({ value }) => ({ filter: { ids: [parseIdentifier(value)?.id ?? value.trim()] } }),
  related: ({ value }) => ({ paper: value.trim() }),
};

export const FIELD_NAMES: readonly string[] = Object.keys(QUERY_FIELDS);

/** A bare word in any form, several words only as they stand: `pre-training` is a phrase. */
export function readTitle({ value, isQuoted }: FieldValue): Reading {
  const words = phraseWords(value);
  if (words.length === 0) return { problem: 'holds no word' };
  const as = isQuoted || words.length > 1 ? 'phrase' : 'words';
  return { filter: { texts: [{ as, text: value, in: 'title' }] }, words: value };
}

function named(value: string, filter: Filter): Reading {
  return nameTokens(value).length > 0 ? { filter } : { problem: 'holds no name' };
}

function readCategory(given: FieldValue): Reading {
  const category = trimmed(given);
  return /[\p{L}\p{N}]/u.test(category)
    ? { filter: { categories: [category] } }
    : { problem: 'holds no name' };
}

function readYears(given: FieldValue): Reading {
  const [, first, dots, last] = YEARS.exec(trimmed(given)) ?? [];
  const from = first;
  const to = dots ? last : first;
  const isRange = [from, to].every((year) => year === undefined || isPartialDate(year));
  if (!isRange || (from ?? to) === undefined || (last !== undefined && !dots)) {
    return { problem: 'is no year and no range of years like 2019..2022, 2019.. or ..2022' };
  }
  if (from !== undefined && to !== undefined && from > to) return { problem: 'ends before it begins' };
  return { filter: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) } };
}

function readDate(given: FieldValue, toFilter: (date: string) => Filter): Reading {
  const date = trimmed(given);
  return isPartialDate(date)
    ? { filter: toFilter(date) }
    : { problem: 'is no date like 2021, 2021-05 or 2021-05-31' };
}

function readPart(given: FieldValue): Reading {
  const part = trimmed(given).toLowerCase();
  return isPaperPart(part)
    ? { filter: { has: [part] } }
    : { problem: `is none of ${PAPER_PARTS.join(', ')}` };
}

function isPaperPart(text: string): text is PaperPart {
  return (PAPER_PARTS as readonly string[]).includes(text);
}

function trimmed({ value }: FieldValue): string {
  // Two full stops at the end are half a range.
  return value.trim().endsWith('..') ? value.trim() : value.trim().replace(TRAILING, '');
}
