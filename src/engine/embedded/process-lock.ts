/**
 * One process at a time. The lock is SQLite's own on a small file in the index folder: the operating system frees it
 * the instant the process dies, however it dies, so there is never a stale lock to break. The process id stands in a
 * file next to it and only serves the message.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { AppError } from '../../fault/app-error.ts';

const RETRY_MS = 200;

export interface ProcessLock {
  release(): void;
}

export interface ProcessLockOptions {
  /** `writer` is held on `writer.lock`, its holder named in `writer.pid`. */
  readonly name: string;
  /** What its holder does, for the message: `is writing to`. */
  readonly doing: string;
  /** How long to try; 0 fails at once. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Takes a lock of a folder that is there. INDEX_LOCKED names the process that holds it; INTERRUPTED. */
export async function takeProcessLock(dir: string, options: ProcessLockOptions): Promise<ProcessLock> {
  const { name, doing, waitMs = 0, signal } = options;
  const deadline = Date.now() + waitMs;
  for (;;) {
    const lock = tryLock(dir, name);
    if (lock) return lock;
    if (signal?.aborted)
      throw new AppError('INTERRUPTED', { message: `Interrupted while waiting for ${dir}` });
    if (Date.now() >= deadline) {
      throw new AppError('INDEX_LOCKED', { message: `Process ${holder(dir, name)} ${doing} ${dir}` });
    }
    await sleep(RETRY_MS);
  }
}

function tryLock(dir: string, name: string): ProcessLock | undefined {
  const db = new Database(join(dir, `${name}.lock`), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  writeFileSync(join(dir, `${name}.pid`), `${process.pid}\n`);
  return { release: () => db.close() };
}

function holder(dir: string, name: string): string {
  try {
    return readFileSync(join(dir, `${name}.pid`), 'utf8').trim() || 'unknown';
  } catch {
    // The other process has the lock but has not written its id yet.
    return 'unknown';
  }
}
