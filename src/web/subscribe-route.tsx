/**
 * `/subscribe` as routes: a search, named as its page names it, or the papers of each day. Feeds are there always; mail is
 * where the server can send it, and only after the owner of the address has said yes.
 */
import { z } from 'zod';
import type { InvitationDesk } from '../api/alert-desk.ts';
import { addressOf } from '../api/caller.ts';
import type { ApiContext } from '../api/context.ts';
import { householdOf } from '../api/rate-limit.ts';
import { readQuery } from '../api/read-input.ts';
import { relatedToPaperInput, text, unsubscribeInput } from '../api/request-schemas.ts';
import { isLoopback } from '../api/require-local.ts';
import { requireSameSite } from '../api/require-same-site.ts';
import type { Route } from '../api/route.ts';
import { siteOf } from '../api/site-of.ts';
import { validateInput } from '../api/validate-input.ts';
import { toFilter } from '../engine/filter-words.ts';
import { AppError } from '../fault/app-error.ts';
import { MAX_QUERY_LENGTH } from '../search/request.ts';
import type { SearchState } from './addresses.ts';
import type { Assets } from './assets.ts';
import { type Answer, ConfirmPage } from './confirm-page.tsx';
import { FeedLinks, feedsOf } from './feed-links.tsx';
import { htmlReply } from './html.tsx';
import type { MailState, Sent } from './mail-form.tsx';
import { STRINGS } from './strings.ts';
import { SubscribePage } from './subscribe-page.tsx';

type Request = Parameters<Route['answer']>[0];

const MAX_ADDRESS_LENGTH = 320;

const subscribeInput = z.strictObject({
  ...relatedToPaperInput.shape,
  q: text(MAX_QUERY_LENGTH).exactOptional().describe('The question to follow.'),
});
/** The search stands in the address of the form. */
const mailForm = z.strictObject({
  address: text(MAX_ADDRESS_LENGTH).describe('Whom to tell.'),
  every: z.enum(['day', 'week']).describe('How often at most.'),
});
const confirmForm = z.strictObject({
  answer: z.enum(['yes', 'never']).exactOptional().describe('What the owner of the address says.'),
});

export function subscribeRoutes(assets: Assets): Route[] {
  const common = { address: '/subscribe', path: '/subscribe', input: subscribeInput } as const;
  const page = (request: Request, { settings, alerts }: ApiContext, sent?: Sent) => {
    const state = searchIn(request);
    const mail = mailStateOf(alerts?.invitations);
    return htmlReply({
      title: `${STRINGS.subscribe.title} · ${STRINGS.name}`,
      ...{ assets, query: '', here: '/subscribe', status: sent?.outcome === 'failed' ? 502 : 200 },
      head: <FeedLinks feeds={feedsOf(state)} />,
      children: <SubscribePage {...{ state, mail, sent }} site={siteOf(request, settings)} />,
    });
  };
  return [
    {
      ...{ ...common, method: 'get' },
      summary: 'A page with the ways to be told of new papers.',
      answer: async (request, context) => page(request, context),
    },
    {
      ...{ ...common, method: 'post', reads: 'form', budget: 'write' },
      summary: 'Asks the owner of a mail address whether to tell of a search, or of what is read now.',
      answer: async (request, context) => {
        requireSameSite(request, context.settings);
        return page(request, context, await invite(request, context));
      },
    },
    ...confirmRoutes(assets),
  ];
}

/** Opening the link changes nothing, because programs that check mail open every link; the button does. */
function confirmRoutes(assets: Assets): Route[] {
  const common = {
    address: '/subscribe/confirm',
    path: '/subscribe/confirm',
    input: unsubscribeInput,
  } as const;
  const page = (request: Request, context: ApiContext, answer?: Answer) =>
    htmlReply({
      title: `${STRINGS.subscribe.title} · ${STRINGS.name}`,
      ...{ assets, query: '' },
      head: <meta name="robots" content="noindex" />,
      children: <ConfirmPage invitation={invitationIn(request, context)} answer={answer} />,
    });
  return [
    {
      ...{ ...common, method: 'get', scope: 'open' },
      summary: 'The page behind the link of a mail that asks to confirm.',
      answer: async (request, context) => page(request, context),
    },
    {
      ...{ ...common, method: 'post', scope: 'open', reads: 'form' },
      summary: 'Confirms, or asks for no such mail any more.',
      answer: async (request, context) => {
        const { answer = 'yes' } = validateInput(confirmForm, { ...request.body }, { pointer: 'name' });
        const invitation = invitationIn(request, context);
        if (answer === 'yes') await deskOf(context).accept(invitation);
        else deskOf(context).refuse(invitation);
        return page(request, context, answer);
      },
    },
  ];
}

function searchIn(request: Request): SearchState | undefined {
  const { q, ...narrowing } = readQuery(subscribeInput, request);
  return q === undefined ? undefined : { ...narrowing, q };
}

async function invite(request: Request, context: ApiContext): Promise<Sent> {
  const desk = deskOf(context);
  const { q: question = '', mode = 'hybrid', ...narrowing } = readQuery(subscribeInput, request);
  const { address, every } = validateInput(mailForm, { ...request.body }, { pointer: 'name' });
  const invitation = {
    ...{ address: address.trim(), question, mode, filter: toFilter(narrowing), every },
    ...(question === '' && { list: 'trending' as const }),
  };
  const isSent = await desk.invite(invitation, callerOf(request));
  return { outcome: isSent ? 'sent' : 'failed', address: invitation.address };
}

/** Undefined for the user of the machine, and for everybody behind a proxy on it that no setting names. */
function callerOf(request: Request): string | undefined {
  const address = addressOf(request);
  return isLoopback(address) ? undefined : householdOf(address);
}

function mailStateOf(desk: InvitationDesk | undefined): MailState {
  if (!desk) return 'no';
  return desk.isDelivering() ? 'yes' : 'idle';
}

function deskOf({ alerts }: ApiContext): InvitationDesk {
  if (alerts?.invitations) return alerts.invitations;
  throw new AppError('ROUTE_NOT_FOUND', { message: 'This server sends no mail.' });
}

function invitationIn(request: Request, context: ApiContext) {
  const { token } = readQuery(unsubscribeInput, request);
  const invitation = deskOf(context).invitationOf(token);
  if (invitation) return invitation;
  const message = 'This link is not complete, not of this server, or older than seven days.';
  const remedy = 'Copy the whole link out of the mail, or ask for a new one.';
  throw new AppError('INPUT_INVALID', { message, remedy, issues: [{ message, pointer: 'token' }] });
}
