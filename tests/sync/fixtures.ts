/** A source that was added and never asked, and a run that brought nothing. */
import type { Subscription, SyncRun } from '../../src/sync/subscription.ts';

const MOMENT = '2026-11-20T06:00:00.000Z';

export function subscription(more: Partial<Subscription> = {}): Subscription {
  return {
    name: 'cs',
    spec: 'arxiv-oai:cs',
    schedule: '0 6 * * *',
    isPaused: false,
    added: MOMENT,
    failures: 0,
    ...more,
  };
}

export function syncRun(more: Partial<SyncRun> = {}): SyncRun {
  return {
    started: MOMENT,
    ended: MOMENT,
    outcome: 'fine',
    added: 0,
    updated: 0,
    removed: 0,
    unchanged: 0,
    faulty: 0,
    embedded: 0,
    ...more,
  };
}
