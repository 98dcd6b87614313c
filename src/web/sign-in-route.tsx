/**
 * `/sign-in` and `/sign-out` as routes. Every page that asks for a key answers with the same form, under its own address
 * and 401, so that signing in leads on to what was asked for.
 */
import { z } from 'zod';
import type { Problem } from '../api/problem.ts';
import { readQuery } from '../api/read-input.ts';
import { Reply } from '../api/reply.ts';
import { nothing } from '../api/request-schemas.ts';
import type { Route } from '../api/route.ts';
import { validateInput } from '../api/validate-input.ts';
import { isAppError } from '../fault/app-error.ts';
import type { Assets } from './assets.ts';
import { htmlReply } from './html.tsx';
import { SignedInPage, SignInPage, type SignInPageProps } from './sign-in-page.tsx';
import { STRINGS } from './strings.ts';
import { wayBack } from './way-back.ts';

type Request = Parameters<Route['answer']>[0];

const MAX_PATH_LENGTH = 16_000;
const MAX_KEY_LENGTH = 200;

const path = z.string().max(MAX_PATH_LENGTH).exactOptional().describe('The page to go on to.');
const signInInput = z.strictObject({ to: path });
const signInForm = z.strictObject({ to: path, key: z.string().max(MAX_KEY_LENGTH) });

const SIGN_IN = '/sign-in';
const SIGN_OUT = '/sign-out';

export function signInRoutes(assets: Assets): Route[] {
  const open = { scope: 'open', reads: 'form' } as const;
  return [
    {
      ...{ ...open, method: 'get', address: SIGN_IN, path: SIGN_IN, input: signInInput },
      summary: 'A page on which a browser shows its key.',
      answer: async (request, { access }) => {
        const to = wayBack(readQuery(signInInput, request).to);
        const key = await access.signIns.keyOf(request);
        if (!key) return signInReply({ to }, { assets, status: 200 });
        return privatePage(<SignedInPage name={key.name} to={to} />, { assets, status: 200 });
      },
    },
    {
      ...{ ...open, method: 'post', address: SIGN_IN, path: SIGN_IN, input: signInForm },
      summary: 'Begins a session for a key.',
      answer: async (request, { access }) => {
        const { to: given, key } = validateInput(signInForm, { ...request.body }, { pointer: 'name' });
        const to = wayBack(given);
        try {
          return seeOther(to, { 'Set-Cookie': await access.signIns.signIn(request, key) });
        } catch (error) {
          if (!isAppError(error, 'KEY_UNKNOWN')) throw error;
          return signInReply({ to, fault: STRINGS.signIn.unknown }, { assets, status: 401 });
        }
      },
    },
    {
      ...{ ...open, method: 'post', address: SIGN_OUT, path: SIGN_OUT, input: nothing },
      summary: 'Ends the session.',
      answer: async (request, { access }) =>
        seeOther(SIGN_IN, { 'Set-Cookie': access.signIns.signOut(request) }),
    },
  ];
}

/** In place of a page that asks for a key. What a form had sent is lost, so it leads to the page of the form. */
export function askToSignIn({ status, detail }: Problem, request: Request, assets: Assets): Reply {
  const to = wayBack(request.method === 'GET' ? request.originalUrl : pageOfForm(request));
  return signInReply({ to, why: detail }, { assets, status, isFirst: isFromElsewhere(request) });
}

/** Our pages tell their addresses to this server and to no other. */
function pageOfForm({ headers }: Request): string | undefined {
  const { referer = '', host } = headers;
  if (!URL.canParse(referer)) return undefined;
  const page = new URL(referer);
  return page.host === host ? page.pathname + page.search : undefined;
}

/** The answer to a form that has done its work. */
export function seeOther(path: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return new Reply('', {
    type: 'text/plain; charset=utf-8',
    status: 303,
    headers: { Location: path, 'Cache-Control': 'no-store', ...headers },
  });
}

interface Showing {
  readonly assets: Assets;
  readonly status: number;
  /** The page asks for itself once more, from here. */
  readonly isFirst?: boolean;
}

function signInReply(props: SignInPageProps, showing: Showing): Reply {
  return privatePage(<SignInPage {...props} />, showing, props.to);
}

function privatePage(
  children: Parameters<typeof htmlReply>[0]['children'],
  { assets, status, isFirst = false }: Showing,
  to = '/',
): Reply {
  return htmlReply({
    title: `${STRINGS.signIn.title} · ${STRINGS.name}`,
    ...{ assets, status, children, isKept: false },
    head: isFirst && <meta http-equiv="refresh" content={`0;url=${to}`} />,
  });
}

/**
 * Whoever follows a link in a mail or on another site comes without the cookie, because it is a strict one, and may be
 * signed in all the same. Asked for from this page the same address has the cookie, if there is one.
 */
function isFromElsewhere({ method, headers }: Request): boolean {
  return method === 'GET' && headers['sec-fetch-site'] === 'cross-site';
}
