/** What goes wrong with backups, in words that somebody can act on. */
import { AppError, isAppError } from '../fault/app-error.ts';

const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** The error to throw instead; an AppError and what nobody expected come back as they are. */
export function backupFault(cause: unknown, path: string): unknown {
  if (isAppError(cause) || !(cause instanceof Error)) return cause;
  if (cause.name === 'AbortError') {
    const remedy = 'Run the same command again; what was begun is gone.';
    return new AppError('INTERRUPTED', { message: `Interrupted at ${path}`, remedy }, { cause });
  }
  const code = 'code' in cause ? cause.code : undefined;
  if (FULL.includes(code)) {
    const remedy = 'Free some space: a backup needs room for a second copy of the papers while it is made.';
    return new AppError('DISK_FULL', { message: `No space left for ${path}`, remedy }, { cause });
  }
  if (typeof code !== 'string') return cause;
  return new AppError('SOURCE_UNREADABLE', { message: `${path}: ${cause.message}` }, { cause });
}

export function notWhole(file: string, why: string, cause?: unknown): AppError {
  const message = `${file} is not a whole backup of Pharos: ${why}`;
  return new AppError('SOURCE_UNREADABLE', { message, remedy: 'Take another backup.' }, { cause });
}
