/** How many alerts there are, and how their messages fare, for those who only want to know that. */
import Database from 'better-sqlite3';
import { alertStorageError, alertsPath, hasAlerts } from './alert-database.ts';

export interface AlertCounts {
  readonly alerts: number;
  /** Messages that are to be delivered or tried again. */
  readonly waiting: number;
  /** Messages that were given up. */
  readonly dead: number;
}

/** Undefined where no alert was ever made. Writes nothing. INDEX_DAMAGED. */
export function countAlerts(dir: string): AlertCounts | undefined {
  if (!hasAlerts(dir)) return undefined;
  const path = alertsPath(dir);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    // Somebody is making it right now, or was interrupted while making it.
    if (db.pragma('user_version', { simple: true }) === 0) return undefined;
    return db
      .prepare<[], AlertCounts>(
        `SELECT (SELECT count(*) FROM alerts) AS alerts,
           (SELECT count(*) FROM messages WHERE state = 'waiting') AS waiting,
           (SELECT count(*) FROM messages WHERE state = 'dead') AS dead`,
      )
      .get();
  } catch (error) {
    throw alertStorageError(error, path);
  } finally {
    db?.close();
  }
}
