/** Subscribing by mail, where mail can be sent: who is asked, how often, and what a yes makes. */
import type { AlertBook } from '../alerts/alert-book.ts';
import { DeliveryFault } from '../alerts/delivery-fault.ts';
import { alertOf } from '../alerts/invitation.ts';
import type { Allowance } from '../alerts/invitation-allowance.ts';
import { sendInvitation } from '../alerts/invitation-mail.ts';
import { withoutAddresses } from '../alerts/without-addresses.ts';
import type { InvitationDesk } from '../api/alert-desk.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../fault/app-error.ts';
import { deliverySettings } from './alert-scene.ts';
import type { OpenSearch } from './opening.ts';

export interface InvitationServiceOptions {
  readonly settings: Settings;
  readonly search: () => OpenSearch;
  /** Opened by whoever asks first. */
  readonly book: () => AlertBook;
  /** Without alerts there is no key that a link could have been signed with. */
  readonly hasBook: () => boolean;
  /** Whether this very server runs the alerts. */
  readonly isRunning: () => boolean;
  readonly log: { readonly error: (facts: object, message: string) => void };
}

/** A timer that runs the alerts once a day, and is late, is one that runs them. */
const RUNS_WITHIN_MS = 26 * 3_600_000;

/** Undefined where the settings for mail and the public address are not all there. */
export function invitationDesk(options: InvitationServiceOptions): InvitationDesk | undefined {
  const { settings, search, book, hasBook, isRunning, log } = options;
  const { publicUrl, ...mail } = deliverySettings(settings);
  if (mail.smtp === undefined || mail.mailFrom === undefined || publicUrl === undefined) return undefined;
  const isDelivering = () => {
    if (isRunning()) return true;
    const lastRunMs = hasBook() ? book().lastRunMs() : undefined;
    return lastRunMs !== undefined && Date.now() - lastRunMs < RUNS_WITHIN_MS;
  };
  return {
    isDelivering,
    invite: async (invitation, caller) => {
      // What could not become an alert is told to whoever asks, not to the owner of the address.
      alertOf(invitation);
      if (!isDelivering()) throw notNow();
      const { address } = invitation;
      const nowMs = Date.now();
      const { allowance } = book();
      requireAllowed(allowance.ask({ address, caller }, nowMs));
      const token = book().invitationToken(invitation, nowMs);
      try {
        await sendInvitation(address, { settings: { ...mail, publicUrl }, token });
        return true;
      } catch (error) {
        if (!(error instanceof DeliveryFault)) throw error;
        allowance.giveBack(address);
        const reason = withoutAddresses(error.message);
        log.error({ error: reason }, 'a mail that asks to confirm could not be sent');
        return false;
      }
    },
    invitationOf: (token) => (hasBook() ? book().invitationOf(token, Date.now()) : undefined),
    accept: (invitation) => book().accept(invitation, { reader: search().reader, nowMs: Date.now() }),
    refuse: ({ address }) => book().allowance.refuse(address, Date.now()),
  };
}

function requireAllowed(allowed: Allowance): void {
  if (allowed === 'yes') return;
  const message =
    allowed === 'too many'
      ? 'Too many addresses were asked to confirm within the hour.'
      : 'This address was asked to confirm often enough today, or wants no such mail.';
  throw new AppError('RATE_LIMITED', { message, remedy: 'Try again later, or follow the feed.' });
}

function notNow(): AppError {
  const message = 'Nothing sends the mails of this server at the moment.';
  return new AppError('ROUTE_NOT_FOUND', { message, remedy: 'Follow the feed.' });
}
