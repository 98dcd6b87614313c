/**
 * When a source is due. Times are cron expressions of five fields in the time zone of the machine; `croner` reads them
 * and knows about clocks that are put forward and back.
 */
import { randomInt } from 'node:crypto';
import { Cron } from 'croner';
import { AppError } from '../fault/app-error.ts';
import type { Subscription } from './subscription.ts';

/** What failed is tried again after this, or when it is due anyway. */
const RETRY_MS = 3_600_000;

/**
 * `hour`, `day` and `week` as cron expressions, others as they are. The minute, and for the longer ones an hour of the
 * night, are drawn: services have enough of people who all come at midnight. INPUT_INVALID for what never comes.
 */
export function readSchedule(text: string, draw: (below: number) => number = randomInt): string {
  const schedule = text.trim();
  switch (schedule) {
    case 'hour':
      return `${draw(60)} * * * *`;
    case 'day':
      return `${draw(60)} ${1 + draw(5)} * * *`;
    case 'week':
      return `${draw(60)} ${1 + draw(5)} * * ${draw(7)}`;
    default:
      requireTimes(schedule);
      return schedule;
  }
}

/** The first moment after this one; both in milliseconds since 1970. */
export function nextTimeMs(schedule: string, afterMs: number): number {
  const next = new Cron(schedule, { mode: '5-part' }).nextRun(new Date(afterMs));
  return next?.getTime() ?? Number.POSITIVE_INFINITY;
}

/**
 * When a source is asked next, in milliseconds since 1970; a moment that has passed means now. Undefined while it is
 * paused. A run that was missed, because the machine was off, is made up for once; one that was cut off goes on at once.
 */
export function nextRunMs({ isPaused, schedule, added, begun, last }: Subscription): number | undefined {
  if (isPaused) return undefined;
  if (begun !== undefined) return Date.parse(begun);
  if (last === undefined) return Date.parse(added);
  const regularMs = nextTimeMs(schedule, Date.parse(last.started));
  if (last.outcome === 'interrupted') return Date.parse(last.ended);
  return last.outcome === 'failed' ? Math.min(regularMs, Date.parse(last.ended) + RETRY_MS) : regularMs;
}

export function isDue(subscription: Subscription, nowMs: number): boolean {
  const nextMs = nextRunMs(subscription);
  return nextMs !== undefined && nextMs <= nowMs;
}

function requireTimes(schedule: string): void {
  const remedy = 'Say hour, day, week, or a cron expression of five fields such as "30 6 * * 1-5".';
  let nextMs: number;
  try {
    nextMs = nextTimeMs(schedule, Date.now());
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^CronPattern: /, '');
    throw new AppError(
      'INPUT_INVALID',
      { message: `--every ${schedule} is not a schedule: ${reason}`, remedy },
      { cause },
    );
  }
  if (Number.isFinite(nextMs)) return;
  throw new AppError('INPUT_INVALID', {
    message: `--every ${schedule} names a time that never comes`,
    remedy,
  });
}
