/** Days, weeks and months as addresses, and the ones beside them. */
import { daysBefore, type Period, readPeriod } from '../discover/period.ts';
import { readableDate } from './readable-date.ts';
import { STRINGS } from './strings.ts';

export type View = 'day' | 'week' | 'month';

const MONTH_DIGITS = 7;

/** What a date asks for; years are listed by searching. Undefined for a text that is no period. */
export function viewOf(date: string): View | undefined {
  if (readPeriod(date) === undefined) return undefined;
  if (date.includes('W')) return 'week';
  if (date.length === MONTH_DIGITS) return 'month';
  return date.length > MONTH_DIGITS ? 'day' : undefined;
}

/** The day, week or month that a day is in. */
export function periodName(day: string, view: View): string {
  if (view === 'day') return day;
  return view === 'month' ? day.slice(0, MONTH_DIGITS) : weekOf(day);
}

/** The period before and the one after. */
export function neighbours(date: string, view: View): { readonly before: string; readonly after: string } {
  const { from, to } = readPeriod(date) as Period;
  return { before: periodName(daysBefore(from, 1), view), after: periodName(daysBefore(to, -1), view) };
}

/** `30 Dec 2025`, `Week 52 of 2025`, `Dec 2025`. */
export function periodTitle(date: string, view: View): string {
  if (view !== 'week') return readableDate(date);
  const [year = '', week = ''] = date.split('-W');
  return STRINGS.days.weekOf(Number(week), year);
}

export function daysAddress(date: string, order?: string): string {
  const parameters = new URLSearchParams({ date, ...(order !== undefined && { order }) });
  return `/papers?${parameters}`;
}

/** ISO 8601: the Thursday of a week tells its year. */
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = daysBefore(day, weekday - 3);
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / (7 * 86_400_000));
  return `${year}-W${String(week).padStart(2, '0')}`;
}
