/** `7d`, `2w`, `3m`, `1y`, or a date: how people say how new is new. */
import type { PartialDate } from '../paper/paper.ts';
import { isPartialDate } from '../paper/partial-date.ts';

const SPAN = /^(\d{1,4})([dwmy])$/;

/** The first day that is meant, or the date as it is written; undefined where the text is neither. `today` is a day. */
export function sinceDate(text: string, today: PartialDate): PartialDate | undefined {
  if (isPartialDate(text)) return text;
  const [, number, unit] = SPAN.exec(text) ?? [];
  if (number === undefined) return undefined;
  const count = Number(number);
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  if (unit === 'd' || unit === 'w') {
    return dayOf(Date.UTC(year, month - 1, day - count * (unit === 'w' ? 7 : 1)));
  }
  const months = count * (unit === 'y' ? 12 : 1);
  // The 31st goes back to the last day of a shorter month.
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 - months, Math.min(day, lastOfMonth)));
}

/** Undefined before the year 1000, of which there are no papers. */
function dayOf(time: number): PartialDate | undefined {
  const day = new Date(time).toISOString().slice(0, 10);
  return isPartialDate(day) ? day : undefined;
}
