/** What the routes need of the alerts of the index. Made by the composition root, which knows where they lie. */
import type { ListedAlert } from '../alerts/alert-book.ts';
import type { AlertRequest } from '../alerts/alert-request.ts';
import type { OutboxEntry } from '../alerts/outbox.ts';
import type { Subscription } from '../alerts/unsubscribe-token.ts';

export interface AlertDesk {
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
