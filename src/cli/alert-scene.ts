/** Opens what the commands of alerts work with. */
import { resolve } from 'node:path';
import type { AlertBook } from '../alerts/alert-book.ts';
import type { DeliverySettings } from '../alerts/delivery-settings.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../fault/app-error.ts';
import type { Scene } from './open-model.ts';

/** What mail and webhooks need. */
export const DELIVERY_SETTINGS = ['publicUrl', 'smtp', 'mailFrom', 'webhookHosts'] as const;

/** INDEX_MISSING. */
export async function withAlerts<T>({ settings }: Scene, use: (book: AlertBook) => Promise<T>): Promise<T> {
  const { AlertBook: Book } = await import('../alerts/alert-book.ts');
  const book = Book.open(resolve(settings.index));
  return use(book).finally(() => book.close());
}

export function deliverySettings(settings: Settings): DeliverySettings {
  const { publicUrl, smtp, smtpPassword, mailFrom, webhookSecret, webhookHosts } = settings;
  return { publicUrl, smtp, smtpPassword, mailFrom, webhookSecret, webhookHosts };
}

/** Better told now than at the first run. SETTINGS_INVALID, and INPUT_INVALID for a private address. */
export async function requireDeliverable(targets: readonly string[], settings: Settings): Promise<void> {
  const { requireReachable } = await import('../http/guarded-post.ts');
  const { parseTarget } = await import('../alerts/target.ts');
  for (const target of targets.map(parseTarget)) {
    if (target.kind === 'mail' && (settings.smtp === undefined || settings.mailFrom === undefined)) {
      throw missing('To send mail, PHAROS_SMTP and PHAROS_MAIL_FROM must be set');
    }
    if (target.kind !== 'webhook') continue;
    if (settings.webhookSecret === undefined) {
      throw missing('To sign webhooks, PHAROS_WEBHOOK_SECRET must be set');
    }
    try {
      requireReachable(new URL(target.url), settings.webhookHosts);
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      const { message, remedy } = cause;
      throw new AppError(
        'INPUT_INVALID',
        { message, remedy, issues: [{ message, pointer: 'to' }] },
        { cause },
      );
    }
  }
}

function missing(message: string): AppError {
  return new AppError('SETTINGS_INVALID', { message, remedy: 'docs/alerts.md tells how.' });
}
