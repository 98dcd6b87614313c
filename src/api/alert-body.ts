/** Alerts as they are sent, named field by field; the command line prints the same. */
import type { ListedAlert } from '../alerts/alert-book.ts';
import type { OutboxEntry } from '../alerts/outbox.ts';

export function toAlertBody(alert: ListedAlert) {
  const {
    id,
    question,
    list = null,
    mode,
    filter,
    minSimilarity,
    every,
    targets,
    limit,
    backfill,
    messages,
  } = alert;
  const { isPaused, createdMs, lastRunMs, nextRunMs, error } = alert;
  return {
    ...{ id, question, list, mode, filter, minSimilarity, every, to: targets, limit, backfill },
    paused: isPaused,
    created: isoTime(createdMs),
    lastRun: isoTime(lastRunMs),
    nextRun: isPaused ? null : isoTime(nextRunMs),
    error,
    messages,
  };
}

export function toMessageBody(entry: OutboxEntry) {
  const { key, target, papers, state, tries, createdMs, nextTryMs, doneMs, error } = entry;
  return {
    ...{ key, to: target, papers, state, tries },
    created: isoTime(createdMs),
    nextTry: state === 'waiting' ? isoTime(nextTryMs) : null,
    done: isoTime(doneMs),
    error,
  };
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
