/**
 * The dates of bibliographies, which are typed by people: `2017`, `jun # "~12"`, `June--July`, `in press`. What makes
 * no sense is left out rather than refused: it must not cost the paper.
 */

import type { PartialDate } from '../paper/paper.ts';
import { parseDate } from '../paper/parse-date.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const YEAR = /(?<!\d)[12]\d{3}(?!\d)/;
/** PubMed's `2015 May 27`, `2015 Nov-Dec` and `1998 Dec-1999 Jan`. */
const MEDLINE_DATE = /^\s*(\d{4}) ([A-Za-z]{3})[a-z]*(?:-(?:\d{4} )?[A-Za-z]+)?(?: (\d{1,2}))?\s*$/;
/** The first day of a range: `2017-06/2017-08`. */
const RANGE = /\s*(?:\/(?=\d{4}|$|\.\.)|\u2013|--).*$/s;

export interface LooseDate {
  /** A whole date in any form. */
  readonly date?: string | undefined;
  readonly year?: string | undefined;
  /** Number or name, a day beside it allowed. */
  readonly month?: string | undefined;
  readonly day?: string | undefined;
}

/** As much as can be told for certain; undefined without a year. */
export function looseDate({ date, year, month, day }: LooseDate): PartialDate | undefined {
  const whole = date === undefined ? undefined : wholeDate(date);
  if (whole !== undefined && whole.length > 4) return whole;
  const four = YEAR.exec(year ?? '')?.[0] ?? whole ?? YEAR.exec(date ?? '')?.[0];
  if (four === undefined) return undefined;
  const [monthNumber, dayNumber = day] = monthAndDay(month ?? '');
  return (
    joined(four, monthNumber, /\d{1,2}/.exec(dayNumber ?? '')?.[0]) ??
    joined(four, monthNumber) ??
    joined(four)
  );
}

/** Longer texts are no dates, and would cost the patterns dearly. */
const MAX_DATE_LENGTH = 200;

/** RIS writes `2017/06/12/Spring`, with empty places between the slashes. */
function wholeDate(text: string): PartialDate | undefined {
  if (text.length > MAX_DATE_LENGTH) return undefined;
  const [, year, month, day] = /^\s*(\d{4})\/(\d{0,2})\/?(\d{0,2})/.exec(text) ?? [];
  if (year !== undefined) return joined(year, month, day) ?? joined(year, month) ?? joined(year);
  const [, since, name, dayOf] = MEDLINE_DATE.exec(text) ?? [];
  if (since !== undefined) return looseDate({ year: since, month: name, day: dayOf });
  return parseDate(text.replace(RANGE, '').replace(/-00/g, '').trim());
}

function joined(...parts: (string | undefined)[]): PartialDate | undefined {
  const given = parts.slice(0, parts.findIndex((part) => !part) >>> 0);
  return parseDate(given.map((part) => part?.padStart(2, '0')).join('-'));
}

/** `6`, `June`, `6 12` (from `jun # "~12"`), `12 June`, `June--July`. */
function monthAndDay(text: string): [month?: string, day?: string] {
  const name = /[A-Za-z]{3}/.exec(text)?.[0]?.toLowerCase() ?? '';
  const named = MONTHS.indexOf(name) + 1;
  const [first, second] = text.match(/(?<!\d)\d{1,2}(?!\d)/g) ?? [];
  if (named > 0) return first === undefined ? [String(named)] : [String(named), first];
  if (first === undefined) return [];
  return second === undefined ? [first] : [first, second];
}
