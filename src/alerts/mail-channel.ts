/** Delivers a digest by SMTP. One connection a message: a run sends few, and a connection that lingers can break. */
import { createTransport } from 'nodemailer';
import { DeliveryFault } from './delivery-fault.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import { digestHtml } from './digest-html.ts';
import { digestText, subjectOf } from './digest-text.ts';
import type { Message } from './outbox.ts';
import { smtpOptions } from './smtp-options.ts';

export interface MailOptions {
  readonly settings: Pick<DeliverySettings, 'smtp' | 'smtpPassword' | 'mailFrom' | 'publicUrl'>;
  /** Signed for this alert and address. */
  readonly token: string;
}

/** RFC 5321: the server will not take this message from this sender for this reader, ever. */
const REFUSED = new Set([550, 551, 552, 553, 554, 556]);

/** Rejects with a DeliveryFault; hopeless where the server refuses the reader or the message for good. */
export async function sendMail(
  { key, digest }: Pick<Message, 'key' | 'digest'>,
  address: string,
  { settings, token }: MailOptions,
): Promise<void> {
  const { smtp, smtpPassword, mailFrom } = settings;
  if (smtp === undefined || mailFrom === undefined) {
    throw new DeliveryFault('PHAROS_SMTP and PHAROS_MAIL_FROM are not both set, so no mail can be sent');
  }
  const unsubscribe = unsubscribeAddress(settings.publicUrl, token);
  const transport = createTransport(smtpOptions(smtp, smtpPassword));
  try {
    await transport.sendMail({
      from: { name: 'Pharos', address: mailFrom },
      to: { name: '', address },
      subject: subjectOf(digest),
      // The same at every try, so that a mailbox can tell a second copy.
      messageId: `<${key}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}>`,
      date: digest.created,
      text: digestText(digest, { unsubscribe }),
      html: digestHtml(digest, { unsubscribe }),
      headers: headersOf(digest.alert.id, unsubscribe),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (cause) {
    throw faultOf(cause);
  } finally {
    transport.close();
  }
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

function faultOf(cause: unknown): DeliveryFault {
  const { message, responseCode, command } = cause as Error & { responseCode?: number; command?: string };
  // A refused login is a wrong setting, which somebody will correct.
  const isAboutMessage = command !== undefined && !command.startsWith('AUTH');
  const isHopeless = isAboutMessage && responseCode !== undefined && REFUSED.has(responseCode);
  return new DeliveryFault(message, { isHopeless, cause });
}
