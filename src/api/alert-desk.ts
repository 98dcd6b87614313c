/** What the routes need of the alerts of the index. Made by the composition root, which knows where they lie. */
import type { ListedAlert } from '../alerts/alert-book.ts';
import type { AlertRequest } from '../alerts/alert-request.ts';
import type { Invitation } from '../alerts/invitation.ts';
import type { OutboxEntry } from '../alerts/outbox.ts';
import type { Subscription } from '../alerts/unsubscribe-token.ts';

/** Subscribing by mail, which the owner of the address has to confirm. */
export interface InvitationDesk {
  /** Whether something runs the alerts, so that what is subscribed to would be sent. */
  isDelivering(): boolean;
  /**
   * Sends the mail that asks. False where it could not be sent. `caller` is who asks, by network address. INPUT_INVALID,
   * QUERY_EMPTY, RATE_LIMITED where the address or too many were asked already, ROUTE_NOT_FOUND where nothing would be
   * delivered.
   */
  invite(invitation: Invitation, caller: string | undefined): Promise<boolean>;
  /** What a link asks to confirm; undefined for one that is not ours or too old. */
  invitationOf(token: string): Invitation | undefined;
  accept(invitation: Invitation): Promise<ListedAlert>;
  /** The address is not asked again for a year. */
  refuse(invitation: Invitation): void;
}

export interface AlertDesk {
  /** Absent where mail cannot be sent, or the server does not know its own address for the links in it. */
  readonly invitations?: InvitationDesk | undefined;

  list(): readonly ListedAlert[];
  /** ALERT_NOT_FOUND, as all that name one. */
  get(id: string): ListedAlert;
  /** The latest messages. */
  messages(id: string): readonly OutboxEntry[];
  /** INPUT_INVALID, QUERY_EMPTY, SETTINGS_INVALID where the server could not deliver. */
  add(request: AlertRequest): Promise<ListedAlert>;
  remove(id: string): void;
  /** Undefined for a token that is not ours. */
  subscriptionOf(token: string): Subscription | undefined;
  unsubscribe(subscription: Subscription): void;
}
