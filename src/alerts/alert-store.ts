/** The alerts in alerts.db: rows become `Alert`s here. Messages are `outbox.ts`'s. */
import type { Database } from 'better-sqlite3';
import { AppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import type { Alert, AlertDefinition } from './alert.ts';

interface AlertRow {
  readonly id: string;
  readonly definition: string;
  readonly is_paused: 0 | 1;
  readonly created_ms: number;
  readonly last_run_ms: number | null;
  readonly next_run_ms: number;
  readonly position: number;
  readonly backfill: number;
  readonly error: string | null;
}

/** What a run leaves behind. */
export interface RunRecord {
  readonly ranMs: number;
  readonly nextRunMs: number;
  readonly position: number;
}

export type NewAlert = AlertDefinition & Pick<Alert, 'createdMs' | 'nextRunMs' | 'position' | 'backfill'>;

export class AlertStore {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database) {
    this.#statements = prepare(db);
  }

  /** In the order in which they were made. */
  list(): Alert[] {
    return this.#statements.list.all().map(toAlert);
  }

  get(id: string): Alert | undefined {
    const row = this.#statements.get.get(id);
    return row && toAlert(row);
  }

  /** ALERT_NOT_FOUND. */
  require(id: string): Alert {
    const alert = this.get(id);
    if (!alert) throw new AppError('ALERT_NOT_FOUND', { message: `There is no alert "${id.slice(0, 100)}"` });
    return alert;
  }

  /** The name must be free. */
  add({ createdMs, nextRunMs, position, backfill, ...definition }: NewAlert): void {
    const body = JSON.stringify(definition);
    this.#statements.add.run(definition.id, body, createdMs, nextRunMs, position, backfill);
  }

  /** With its messages, and with the memory of what it announced. */
  remove(id: string): void {
    this.#statements.remove.run(id);
  }

  setPaused(id: string, isPaused: boolean): void {
    this.#statements.setPaused.run(isPaused ? 1 : 0, id);
  }

  setTargets(alert: Alert, targets: readonly string[]): void {
    const { id, question, list, mode, filter, minSimilarity, every, limit, isByForm } = alert;
    const definition = { id, question, list, mode, filter, minSimilarity, every, targets, limit, isByForm };
    this.#statements.setDefinition.run(JSON.stringify(definition), id);
  }

  ran(id: string, { ranMs, nextRunMs, position }: RunRecord): void {
    this.#statements.ran.run(ranMs, nextRunMs, position, id);
  }

  /** The alert stays where it was and is due again at its next time. */
  failed(id: string, { error, nextRunMs }: { readonly error: string; readonly nextRunMs: number }): void {
    this.#statements.failed.run(error, nextRunMs, id);
  }

  hasAnnounced(id: string, papers: readonly PaperId[]): boolean {
    return papers.some((paper) => this.#statements.isAnnounced.get(id, paper) !== undefined);
  }

  announce(id: string, papers: readonly PaperId[]): void {
    for (const paper of papers) this.#statements.announce.run(id, paper);
  }
}

function toAlert(row: AlertRow): Alert {
  return {
    ...(JSON.parse(row.definition) as AlertDefinition),
    isPaused: row.is_paused === 1,
    createdMs: row.created_ms,
    lastRunMs: row.last_run_ms,
    nextRunMs: row.next_run_ms,
    position: row.position,
    backfill: row.backfill,
    error: row.error,
  };
}

function prepare(db: Database) {
  return {
    list: db.prepare<[], AlertRow>('SELECT * FROM alerts ORDER BY created_ms, id'),
    get: db.prepare<[string], AlertRow>('SELECT * FROM alerts WHERE id = ?'),
    add: db.prepare<[string, string, number, number, number, number]>(
      `INSERT INTO alerts (id, definition, created_ms, next_run_ms, position, backfill)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    remove: db.prepare<[string]>('DELETE FROM alerts WHERE id = ?'),
    setPaused: db.prepare<[number, string]>('UPDATE alerts SET is_paused = ? WHERE id = ?'),
    setDefinition: db.prepare<[string, string]>('UPDATE alerts SET definition = ? WHERE id = ?'),
    ran: db.prepare<[number, number, number, string]>(
      `UPDATE alerts SET last_run_ms = ?, next_run_ms = ?, position = ?, backfill = 0, error = NULL
       WHERE id = ?`,
    ),
    failed: db.prepare<[string, number, string]>('UPDATE alerts SET error = ?, next_run_ms = ? WHERE id = ?'),
    isAnnounced: db.prepare<[string, string]>('SELECT 1 FROM announced WHERE alert_id = ? AND paper_id = ?'),
    announce: db.prepare<[string, string]>('INSERT OR IGNORE INTO announced VALUES (?, ?)'),
  };
}
