import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { countAlerts } from '../../src/alerts/alert-counts.ts';
import { openAlertDatabase } from '../../src/alerts/alert-database.ts';

function indexFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-alertdb-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'papers.db'), '');
  return dir;
}

it('is for its owner only', () => {
  const dir = indexFolder();
  expect(countAlerts(dir)).toBeUndefined();
  openAlertDatabase(dir).close();
  expect(statSync(join(dir, 'alerts.db')).mode & 0o777).toBe(0o600);
  expect(countAlerts(dir)).toEqual({ alerts: 0, waiting: 0, dead: 0 });
});

it('says what is the matter with a damaged file, and with one of a newer Pharos', () => {
  const dir = indexFolder();
  writeFileSync(join(dir, 'alerts.db'), 'no database at all, but long enough to be looked at'.repeat(40));
  for (const open of [() => openAlertDatabase(dir), () => countAlerts(dir)]) {
    expect(open).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }));
  }
  const other = indexFolder();
  const db = new Database(join(other, 'alerts.db'));
  db.pragma('user_version = 99');
  db.close();
  expect(() => openAlertDatabase(other)).toThrow(expect.objectContaining({ code: 'INDEX_INCOMPATIBLE' }));
});
