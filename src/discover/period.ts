/** A day, a week or a month, as people write them: `2026-11-20`, `2026-W47`, `2026-11`, `2026`. */
import type { PartialDate } from '../paper/paper.ts';
import { isPartialDate } from '../paper/partial-date.ts';

export interface Period {
  /** Days, inclusive. */
  readonly from: PartialDate;
  readonly to: PartialDate;
}

const WEEK = /^(\d{4})-W(\d{2})$/;
const DAY_MS = 86_400_000;

/** Undefined for a text that is no period, or a week that its year does not have. */
export function readPeriod(text: string): Period | undefined {
  const week = WEEK.exec(text);
  if (week) return isoWeek(Number(week[1]), Number(week[2]));
  if (!isPartialDate(text)) return undefined;
  const [year = 0, month, day] = text.split('-').map(Number);
  if (day !== undefined) return { from: text, to: text };
  const last = new Date(Date.UTC(year, month ?? 12, 0));
  return { from: dayOf(Date.UTC(year, (month ?? 1) - 1, 1)), to: dayOf(last.getTime()) };
}

/** The day that is so many days before or, negative, after another. */
export function daysBefore(day: PartialDate, days: number): PartialDate {
  return dayOf(Date.parse(day) - days * DAY_MS);
}

/** Days from one to the other; 0 for the same. */
export function daysBetween(from: PartialDate, to: PartialDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The day behind a `dayNumber`, which counts 31 days to every month. */
export function dayOfNumber(number: number): PartialDate {
  const month = Math.floor(number / 31) % 12;
  return dayOf(Date.UTC(Math.floor(number / 372), month, (number % 31) + 1));
}

/** ISO 8601: weeks begin on Monday, and the first of a year is that of its 4 January. */
function isoWeek(year: number, week: number): Period | undefined {
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS + (week - 1) * 7 * DAY_MS;
  // The Thursday of a week tells which year it belongs to.
  const isOfYear = new Date(monday + 3 * DAY_MS).getUTCFullYear() === year;
  if (!isOfYear || week < 1 || year < 1000) return undefined;
  return { from: dayOf(monday), to: dayOf(monday + 6 * DAY_MS) };
}

function dayOf(time: number): PartialDate {
  return new Date(time).toISOString().slice(0, 10);
}
