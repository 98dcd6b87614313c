/**
 * How many mails that ask for a yes may go out: few to one address, few for one caller and few in all, or a form becomes
 * a weapon. Kept in alerts.db, so that a restart forgets nothing, as keyed hashes, so that nobody reads out of it whom
 * somebody wanted mail to be sent to.
 */
import { createHmac } from 'node:crypto';
import type { Database } from 'better-sqlite3';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REFUSAL_MS = 365 * DAY_MS;

export const MOST_ASKED = { toAddressADay: 3, ofCallerAnHour: 10, inAllAnHour: 30 } as const;

/** Of an address that was asked often enough and one whose owner wants no such mail the same is said. */
export type Allowance = 'yes' | 'not this address' | 'too many';

export interface Asking {
  readonly address: string;
  /** Who filled in the form, by network address; undefined for the user of the machine and whoever a proxy hides. */
  readonly caller: string | undefined;
}

export class InvitationAllowance {
  readonly #db: Database;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #key: Buffer;

  /** `key` in hexadecimal. */
  constructor(db: Database, key: string) {
    this.#db = db;
    this.#statements = prepare(db);
    this.#key = Buffer.from(key, 'hex');
  }

  /** A yes is counted as used. */
  ask({ address, caller }: Asking, nowMs: number): Allowance {
    const mailbox = this.#hash(mailboxOf(address));
    const from = caller === undefined ? '' : this.#hash(`caller ${caller}`);
    return this.#db
      .transaction((): Allowance => {
        this.#statements.forget.run(nowMs - DAY_MS);
        this.#statements.forgive.run(nowMs - REFUSAL_MS);
        if (this.#isUnwelcome(mailbox)) return 'not this address';
        if (this.#isTooMuch(from, nowMs)) return 'too many';
        this.#statements.note.run(mailbox, from, nowMs);
        return 'yes';
      })
      .immediate();
  }

  /** For a mail that could not be sent after all: it did not disturb its reader, but it was an attempt. */
  giveBack(address: string): void {
    this.#statements.giveBack.run(this.#hash(mailboxOf(address)));
  }

  /** The address is not asked for a year, unless its owner says yes meanwhile. */
  refuse(address: string, nowMs: number): void {
    this.#statements.refuse.run(this.#hash(mailboxOf(address)), nowMs);
  }

  /** Its owner has said yes: what was asked was welcome. */
  welcome(address: string): void {
    const mailbox = this.#hash(mailboxOf(address));
    this.#statements.unrefuse.run(mailbox);
    this.#statements.giveBack.run(mailbox);
  }

  #isUnwelcome(mailbox: string): boolean {
    if (this.#statements.isRefused.get(mailbox) !== undefined) return true;
    return (this.#statements.toMailbox.get(mailbox) ?? 0) >= MOST_ASKED.toAddressADay;
  }

  #isTooMuch(from: string, nowMs: number): boolean {
    const sinceMs = nowMs - HOUR_MS;
    if ((this.#statements.inAll.get(sinceMs) ?? 0) >= MOST_ASKED.inAllAnHour) return true;
    if (from === '') return false;
    return (this.#statements.ofCaller.get(from, sinceMs) ?? 0) >= MOST_ASKED.ofCallerAnHour;
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(`allowance:${text}`).digest('base64url');
  }
}

/** `Me+papers@Example.org` and `me@example.org` are read by one person. */
export function mailboxOf(address: string): string {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  return `${local.replace(/(?<=.)\+.*$/, '')}@${domain}`;
}

function prepare(db: Database) {
  return {
    forget: db.prepare<[number]>('DELETE FROM asked WHERE asked_ms <= ?'),
    forgive: db.prepare<[number]>('DELETE FROM refusals WHERE refused_ms <= ?'),
    note: db.prepare<[string, string, number]>('INSERT INTO asked VALUES (?, ?, ?)'),
    giveBack: db.prepare<[string]>(
      `UPDATE asked SET mailbox = ''
       WHERE rowid = (SELECT rowid FROM asked WHERE mailbox = ? ORDER BY asked_ms DESC LIMIT 1)`,
    ),
    refuse: db.prepare<[string, number]>('INSERT OR REPLACE INTO refusals VALUES (?, ?)'),
    unrefuse: db.prepare<[string]>('DELETE FROM refusals WHERE mailbox = ?'),
    isRefused: db.prepare<[string], number>('SELECT 1 FROM refusals WHERE mailbox = ?').pluck(),
    toMailbox: db.prepare<[string], number>('SELECT count(*) FROM asked WHERE mailbox = ?').pluck(),
    ofCaller: db
      .prepare<[string, number], number>('SELECT count(*) FROM asked WHERE caller = ? AND asked_ms > ?')
      .pluck(),
    inAll: db.prepare<[number], number>('SELECT count(*) FROM asked WHERE asked_ms > ?').pluck(),
  };
}
