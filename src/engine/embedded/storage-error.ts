/** Turns what SQLite and the file system throw into errors a person can act on. */
import { AppError } from '../../fault/app-error.ts';

const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CORRUPT_VTAB']);
const UNREACHABLE = new Set(['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** The error to throw instead; an AppError or an unknown error comes back as it is. */
export function storageError(error: unknown, dir: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  const family =
    code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')
      ? code.split('_', 2).join('_')
      : code;
  const { message } = error as Error;
  if (FULL.has(code) || code.startsWith('SQLITE_IOERR_WRITE')) {
    return new AppError('DISK_FULL', { message: `No space left while writing to ${dir}` }, { cause: error });
  }
  if (DAMAGED.has(code))
    return new AppError('INDEX_DAMAGED', { message: `${dir}: ${message}` }, { cause: error });
  if (UNREACHABLE.has(family)) {
    const remedy = 'Check that the folder exists and that you may read and write it.';
    return new AppError('SOURCE_UNREADABLE', { message: `${dir}: ${message}`, remedy }, { cause: error });
  }
  return error;
}
