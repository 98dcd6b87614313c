/** The alerts of one index: what they are, what they have announced, what waits to be delivered. One file, alerts.db. */
import type { Database } from 'better-sqlite3';
import type { EngineReader } from '../engine/engine.ts';
import { AppError } from '../fault/app-error.ts';
import type { PaperId } from '../paper/paper.ts';
import type { Alert } from './alert.ts';
import { openAlertDatabase } from './alert-database.ts';
import { type AlertRequest, completeAlert } from './alert-request.ts';
import { AlertStore, type RunRecord } from './alert-store.ts';
import { Arrivals } from './arrivals.ts';
import type { Digest } from './digest.ts';
import { alertOf, type Invitation, invitationToken, readInvitation } from './invitation.ts';
import { InvitationAllowance } from './invitation-allowance.ts';
import { type MessageCounts, Outbox, type OutboxEntry } from './outbox.ts';
import { nextRunMs } from './schedule.ts';
import { readUnsubscribeToken, type Subscription, unsubscribeToken } from './unsubscribe-token.ts';

export interface ListedAlert extends Alert {
  readonly messages: MessageCounts;
}

/** What one run of one alert decided. */
export interface Announcement {
  readonly alert: Alert;
  /** Everything that counts as announced: the papers and the others of the same works. */
  readonly papers: readonly PaperId[];
  readonly digests: readonly Digest[];
  readonly record: RunRecord;
}

interface Adding {
  readonly reader: Pick<EngineReader, 'lastDocId' | 'papers' | 'records'>;
  readonly nowMs: number;
}

export class AlertBook {
  readonly dir: string;
  readonly arrivals: Arrivals;
  readonly outbox: Outbox;
  readonly allowance: InvitationAllowance;
  readonly #db: Database;
  readonly #alerts: AlertStore;
  readonly #signingKey: string;

