/**
 * The messages in alerts.db. One is written in the same transaction that notes its papers as announced, and stays
 * until it is known to be delivered. Between a delivery and the note of it a crash makes it be delivered again, under
 * the same key: see docs/decisions/alert-outbox.md.
 */
import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { pauseAfter } from './back-off.ts';
import type { Digest } from './digest.ts';

export type MessageState = 'waiting' | 'sent' | 'dead';

export interface OutboxEntry {
  /** Never the same for two messages, always the same for one, however often it is tried. */
  readonly key: string;
  readonly alertId: string;
  readonly target: string;
  readonly papers: number;
  readonly state: MessageState;
  /** Failed tries. */
  readonly tries: number;
  readonly createdMs: number;
  /** When a waiting one is tried next. */
  readonly nextTryMs: number;
  readonly doneMs: number | null;
  /** Of the last failed try. */
  readonly error: string | null;
}

export interface Message extends OutboxEntry {
  readonly digest: Digest;
}

export type MessageCounts = Readonly<Record<MessageState, number>>;

interface MessageRow {
  readonly key: string;
  readonly alert_id: string;
  readonly target: string;
  readonly papers: number;
  readonly digest: string | null;
  readonly state: MessageState;
  readonly tries: number;
  readonly created_ms: number;
  readonly next_try_ms: number;
  readonly done_ms: number | null;
  readonly error: string | null;
}

interface Failure {
  readonly error: string;
  readonly isHopeless: boolean;
  /** For how long the receiver asks to be left alone; heard up to a day. */
  readonly retryAfterMs?: number;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;
const KEPT_MS = 30 * DAY_MS;
const LONGEST_WISH_MS = DAY_MS;

export class Outbox {
  readonly #db: Database;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  add(digest: Digest, { target, nowMs }: { readonly target: string; readonly nowMs: number }): void {
    const { papers, alert } = digest;
    this.#statements.add.run(
      randomUUID(),
      alert.id,
      target,
      papers.length,
      JSON.stringify(digest),
      nowMs,
      nowMs,
    );
  }

  /** The waiting message that has been due longest, of one alert or of any, after those keys that were tried. */
  nextDue(nowMs: number, tried: ReadonlySet<string>): Message | undefined {
    for (const row of this.#statements.due.iterate(nowMs)) {
      if (!tried.has(row.key) && row.digest !== null) {
        return { ...toEntry(row), digest: JSON.parse(row.digest) as Digest };
      }
    }
    return undefined;
  }

  sent(key: string, nowMs: number): void {
    this.#statements.sent.run(nowMs, key);
  }

  /** Waits for its next try, or is dead after the last one. Returns which. */
  failed(
    { key, tries }: Pick<OutboxEntry, 'key' | 'tries'>,
    { error, isHopeless, retryAfterMs = 0, nowMs }: Failure,
  ): 'waiting' | 'dead' {
    const ownPauseMs = isHopeless ? undefined : pauseAfter(tries + 1);
    if (ownPauseMs === undefined) {
      this.#statements.died.run(error, nowMs, key);
      return 'dead';
    }
    const pauseMs = Math.max(ownPauseMs, Math.min(retryAfterMs, LONGEST_WISH_MS));
    this.#statements.postponed.run(error, nowMs + pauseMs, key);
    return 'waiting';
  }

  /**
   * Forgets the messages that were delivered more than 30 days before; their number stays, and so does the memory of
   * which papers were announced. Returns how many.
   */
  prune(nowMs: number): number {
    const beforeMs = nowMs - KEPT_MS;
    return this.#db
      .transaction(() => {
        this.#statements.countPruned.run({ beforeMs });
        return this.#statements.prune.run(beforeMs).changes;
      })
      .immediate();
  }

  /** Makes the dead and the waiting messages of an alert due at once, with all their tries. Returns how many. */
  retry(alertId: string, nowMs: number): number {
    return this.#statements.retry.run(nowMs, alertId).changes;
  }

  /** Forgets what still waits for somebody who does not want it any more. */
  dropFor(alertId: string, target: string): void {
    this.#statements.drop.run(alertId, target);
  }

  countsOf(alertId: string): MessageCounts {
    const counts = { waiting: 0, sent: this.#statements.pruned.get(alertId) ?? 0, dead: 0 };
    for (const { state, count } of this.#statements.counts.all(alertId)) counts[state] += count;
    return counts;
  }

  /** The latest first. */
  entriesOf(alertId: string, limit: number): OutboxEntry[] {
    return this.#statements.entries.all(alertId, limit).map(toEntry);
  }
}

function toEntry(row: MessageRow): OutboxEntry {
  return {
    key: row.key,
    alertId: row.alert_id,
    target: row.target,
    papers: row.papers,
    state: row.state,
    tries: row.tries,
    createdMs: row.created_ms,
    nextTryMs: row.next_try_ms,
    doneMs: row.done_ms,
    error: row.error,
  };
}

function prepare(db: Database) {
  return {
    add: db.prepare<[string, string, string, number, string, number, number]>(
      `INSERT INTO messages (key, alert_id, target, papers, digest, created_ms, next_try_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    due: db.prepare<[number], MessageRow>(
      `SELECT * FROM messages WHERE state = 'waiting' AND next_try_ms <= ? ORDER BY next_try_ms, rowid`,
    ),
    sent: db.prepare<[number, string]>(
      `UPDATE messages SET state = 'sent', done_ms = ?, error = NULL, digest = NULL WHERE key = ?`,
    ),
    died: db.prepare<[string, number, string]>(
      `UPDATE messages SET state = 'dead', tries = tries + 1, error = ?, done_ms = ? WHERE key = ?`,
    ),
    postponed: db.prepare<[string, number, string]>(
      'UPDATE messages SET tries = tries + 1, error = ?, next_try_ms = ? WHERE key = ?',
    ),
    retry: db.prepare<[number, string]>(
      `UPDATE messages SET state = 'waiting', tries = 0, next_try_ms = ?, done_ms = NULL
       WHERE alert_id = ? AND state != 'sent'`,
    ),
    drop: db.prepare<[string, string]>(
      `DELETE FROM messages WHERE alert_id = ? AND target = ? AND state != 'sent'`,
    ),
    prune: db.prepare<[number]>(`DELETE FROM messages WHERE state = 'sent' AND done_ms < ?`),
    countPruned: db.prepare<[{ beforeMs: number }]>(
      `UPDATE alerts SET pruned = pruned + gone.count
       FROM (SELECT alert_id, count(*) AS count FROM messages
             WHERE state = 'sent' AND done_ms < :beforeMs GROUP BY alert_id) AS gone
       WHERE alerts.id = gone.alert_id`,
    ),
    pruned: db.prepare<[string], number>('SELECT pruned FROM alerts WHERE id = ?').pluck(),
    counts: db.prepare<[string], { state: MessageState; count: number }>(
      'SELECT state, count(*) AS count FROM messages WHERE alert_id = ? GROUP BY state',
    ),
    entries: db.prepare<[string, number], MessageRow>(
      'SELECT * FROM messages WHERE alert_id = ? ORDER BY created_ms DESC, rowid DESC LIMIT ?',
    ),
  };
}
