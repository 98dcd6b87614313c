/** How many mails that ask for a yes may go out: few to one address, and few in all, or a form becomes a weapon. */

const HOUR_MS = 3_600_000;
const MOST_AN_HOUR = 30;

export type Allowance = 'yes' | 'asked already' | 'too many';

export class InvitationAllowance {
  /** When each address was last asked, within the hour. */
  readonly #asked = new Map<string, number>();

  /** A yes is counted as used. */
  ask(address: string, nowMs: number): Allowance {
    for (const [other, atMs] of this.#asked) if (nowMs - atMs >= HOUR_MS) this.#asked.delete(other);
    const mailbox = address.toLowerCase();
    if (this.#asked.has(mailbox)) return 'asked already';
    if (this.#asked.size >= MOST_AN_HOUR) return 'too many';
    this.#asked.set(mailbox, nowMs);
    return 'yes';
  }

  /** For a mail that could not be sent after all. */
  giveBack(address: string): void {
    this.#asked.delete(address.toLowerCase());
  }
}
