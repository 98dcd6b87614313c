/** What a link in a mail proves: that we wrote it, for this alert and this target. */
import { readSignedToken, signedToken } from './signed-token.ts';

export interface Subscription {
  readonly alertId: string;
  readonly target: string;
}

const PURPOSE = 'unsubscribe';

export function unsubscribeToken({ alertId, target }: Subscription, key: string): string {
  return signedToken(PURPOSE, [alertId, target], key);
}

/** Undefined for what was not signed with this key. */
export function readUnsubscribeToken(token: string, key: string): Subscription | undefined {
  const content = readSignedToken(PURPOSE, token, key);
  if (content === undefined) return undefined;
  const [alertId, target] = content as [string, string];
  return { alertId, target };
}
