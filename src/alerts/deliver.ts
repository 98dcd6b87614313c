/** Delivers what is due, each message once a round, and notes at once what became of it. */
import { isAppError } from '../fault/app-error.ts';
import { TransientFault } from '../http/transient-fault.ts';
import { oneLine } from '../paper/normalize-text.ts';
import type { AlertBook } from './alert-book.ts';
import { DeliveryFault } from './delivery-fault.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import { appendToFile } from './file-channel.ts';
import { sendMail } from './mail-channel.ts';
import type { Message } from './outbox.ts';
import { parseTarget } from './target.ts';
import { sendWebhook } from './webhook-channel.ts';

const MAX_ERROR_LENGTH = 500;
const NOTHING_SAID = { isHopeless: false, retryAfterMs: 0 };

export interface Delivery {
  readonly key: string;
  readonly alert: string;
  readonly target: string;
  readonly papers: number;
  readonly outcome: 'sent' | 'waiting' | 'dead';
  /** Why it was not sent. */
  readonly error?: string;
}

export interface DeliverOptions {
  readonly settings: DeliverySettings;
  readonly clock: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Never rejects for a message that cannot be delivered. Stops between two messages when the signal aborts. */
export async function deliverDue(book: AlertBook, options: DeliverOptions): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  const tried = new Set<string>();
  for (;;) {
    const message = options.signal?.aborted ? undefined : book.outbox.nextDue(options.clock(), tried);
    if (!message) return deliveries;
    tried.add(message.key);
    deliveries.push(await deliver(book, message, options));
  }
}

async function deliver(book: AlertBook, message: Message, options: DeliverOptions): Promise<Delivery> {
  const { key, alertId: alert, target, papers } = message;
  const told = { key, alert, target, papers };
  try {
    await send(book, message, options);
  } catch (cause) {
    if (!isDeliveryProblem(cause)) throw cause;
    // Servers put into their answers whatever they like.
    const error = oneLine(cause.message).slice(0, MAX_ERROR_LENGTH);
    const { isHopeless, retryAfterMs } = cause instanceof DeliveryFault ? cause : NOTHING_SAID;
    const failure = { error, isHopeless, retryAfterMs, nowMs: options.clock() };
    const outcome = book.outbox.failed(message, failure);
    return { ...told, outcome, error };
  }
  book.outbox.sent(key, options.clock());
  return { ...told, outcome: 'sent' };
}

async function send(
  book: AlertBook,
  message: Message,
  { settings, clock, signal }: DeliverOptions,
): Promise<void> {
  const { alertId, target: text } = message;
  const target = parseTarget(text);
  if (target.kind === 'mail') {
    const token = book.tokenFor({ alertId, target: text });
    return sendMail(message, target.address, { settings, token });
  }
  if (target.kind === 'webhook')
    return sendWebhook(message, target.url, { settings, nowMs: clock(), signal });
  return appendToFile(message, target.path);
}

function isDeliveryProblem(error: unknown): error is Error {
  return (
    error instanceof DeliveryFault || error instanceof TransientFault || isAppError(error, 'DELIVERY_FAILED')
  );
}
