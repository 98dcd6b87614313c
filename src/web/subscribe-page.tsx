/** `/subscribe`: how to be told of what is new for a search, or each day, without looking here. */
import type { VNode } from 'preact';
import { type SearchState, searchAddress } from './addresses.ts';
import { hiddenFields } from './facet-panel.tsx';
import { feedsOf, followed, type PageFeed } from './feed-links.tsx';
import { MailForm, type MailState, type Sent } from './mail-form.tsx';
import { STRINGS } from './strings.ts';

export interface SubscribePageProps {
  /** The search to follow. */
  readonly state: SearchState | undefined;
  /** What addresses to be copied begin with. */
  readonly site: string;
  readonly mail: MailState;
  readonly sent?: Sent | undefined;
}

const WORDS = STRINGS.subscribe;

export function SubscribePage({ state, site, mail, sent }: SubscribePageProps): VNode {
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
            <MailForm
              id="by-mail"
              title={WORDS.mail}
              action={searchAddress(followed(state), {}, '/subscribe')}
              {...{ mail, sent }}
            />
          </>
        )}
      </section>
      <section>
        <h2>{WORDS.days}</h2>
        <p>{WORDS.ofDays}</p>
        <Feeds feeds={feedsOf(undefined)} site={site} />
        <MailForm
          id="trending-by-mail"
          title={WORDS.trendingMail}
          what={WORDS.trendingWhat}
          action="/subscribe"
          {...{ mail, sent: state ? undefined : sent }}
        />
      </section>
      <p class="quiet">{WORDS.how}</p>
    </div>
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
