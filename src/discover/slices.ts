/** Long arithmetic in pieces of some milliseconds, between which a server can answer others. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../fault/app-error.ts';

/** The event loop must be free again well within 20 ms. */
const SLICE_MS = 8;

/** Calls `work` for every number below `count`, in order. INTERRUPTED when the signal aborts. */
export async function inSlices(
  count: number,
  work: (at: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) throw new AppError('INTERRUPTED');
  let end = performance.now() + SLICE_MS;
  for (let at = 0; at < count; at += 1) {
    work(at);
    if (performance.now() < end) continue;
    if (signal?.aborted) throw new AppError('INTERRUPTED');
    await nextTurn();
    end = performance.now() + SLICE_MS;
  }
}
