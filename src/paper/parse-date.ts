/**
 * Reads the dates that sources write and keeps as much of them as was given. Times of day are dropped and the
 * day is taken as written, in whatever time zone. Orders that can be misread (03/04/2017) are refused.
 */
import type { PartialDate } from './paper.ts';
import { isPartialDate } from './partial-date.ts';

const YEAR_FIRST = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?)?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** RFC 1123 (`Mon, 12 Jun 2017 17:57:34 GMT`), and what people write: `12 June 2017`, `Jun 2017`. */
const DAY_FIRST = /^(?:[a-z]{3,9},? )?(?:(\d{1,2}) )?([a-z]{3,9})\.?,? (\d{4})(?: \d{1,2}:\d{2}.*)?$/i;
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** Undefined when `text` is not a date of the calendar between the years 1000 and 2999. */
export function parseDate(text: string): PartialDate | undefined {
  if (isPartialDate(text)) return text;
  const date = yearFirst(text.trim()) ?? dayFirst(text.trim());
  return date !== undefined && isPartialDate(date) ? date : undefined;
}

function yearFirst(text: string): string | undefined {
  const match = YEAR_FIRST.exec(text);
  if (match) return joined(match[1], match[3], match[4]);
  const compact = COMPACT.exec(text);
  return compact ? joined(compact[1], compact[2], compact[3]) : undefined;
}

function dayFirst(text: string): string | undefined {
  const [, day, name = '', year] = DAY_FIRST.exec(text) ?? [];
  const month = MONTHS.findIndex(
    (full) => full === name.toLowerCase() || full.slice(0, 3) === name.toLowerCase(),
  );
  return month < 0 ? undefined : joined(year, String(month + 1), day);
}

function joined(...parts: (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined ? [] : [part.padStart(2, '0')])).join('-');
}
