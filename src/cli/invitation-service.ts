/** Subscribing by mail, where mail can be sent: who is asked, how often, and what a yes makes. */
import type { AlertBook } from '../alerts/alert-book.ts';
import { DeliveryFault } from '../alerts/delivery-fault.ts';
import { alertOf } from '../alerts/invitation.ts';
import { InvitationAllowance } from '../alerts/invitation-allowance.ts';
import { sendInvitation } from '../alerts/invitation-mail.ts';
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
  readonly log: { readonly error: (facts: object, message: string) => void };
}

/** Undefined where the settings for mail and the public address are not all there. */
export function invitationDesk(options: InvitationServiceOptions): InvitationDesk | undefined {
  const { settings, search, book, hasBook, log } = options;
  const { publicUrl, ...mail } = deliverySettings(settings);
  if (mail.smtp === undefined || mail.mailFrom === undefined || publicUrl === undefined) return undefined;
  const allowance = new InvitationAllowance();
  return {
    invite: async (invitation) => {
      // What could not become an alert is told to whoever asks, not to the owner of the address.
      alertOf(invitation);
      const nowMs = Date.now();
      const allowed = allowance.ask(invitation.address, nowMs);
      if (allowed === 'too many') throw tooMany();
      if (allowed === 'asked already') return true;
      const token = book().invitationToken(invitation, nowMs);
      try {
        await sendInvitation(invitation.address, { settings: { ...mail, publicUrl }, token });
        return true;
      } catch (error) {
        if (!(error instanceof DeliveryFault)) throw error;
        allowance.giveBack(invitation.address);
        log.error({ error: error.message }, 'a mail that asks to confirm could not be sent');
        return false;
      }
    },
    invitationOf: (token) => (hasBook() ? book().invitationOf(token, Date.now()) : undefined),
    accept: (invitation) => book().accept(invitation, { reader: search().reader, nowMs: Date.now() }),
  };
}

function tooMany(): AppError {
  return new AppError('RATE_LIMITED', {
    message: 'Too many addresses were asked to confirm within the hour.',
    remedy: 'Try again in an hour, or follow the feed.',
  });
}
