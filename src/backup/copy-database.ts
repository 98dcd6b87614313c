/**
 * A copy of a SQLite file as it is at one moment, whoever writes to it meanwhile. SQLite's own backup begins again
 * whenever another process commits, and would never end beside an import; within a read transaction it copies what that
 * sees, and the writers go on. The price is that their log is not folded in until it is done.
 */
import Database from 'better-sqlite3';

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
}

const BUSY_TIMEOUT_MS = 10_000;
/** Some milliseconds a step, after which Ctrl-C is heard. */
const STEP_PAGES = 2_000;

/** The copy is complete in itself, and synced, when this resolves. */
export async function copyDatabase(from: string, to: string, { signal }: CopyOptions = {}): Promise<void> {
  const db = new Database(from, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.exec('BEGIN');
    // A transaction begins with what it reads first.
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    const progress = () => {
      signal?.throwIfAborted();
      return STEP_PAGES;
    };
    await db.backup(to, { progress });
  } finally {
    db.close();
  }
}
