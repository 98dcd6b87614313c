/** The sources of the index that was set, and the locks around them. */
import { resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { SubscriptionList } from '../sync/subscription-list.ts';

/** Longer than anybody takes to change a line of a small file. */
const WAIT_MS = 10_000;

export function subscriptionsOf({ index }: Settings): SubscriptionList {
  const dir = resolve(index);
  return new SubscriptionList(dir, async (run) => {
    const { takeProcessLock } = await import('../engine/embedded/process-lock.ts');
    const lock = await takeProcessLock(dir, {
      name: 'sources',
      doing: 'is changing the sources of',
      waitMs: WAIT_MS,
    });
    return run().finally(() => lock.release());
  });
}
