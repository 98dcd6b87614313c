/** The form that asks the owner of a mail address to confirm, in `/subscribe`: for a search, and for what is read now. */
import type { VNode } from 'preact';
import { STRINGS } from './strings.ts';

/**
 * Whether the server can send mail (`yes`), or could if only something ran its alerts (`idle`). Where it cannot nothing is
 * said of it.
 */
export type MailState = 'yes' | 'idle' | 'no';

/** What became of the mail that asks to confirm, where one was asked for; an address that failed can be mended. */
export interface Sent {
  readonly outcome: 'sent' | 'failed';
  readonly address: string;
}

export interface MailFormProps {
  readonly title: string;
  /** What is followed stands in the address that the form is sent to, so that it is read as every search is. */
  readonly action: string;
  /** The answer opens with the form in view. */
  readonly id: string;
  readonly mail: MailState;
  readonly sent?: Sent | undefined;
  readonly what?: string;
}

const WORDS = STRINGS.subscribe;

export function MailForm({ title, action, id, mail, sent, what }: MailFormProps): VNode | null {
  if (mail === 'no') return null;
  return (
    <form method="post" action={`${action}#${id}`} id={id} class="by-mail">
      <h3>{title}</h3>
      {what !== undefined && <p>{what}</p>}
      {sent && (
        <p class="notes" role="status">
          {WORDS[sent.outcome]}
        </p>
      )}
      {mail === 'idle' ? <p class="quiet">{WORDS.idle}</p> : <Fields sent={sent} />}
    </form>
  );
}

function Fields({ sent }: Pick<MailFormProps, 'sent'>): VNode {
  const value = sent?.outcome === 'failed' ? sent.address : undefined;
  return (
    <>
      <p class="fields">
        <label>
          {WORDS.address}{' '}
          <input
            {...{ name: 'address', type: 'email', autocomplete: 'email', maxLength: 320, value }}
            required
          />
        </label>
        <label>
          {WORDS.every}{' '}
          <select name="every">
            {(['day', 'week'] as const).map((one) => (
              <option key={one} value={one}>
                {WORDS.everies[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{WORDS.ask}</button>
      </p>
      <p class="quiet">{WORDS.doubleOptIn}</p>
    </>
  );
}
