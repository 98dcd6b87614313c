/** One writer at a time. */
import { type ProcessLock, takeProcessLock } from './process-lock.ts';

export type WriterLock = ProcessLock;

/** Takes the lock of an index folder, trying for `waitMs`; INDEX_LOCKED names the process that holds it. */
export function takeWriterLock(
  dir: string,
  options: { waitMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<WriterLock> {
  return takeProcessLock(dir, { ...options, name: 'writer', doing: 'is writing to' });
}
