/** A calendar as every engine gives it. */
import type { DayCount } from './engine.ts';

/** `counts` by days as integers YYYYMMDD; ascending. */
export function byDay(counts: ReadonlyMap<number, number>): DayCount[] {
  return [...counts].sort(([a], [b]) => a - b).map(([day, count]) => ({ day: dayName(day), count }));
}

/** `2017-06-12` for 20170612. */
function dayName(day: number): string {
  const digits = String(day);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
