/** Dates as precise as the source gave them, compared as integers `YYYYMMDD`. */
import type { PartialDate } from './paper.ts';

export interface DateRange {
  /** The earliest day it can mean, as the integer YYYYMMDD. */
  readonly first: number;
  /** The latest day it can mean, as the integer YYYYMMDD. */
  readonly last: number;
}

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** True for `YYYY`, `YYYY-MM` and `YYYY-MM-DD` that exist in the calendar, years 1000 to 2999. */
export function isPartialDate(text: string): boolean {
  const match = PARTIAL_DATE.exec(text);
  if (!match) return false;
  const year = Number(match[1]);
  const month = Number(match[2] ?? 1);
  const day = Number(match[3] ?? 1);
  return year >= 1000 && year < 3000 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The days a valid partial date can mean: all of 2017 for `2017`. */
export function dateRange(date: PartialDate): DateRange {
  const [year = 0, month, day] = date.split('-').map(Number);
  const lastMonth = month ?? 12;
  return {
    first: year * 10_000 + (month ?? 1) * 100 + (day ?? 1),
    last: year * 10_000 + lastMonth * 100 + (day ?? daysIn(year, lastMonth)),
  };
}

/** The first day, month or year after a valid date, as precise as the date: `2020-01` after `2019-12`. */
export function nextDate(date: PartialDate): PartialDate {
  return shifted(date, 1);
}

/** The last day, month or year before a valid date, as precise as the date. */
export function previousDate(date: PartialDate): PartialDate {
  return shifted(date, -1);
}

function shifted(date: PartialDate, by: 1 | -1): PartialDate {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return String(year + by).padStart(4, '0');
  const moved = new Date(Date.UTC(year, month - 1, 1));
  if (day === undefined) moved.setUTCMonth(moved.getUTCMonth() + by);
  else moved.setUTCDate(day + by);
  return moved.toISOString().slice(0, date.length);
}

/** Days in order, from a date YYYYMMDD as an integer: 31 to every month and 372 to every year. 0 stays 0. */
export function dayNumber(date: number): number {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  return date === 0 ? 0 : year * 372 + (month - 1) * 31 + (date % 100) - 1;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
