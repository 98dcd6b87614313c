/** Delivers a digest by mail. */
import { digestHtml } from './digest-html.ts';
import { digestText, subjectOf } from './digest-text.ts';
import type { Message } from './outbox.ts';
import { type MailSettings, sendBySmtp } from './send-by-smtp.ts';

export interface MailOptions {
  readonly settings: MailSettings;
  /** Signed for this alert and address. */
  readonly token: string;
}

/** Rejects as `sendBySmtp`. */
export async function sendMail(
  { key, digest }: Pick<Message, 'key' | 'digest'>,
  address: string,
  { settings, token }: MailOptions,
): Promise<void> {
  const unsubscribe = unsubscribeAddress(settings.publicUrl, token);
  const mail = {
    ...{ to: address, key, subject: subjectOf(digest), date: digest.created },
    text: digestText(digest, { unsubscribe }),
    html: digestHtml(digest, { unsubscribe }),
    headers: headersOf(digest.alert.id, unsubscribe),
  };
  await sendBySmtp(mail, settings);
}

export function unsubscribeAddress(publicUrl: string | undefined, token: string): string | undefined {
  if (publicUrl === undefined) return undefined;
  return `${publicUrl.replace(/\/+$/, '')}/alerts/unsubscribe?token=${encodeURIComponent(token)}`;
}

/** RFC 8058 wants one click to be https; RFC 3834 keeps out-of-office answers away. */
function headersOf(alertId: string, unsubscribe: string | undefined): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Pharos-Alert': alertId,
    ...(unsubscribe !== undefined && { 'List-Unsubscribe': `<${unsubscribe}>` }),
    ...(unsubscribe?.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}
