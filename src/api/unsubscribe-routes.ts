/**
 * Where the link in a mail leads. Looking changes nothing, because programs that check mail open every link; the
 * button does, and so does the POST of a mail program whose user has clicked once (RFC 8058).
 */
import type { Request } from 'express';
import { AppError } from '../fault/app-error.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { ApiContext } from './context.ts';
import { readQuery } from './read-input.ts';
import { Reply } from './reply.ts';
import { unsubscribeInput } from './request-schemas.ts';
import type { Route } from './route.ts';

const PATH = '/alerts/unsubscribe';
const STYLE = 'font-family:sans-serif;max-width:32em;margin:4em auto;padding:0 1em;overflow-wrap:anywhere';
/** Only our own form may be sent, and nothing else happens on the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

type Subscription = NonNullable<ReturnType<AlertDesk['subscriptionOf']>>;

export const unsubscribeRoutes: readonly Route[] = [
  {
    method: 'get',
    address: PATH,
    path: PATH,
    summary: 'The page behind the link of a mail, which asks before anything is stopped.',
    input: unsubscribeInput,
    scope: 'open',
    answer: async (request, context) => {
      const { alertId } = subscriptionOf(request, context);
      // The form goes to the address it came from, token included.
      const form = '<form method="post"><button>Stop these mails</button></form>';
      return page('Unsubscribe', `<p>Stop the mails of the alert <b>${alertId}</b>?</p>\n${form}`);
    },
  },
  {
    method: 'post',
    address: PATH,
    path: PATH,
    summary: 'Stops the mails; what one click in a mail program sends.',
    input: unsubscribeInput,
    scope: 'open',
    answer: async (request, context) => {
      const subscription = subscriptionOf(request, context);
      context.alerts?.unsubscribe(subscription);
      return page(
        'Unsubscribed',
        `<p>No more mails of the alert <b>${subscription.alertId}</b> are sent.</p>`,
      );
    },
  },
];

/** The token says everything; a body is not read. */
function subscriptionOf(request: Request, { alerts }: ApiContext): Subscription {
  const { token } = readQuery(unsubscribeInput, request);
  const subscription = alerts?.subscriptionOf(token);
  if (subscription) return subscription;
  const message = 'This link is not complete, or not of this server.';
  const remedy = 'Copy the whole link out of the mail.';
  throw new AppError('INPUT_INVALID', { message, remedy, issues: [{ message, pointer: 'token' }] });
}

/** Names of alerts hold nothing that HTML minds. */
function page(title: string, body: string): Reply {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title} · Pharos</title></head>
<body>
<main style="${STYLE}">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  const headers = { 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' };
  return new Reply(html, { type: 'text/html; charset=utf-8', headers });
}
