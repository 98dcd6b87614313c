/** Stretches of days in which PubMed is asked for more than one result holds. */
import { addDays, daysFrom } from './calendar.ts';

export interface Days {
  /** The day on which an article came in (Entrez date), or on which it changed last. */
  readonly by: 'edat' | 'mdat';
  readonly from: string;
  readonly to: string;
}

/** More of one result cannot be had. */
export const MOST_OF_RESULT = 9_999;
/** Later than every article. */
export const OPEN_END = '3000-12-31';

/** Before the first article. */
const FIRST_DAY = '1700-01-01';
/** Days are not equally full, and a stretch that holds too much costs a request. */
const FILL = 0.7;

/** The beginning of the days, so many of them as may hold what can be had; undefined for a single day. */
export function narrowed(days: Days | undefined, count: number, today: string): Days | undefined {
  const { by, from, to }: Days = days ?? { by: 'edat', from: FIRST_DAY, to: OPEN_END };
  const span = daysFrom(from, to === OPEN_END ? afterToday(today) : to);
  if (span <= 1) return undefined;
  const width = Math.min(span - 1, Math.max(1, Math.floor((span * FILL * MOST_OF_RESULT) / count)));
  return { by, from, to: addDays(from, width - 1) };
}

/** The days behind these, twice as many; undefined where there are none. */
export function following(days: Days | undefined, today: string): Days | undefined {
  if (days === undefined || days.to === OPEN_END) return undefined;
  const from = addDays(days.to, 1);
  const to = addDays(from, 2 * daysFrom(days.from, days.to) - 1);
  return { by: days.by, from, to: to >= afterToday(today) ? OPEN_END : to };
}

/** Of the service, whose day may have begun already. */
function afterToday(today: string): string {
  return addDays(today, 2);
}