  private constructor(dir: string, db: Database) {
    this.dir = dir;
    this.#db = db;
    this.#alerts = new AlertStore(db);
    this.arrivals = new Arrivals(db);
    this.outbox = new Outbox(db);
    this.#signingKey = String(db.prepare(`SELECT value FROM meta WHERE key = 'signing-key'`).pluck().get());
    this.allowance = new InvitationAllowance(db, this.#signingKey);
  }

  /** `dir` is the folder of an index. INDEX_MISSING, INDEX_INCOMPATIBLE. */
  static open(dir: string): AlertBook {
    return new AlertBook(dir, openAlertDatabase(dir));
  }

  list(): ListedAlert[] {
    return this.#alerts.list().map((alert) => this.#listed(alert));
  }

  /** ALERT_NOT_FOUND. */
  get(id: string): ListedAlert {
    return this.#listed(this.#alerts.require(id));
  }

  /** The latest messages of an alert. ALERT_NOT_FOUND. */
  messages(id: string, limit: number): OutboxEntry[] {
    this.#alerts.require(id);
    return this.outbox.entriesOf(id, limit);
  }

  /** Everything the reader holds by now is old for this alert. INPUT_INVALID and QUERY_EMPTY as `completeAlert`. */
  async add(request: AlertRequest, { reader, nowMs }: Adding): Promise<ListedAlert> {
    const { backfill, ...definition } = completeAlert(request);
    const position = await this.arrivals.catchUp(reader);
    const runsAtMs = nextRunMs(definition.every, nowMs);
    // What is asked for from before is wanted now and not at the first date.
    const due = { createdMs: nowMs, nextRunMs: backfill > 0 ? nowMs : runsAtMs, position, backfill };
    return this.#db
      .transaction(() => {
        const id =
          request.id === undefined ? this.#freeName(definition.id) : this.#requireFree(definition.id);
        this.#alerts.add({ ...definition, id, ...due });
        return this.get(id);
      })
      .immediate();
  }

  /** ALERT_NOT_FOUND. */
  remove(id: string): void {
    this.#alerts.require(id);
    this.#alerts.remove(id);
  }

  /** ALERT_NOT_FOUND; INPUT_INVALID for one that nobody is told of any more. */
  setPaused(id: string, isPaused: boolean): ListedAlert {
    const { targets } = this.#alerts.require(id);
    if (!isPaused && targets.length === 0) {
      const message = `Nobody is told of "${id}" any more: everybody has unsubscribed`;
      throw new AppError('INPUT_INVALID', { message, remedy: 'Remove it, and add it anew with --to.' });
    }
    this.#alerts.setPaused(id, isPaused);
    return this.get(id);
  }

  /** Messages that are due again at once. ALERT_NOT_FOUND. */
  retry(id: string, nowMs: number): number {
    this.#alerts.require(id);
    return this.outbox.retry(id, nowMs);
  }

  /** What was announced of any of these papers. */
  hasAnnounced(id: string, papers: readonly PaperId[]): boolean {
    return this.#alerts.hasAnnounced(id, papers);
  }

  /** All or nothing: the papers are announced, their messages written, the alert run. Nothing where it was removed. */
  commit({ alert, papers, digests, record }: Announcement): void {
    this.#db
      .transaction(() => {
        const current = this.#alerts.get(alert.id);
        // Somebody who has unsubscribed meanwhile is told nothing; one made anew under the name starts afresh.
        if (current?.createdMs !== alert.createdMs) return;
        this.#alerts.announce(alert.id, papers);
        for (const digest of digests) {
          for (const target of current.targets) this.outbox.add(digest, { target, nowMs: record.ranMs });
        }
        this.#alerts.ran(alert.id, record);
      })
      .immediate();
  }

  failed(alert: Alert, error: string, nowMs: number): void {
    this.#alerts.failed(alert.id, { error, nextRunMs: nextRunMs(alert.every, nowMs) });
  }

  tokenFor(subscription: Subscription): string {
    return unsubscribeToken(subscription, this.#signingKey);
  }

  /** What a link stands for; undefined where it is not ours. */
  subscriptionOf(token: string): Subscription | undefined {
    return readUnsubscribeToken(token, this.#signingKey);
  }

  /**
   * Doing it twice is doing it once. An alert that nobody is told of any more is paused; one that its reader asked for by
   * a form is gone.
   */
  unsubscribe({ alertId, target }: Subscription): void {
    this.#db
      .transaction(() => {
        const alert = this.#alerts.get(alertId);
        if (!alert?.targets.includes(target)) return;
        if (alert.isByForm) return this.#alerts.remove(alertId);
        const left = alert.targets.filter((other) => other !== target);
        this.#alerts.setTargets(alert, left);
        this.outbox.dropFor(alertId, target);
        if (left.length === 0) this.#alerts.setPaused(alertId, true);
      })
      .immediate();
  }

  invitationToken(invitation: Invitation, nowMs: number): string {
    return invitationToken(invitation, { key: this.#signingKey, nowMs });
  }

  /** Undefined where the token is not ours, or too old. */
  invitationOf(token: string, nowMs: number): Invitation | undefined {
    return readInvitation(token, { key: this.#signingKey, nowMs });
  }

  /** Doing it twice is doing it once, also at the same time. */
  async accept(invitation: Invitation, added: Adding): Promise<ListedAlert> {
    const { id, ...request } = alertOf(invitation);
    this.allowance.welcome(invitation.address);
    const isThere = () => this.#alerts.get(id) !== undefined;
    if (isThere()) return this.get(id);
    return this.add({ ...request, id }, added).catch((error: unknown) => {
      // Whoever pressed the button twice was quicker the other time.
      if (isThere()) return this.get(id);
      throw error;
    });
  }

  /** Called by every run. */
  noteRun(nowMs: number): void {
    this.#db.prepare(`INSERT OR REPLACE INTO meta VALUES ('last-run-ms', ?)`).run(nowMs);
  }

  /** When the alerts were last run, whether or not one was due; undefined where they never were. */
  lastRunMs(): number | undefined {
    return this.#db.prepare<[], number>(`SELECT value FROM meta WHERE key = 'last-run-ms'`).pluck().get();
  }

  close(): void {
    this.#db.close();
  }

  #listed(alert: Alert): ListedAlert {
    return { ...alert, messages: this.outbox.countsOf(alert.id) };
  }

  #requireFree(id: string): string {
    if (this.#alerts.get(id) === undefined) return id;
    const message = `There is an alert "${id}" already`;
    const issues = [{ message, pointer: 'id' }];
    throw new AppError('INPUT_INVALID', {
      message,
      remedy: 'Choose another name, or remove that one.',
      issues,
    });
  }

  /** `graph-networks`, `graph-networks-2` ... */
  #freeName(base: string): string {
    for (let number = 2, id = base; ; id = `${base}-${number++}`) {
      if (this.#alerts.get(id) === undefined) return id;
    }
  }
}
