/**
 * The mail that asks for a yes. Whoever filled in the form may be a stranger to its reader, so nothing of what was typed
 * is in it: else the form would send anybody's words to anybody.
 */
import { randomUUID } from 'node:crypto';
import { type MailSettings, sendBySmtp } from './send-by-smtp.ts';

export interface InvitationMailOptions {
  readonly settings: MailSettings & { readonly publicUrl: string };
  readonly token: string;
}

/** Rejects as `sendBySmtp`. */
export async function sendInvitation(
  address: string,
  { settings, token }: InvitationMailOptions,
): Promise<void> {
  const site = settings.publicUrl.replace(/\/+$/, '');
  await sendBySmtp(
    {
      to: address,
      key: randomUUID(),
      subject: 'Shall Pharos tell you of new papers?',
      text: textOf(site, `${site}/subscribe/confirm?token=${encodeURIComponent(token)}`),
      headers: { 'Auto-Submitted': 'auto-generated' },
    },
    settings,
  );
}

function textOf(site: string, link: string): string {
  return `Somebody, we hope you, wants mail to this address when there are new papers
at ${site}

See what it is about, and say yes, or that you want no such mail:
${link}

If it was not you, you need not do anything: nothing is sent without a yes.
The link works for seven days.
`;
}
