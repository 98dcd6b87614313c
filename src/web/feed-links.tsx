/** Where the feeds of a page are: for its readers, and in its head for programs that look there. */
import type { VNode } from 'preact';
import { FEED_TYPES } from '../feeds/feed.ts';
import { type SearchState, searchAddress } from './addresses.ts';
import { STRINGS } from './strings.ts';

export interface PageFeed {
  readonly form: keyof typeof FEED_TYPES;
  /** From the root of the server. */
  readonly address: string;
}

const FORMS = ['atom', 'rss', 'json'] as const;

/** Of a search; of the newest day where there is none. */
export function feedsOf(state: SearchState | undefined): PageFeed[] {
  return FORMS.map((form) => ({
    form,
    address: state ? searchAddress(followed(state), {}, `/feeds/search.${form}`) : `/feeds/daily.${form}`,
  }));
}

/** A feed has an order of its own, the newest of what is relevant, and begins at its beginning. */
export function followed({ sort: _, limit: __, ...state }: SearchState): SearchState {
  return state;
}

export function FeedLinks({ feeds }: { readonly feeds: readonly PageFeed[] }): VNode {
  return (
    <>
      {feeds.map(({ form, address }) => (
        <link
          key={form}
          rel="alternate"
          type={FEED_TYPES[form]}
          title={STRINGS.subscribe.forms[form]}
          href={address}
        />
      ))}
    </>
  );
}
