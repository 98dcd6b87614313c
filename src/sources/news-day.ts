/** From which day on a list is asked for, so that what comes is news and nothing that came late is missed. */
import type { PageQuestion } from './paged-harvest.ts';

/** Papers are entered so many days after they were published, most of them sooner. */
const LATE_DAYS = 30;
const DAY_MS = 86_400_000;

/** The day in the header `Date` of an answer; undefined where there is none. */
export function dayOfAnswer(header: (name: string) => string | undefined): string | undefined {
  const moment = Date.parse(header('date') ?? '');
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString().slice(0, 10);
}

/**
 * For services that can only be asked by the day of publication. Papers are entered late, so what was published
 * shortly before the last harvest is asked for once more.
 */
export function publishedFrom({ since, known }: Pick<PageQuestion, 'since' | 'known'>): string | undefined {
  const overlap = known === undefined ? undefined : daysBefore(known, LATE_DAYS);
  if (since === undefined || overlap === undefined) return since ?? overlap;
  return since > overlap ? since : overlap;
}

function daysBefore(day: string, days: number): string | undefined {
  const moment = Date.parse(day);
  return Number.isNaN(moment) ? undefined : new Date(moment - days * DAY_MS).toISOString().slice(0, 10);
}
