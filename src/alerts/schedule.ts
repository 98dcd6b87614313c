/**
 * When an alert is due. The words are moments of the calendar and not spans of time: with `day` the first run of each
 * day announces, so a timer that fires a second early once does not lose a day.
 */
import { Cron } from 'croner';
import { AppError } from '../fault/app-error.ts';

const WORDS: Readonly<Record<string, string>> = { hour: '0 * * * *', day: '0 0 * * *', week: '0 0 * * 1' };

/** INPUT_INVALID for what is neither a word nor five fields, and for a date that never comes. */
export function requireSchedule(every: string): void {
  try {
    nextRunMs(every, Date.now());
  } catch (cause) {
    const message = `"${every}" is no schedule: ${(cause as Error).message}`;
    const remedy = `Give hour, day, week or a cron expression of five fields, as "0 7 * * 1-5".`;
    const issues = [{ message, pointer: 'every' }];
    throw new AppError('INPUT_INVALID', { message, remedy, issues }, { cause });
  }
}

/** The first moment after `afterMs`, in the time zone of the machine. */
export function nextRunMs(every: string, afterMs: number): number {
  const next = new Cron(WORDS[every] ?? every, { mode: '5-part' }).nextRun(new Date(afterMs));
  if (next === null) throw new RangeError('it never comes');
  return next.getTime();
}
