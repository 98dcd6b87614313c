/** Recognises a full disk behind the many names it has, so that the user reads DISK_FULL whoever noticed first. */
import { AppError, isAppError } from '../fault/app-error.ts';

// SQLite's name, and what the operating systems call a full disk and a used-up quota.
const DISK_FULL_CODES: readonly unknown[] = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];
const DEEPEST_CAUSE = 8;

/** The error itself, or DISK_FULL with it as the cause when it or one of its causes says that. */
export function asDiskFull(error: unknown): unknown {
  if (isAppError(error, 'DISK_FULL')) return error;
  let cause = error;
  for (let depth = 0; cause instanceof Error && depth < DEEPEST_CAUSE; depth++) {
    if ('code' in cause && DISK_FULL_CODES.includes(cause.code)) {
      return new AppError('DISK_FULL', { message: `The disk is full: ${cause.message}` }, { cause: error });
    }
    cause = cause.cause;
  }
  return error;
}
