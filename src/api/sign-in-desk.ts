/**
 * Signing in and out by forms, and who a browser is since. A session may read and keep a library, whatever else its key
 * may: no page has a form for more, so a cookie that leaks opens nothing more either.
 */
import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Key } from '../access/key.ts';
import { type FindKey, SessionBook } from '../access/session-book.ts';
import { AppError } from '../fault/app-error.ts';
import type { SignIns } from './access-guard.ts';
import { addressOf } from './caller.ts';
import type { ApiSettings } from './context.ts';
import { householdOf } from './rate-limit.ts';
import { requireSameSite } from './require-same-site.ts';
import { noSessionCookie, sessionCookie, sessionName } from './session-cookie.ts';
import { siteOf } from './site-of.ts';

export interface SignInParts {
  readonly check: (text: string) => Promise<Key | undefined>;
  readonly find: FindKey;
  readonly settings: Pick<ApiSettings, 'publicUrl'>;
}

/** Nobody guesses 256 bits; this is so that trying costs the server little and shows in the log. */
const TRIES = 10;
const WINDOW_SECONDS = 60;

export class SignInDesk implements SignIns {
  readonly #check: SignInParts['check'];
  readonly #settings: SignInParts['settings'];
  readonly #sessions: SessionBook;
  readonly #tries = new RateLimiterMemory({ points: TRIES, duration: WINDOW_SECONDS });

  constructor({ check, find, settings }: SignInParts) {
    this.#check = check;
    this.#settings = settings;
    this.#sessions = new SessionBook(find);
  }

  async signIn(request: Request, text: string): Promise<string> {
    // Else a page could sign its visitor in as somebody else, who would then read what the visitor keeps.
    requireSameSite(request, this.#settings);
    await this.#countTry(request);
    const key = await this.#check(text.trim());
    if (!key) throw new AppError('KEY_UNKNOWN');
    await this.#tries.reward(callerOf(request), 1);
    // A new name at every time: one that was planted in the browser before is worth nothing.
    this.#end(request);
    return sessionCookie(this.#sessions.begin(key, Date.now()), this.#isSecure(request));
  }

  signOut(request: Request): string {
    requireSameSite(request, this.#settings);
    this.#end(request);
    return noSessionCookie(this.#isSecure(request));
  }

  /**
   * A browser sends the cookie along with whatever a page of a neighbouring origin makes it send, another port of the
   * same machine for one, so what may change something has to come from a page of this server.
   */
  async keyOf(request: Request): Promise<Key | undefined> {
    const name = sessionName(request);
    const key = name === undefined ? undefined : await this.#sessions.keyOf(name, Date.now());
    if (!key) return undefined;
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) requireSameSite(request, this.#settings);
    return { ...key, scope: 'read' };
  }

  #end(request: Request): void {
    const name = sessionName(request);
    if (name !== undefined) this.#sessions.end(name);
  }

  /** Counted before the key is looked at, and given back if it was right, so that many at once are no way around. */
  async #countTry(request: Request): Promise<void> {
    const refusal = await this.#tries.consume(callerOf(request)).then(
      () => undefined,
      (reason: unknown) => {
        if (reason instanceof RateLimiterRes) return reason;
        throw reason;
      },
    );
    if (!refusal) return;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    const message = `Too many keys were tried from here; try again in ${seconds} seconds.`;
    throw new AppError('RATE_LIMITED', { message });
  }

  /** The browser says how it came to the page; behind a proxy nobody else here knows. */
  #isSecure(request: Request): boolean {
    const { origin = '' } = request.headers;
    return origin.startsWith('https:') || siteOf(request, this.#settings).startsWith('https:');
  }
}

function callerOf(request: Request): string {
  return householdOf(addressOf(request));
}
