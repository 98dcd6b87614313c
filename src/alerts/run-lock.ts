/**
 * One run of the alerts at a time, whichever process runs them. As with the writer's lock of an index, the lock is
 * SQLite's own on a small file, so the operating system frees it the instant its holder dies.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface RunLock {
  release(): void;
}

/** Undefined while another process holds it. */
export function takeRunLock(dir: string): RunLock | undefined {
  const db = new Database(join(dir, 'alerts.lock'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}
