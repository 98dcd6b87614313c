/** `/subscribe`: how to be told of what is new for a search, or each day, without looking here. */
import type { VNode } from 'preact';
import { type SearchState, searchAddress } from './addresses.ts';
import { hiddenFields } from './facet-panel.tsx';
import { feedsOf, followed, type PageFeed } from './feed-links.tsx';
import { STRINGS } from './strings.ts';

export interface SubscribePageProps {
  /** The search to follow. */
  readonly state: SearchState | undefined;
  /** What addresses to be copied begin with. */
  readonly site: string;
  /** Whether the server can send mail. */
  readonly canMail: boolean;
  readonly sent?: Sent | undefined;
}

/** What became of the mail that asks to confirm, where one was asked for. */
export type Sent = 'sent' | 'failed';

const WORDS = STRINGS.subscribe;

export function SubscribePage({ state, site, canMail, sent }: SubscribePageProps): VNode {
  const { q, sort: _, limit: __, cursor: ___, offset: ____, ...narrowing } = state ?? { q: '' };
  return (
    <div class="subscribe">
      <h1>{WORDS.title}</h1>
      <section>
        <h2>{WORDS.search}</h2>
        <form action="/subscribe" class="ask">
          <label class="unseen" for="follow">
            {WORDS.label}
          </label>
          <input id="follow" name="q" value={q} maxLength={4_000} required dir="auto" />
          {hiddenFields(narrowing)}
          <button type="submit">{WORDS.button}</button>
        </form>
        {state && (
          <>
            <p>
              {WORDS.ofSearch}{' '}
              <a href={searchAddress(followed(state))} dir="auto">
                {state.q}
              </a>
              {Object.keys(narrowing).length > 0 && ` ${WORDS.narrowed}`}
            </p>
            <Feeds feeds={feedsOf(state)} site={site} />
            {canMail && <MailForm state={state} sent={sent} />}
          </>
        )}
      </section>
      <section>
        <h2>{WORDS.days}</h2>
        <p>{WORDS.ofDays}</p>
        <Feeds feeds={feedsOf(undefined)} site={site} />
      </section>
      <p class="quiet">{WORDS.how}</p>
    </div>
  );
}

interface MailFormProps extends Pick<SubscribePageProps, 'sent'> {
  readonly state: SearchState;
}

/** The search stands in the address that the form is sent to, so that it is read as every search is. */
function MailForm({ state, sent }: MailFormProps): VNode {
  return (
    <form method="post" action={searchAddress(followed(state), {}, '/subscribe')} class="by-mail">
      <h3>{WORDS.mail}</h3>
      {sent && (
        <p class="notes" role="status">
          {WORDS[sent]}
        </p>
      )}
      <p class="fields">
        <label>
          {WORDS.address} <input name="address" type="email" autocomplete="email" maxLength={320} required />
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
    </form>
  );
}

interface FeedsProps extends Pick<SubscribePageProps, 'site'> {
  readonly feeds: readonly PageFeed[];
}

function Feeds({ feeds, site }: FeedsProps): VNode {
  return (
    <ul class="feeds">
      {feeds.map(({ form, address }) => (
        <li key={form}>
          <a href={address}>{WORDS.forms[form]}</a> <code>{site + address}</code>
        </li>
      ))}
    </ul>
  );
}
