/** Sends one mail by SMTP. One connection a message: a run sends few, and a connection that lingers can break. */
import { createTransport, type SendMailOptions } from 'nodemailer';
import { DeliveryFault } from './delivery-fault.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import { smtpOptions } from './smtp-options.ts';

export type MailSettings = Pick<DeliverySettings, 'smtp' | 'smtpPassword' | 'mailFrom' | 'publicUrl'>;

export interface Mail extends Pick<SendMailOptions, 'text' | 'html' | 'date' | 'headers'> {
  readonly to: string;
  readonly subject: string;
  /** The same at every try, so that a mailbox can tell a second copy. */
  readonly key: string;
}

/** RFC 5321: the server will not take this message from this sender for this reader, ever. */
const REFUSED = new Set([550, 551, 552, 553, 554, 556]);

/** Rejects with a DeliveryFault; hopeless where the server refuses the reader or the message for good. */
export async function sendBySmtp({ to, key, ...mail }: Mail, settings: MailSettings): Promise<void> {
  const { smtp, smtpPassword, mailFrom } = settings;
  if (smtp === undefined || mailFrom === undefined) {
    throw new DeliveryFault('PHAROS_SMTP and PHAROS_MAIL_FROM are not both set, so no mail can be sent');
  }
  const transport = createTransport(smtpOptions(smtp, smtpPassword));
  try {
    await transport.sendMail({
      ...mail,
      from: { name: 'Pharos', address: mailFrom },
      to: { name: '', address: to },
      messageId: `<${key}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (cause) {
    throw faultOf(cause);
  } finally {
    transport.close();
  }
}

function faultOf(cause: unknown): DeliveryFault {
  const { message, responseCode, command } = cause as Error & { responseCode?: number; command?: string };
  // A refused login is a wrong setting, which somebody will correct.
  const isAboutMessage = command !== undefined && !command.startsWith('AUTH');
  const isHopeless = isAboutMessage && responseCode !== undefined && REFUSED.has(responseCode);
  return new DeliveryFault(message, { isHopeless, cause });
}
