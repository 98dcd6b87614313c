/**
 * Where the link in a mail leads. Looking changes nothing, because programs that check mail open every link; the
 * button does, and so does the POST of a mail program whose user has clicked once (RFC 8058).
 */
import type { Express, RequestHandler, Response } from 'express';
import { AppError } from '../fault/app-error.ts';
import type { AlertDesk } from './alert-desk.ts';
import { parseQueryString } from './parse-query-string.ts';
import { traceOf } from './request-trace.ts';

export const UNSUBSCRIBE_PATH = '/alerts/unsubscribe';

const STYLE = 'font-family:sans-serif;max-width:32em;margin:4em auto;padding:0 1em';
/** Only our own form may be sent, and nothing else happens on the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/** Any body is taken and none is read: the token says everything. */
export function mountUnsubscribe(app: Express, desk: AlertDesk): void {
  app.get(
    UNSUBSCRIBE_PATH,
    handle(desk, ({ alertId }) => askBefore(alertId)),
  );
  app.post(
    UNSUBSCRIBE_PATH,
    handle(desk, (subscription) => {
      desk.unsubscribe(subscription);
      return page(
        'Unsubscribed',
        `<p>There will be no more mail of the alert <b>${subscription.alertId}</b>.</p>`,
      );
    }),
  );
}

type Subscription = NonNullable<ReturnType<AlertDesk['subscriptionOf']>>;

function handle(desk: AlertDesk, answer: (subscription: Subscription) => string): RequestHandler {
  return (request, response) => {
    traceOf(response).route = UNSUBSCRIBE_PATH;
    const { values } = parseQueryString(request.url.split('?', 2)[1] ?? '');
    const subscription = desk.subscriptionOf(values.get('token')?.[0] ?? '');
    if (!subscription) {
      const message = 'This link is not complete, or not of this server.';
      const remedy = 'Copy the whole link out of the mail.';
      throw new AppError('INPUT_INVALID', { message, remedy, issues: [{ message, pointer: 'token' }] });
    }
    send(response, answer(subscription));
  };
}

/** The form goes to the address it came from, token included. */
function askBefore(alertId: string): string {
  return page(
    'Unsubscribe',
    `<p>Stop the mails of the alert <b>${alertId}</b>?</p>
<form method="post"><button>Stop these mails</button></form>`,
  );
}

/** Names of alerts hold nothing that HTML minds. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="robots" content="noindex"><title>${title} · Pharos</title></head>
<body style="${STYLE}">
<h1>${title}</h1>
${body}
</body>
</html>
`;
}

function send(response: Response, html: string): void {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('Cache-Control', 'no-store');
  response.type('html').send(html);
}
