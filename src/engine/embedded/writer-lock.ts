/**
 * One writer at a time. The lock is SQLite's own on a small file beside the index: the operating system frees it
 * the instant the process dies, however it dies, so there is never a stale lock to break. The process id stands
 * in a file next to it and only serves the message.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { AppError } from '../../fault/app-error.ts';

const LOCK_FILE = 'writer.lock';
const HOLDER_FILE = 'writer.pid';
const RETRY_MS = 200;

export interface WriterLock {
  release(): void;
}

/** Takes the lock of an index folder, trying for `waitMs`; INDEX_LOCKED names the process that holds it. */
export async function takeWriterLock(
  dir: string,
  { waitMs = 0, signal }: { waitMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<WriterLock> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const lock = tryLock(dir);
    if (lock) return lock;
    if (signal?.aborted)
      throw new AppError('INTERRUPTED', { message: `Interrupted while waiting for ${dir}` });
    if (Date.now() >= deadline) throw lockedError(dir);
    await sleep(RETRY_MS);
  }
}

function tryLock(dir: string): WriterLock | undefined {
  const db = new Database(join(dir, LOCK_FILE), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  writeFileSync(join(dir, HOLDER_FILE), `${process.pid}\n`);
  return { release: () => db.close() };
}

function lockedError(dir: string): AppError {
  return new AppError('INDEX_LOCKED', { message: `Process ${holder(dir)} is writing to ${dir}` });
}

function holder(dir: string): string {
  try {
    return readFileSync(join(dir, HOLDER_FILE), 'utf8').trim() || 'unknown';
  } catch {
    // The other process has the lock but has not written its id yet.
    return 'unknown';
  }
}
