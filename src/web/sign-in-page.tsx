/** `/sign-in`: where a browser shows a key, and what stands in place of every page that asks for one. */
import type { VNode } from 'preact';
import { STRINGS } from './strings.ts';

export interface SignInPageProps {
  /** The page that was asked for, as a path. */
  readonly to: string;
  /** Why a key is asked for. */
  readonly why?: string | undefined;
  /** What was wrong with the last try. */
  readonly fault?: string | undefined;
}

const WORDS = STRINGS.signIn;

export function SignInPage({ to, why = WORDS.why, fault }: SignInPageProps): VNode {
  return (
    <section class="sign-in">
      <h1>{WORDS.title}</h1>
      <p>
        {why} {WORDS.how} <code>pharos keys create --name NAME</code>
      </p>
      <form method="post" action="/sign-in" class="sign-in-form">
        <input type="hidden" name="to" value={to} />
        <label for="key">{WORDS.key}</label>
        <input
          id="key"
          name="key"
          type="password"
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck={false}
          maxLength={200}
          placeholder="pharos_…"
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? 'key-help' : 'key-fault key-help'}
          autofocus
          required
        />
        {fault !== undefined && (
          <p id="key-fault" class="fault" role="alert">
            {fault}
          </p>
        )}
        <p>
          <button type="submit">{WORDS.button}</button>
        </p>
        <p id="key-help" class="quiet">
          {WORDS.help}
        </p>
      </form>
    </section>
  );
}

/** For who is signed in already. */
export function SignedInPage({ name, to }: { readonly name: string; readonly to: string }): VNode {
  return (
    <section class="sign-in">
      <h1>{WORDS.title}</h1>
      <SignedInAs name={name} />
      <p>
        <a href={to}>{WORDS.goOn}</a>
      </p>
    </section>
  );
}

/** Whose session it is, and the way out of it. */
export function SignedInAs({ name }: { readonly name: string }): VNode {
  return (
    <form method="post" action="/sign-out" class="signed-in">
      <span dir="auto">{WORDS.as(name)}</span> <button type="submit">{WORDS.out}</button>
    </form>
  );
}
