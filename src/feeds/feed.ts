/**
 * What a feed says, whichever form it is written in: `atom.ts`, `rss.ts` and `json-feed.ts` write the same one. An id
 * is the same for ever and at every address, since readers know by it what they have seen.
 */
import type { PartialDate } from '../paper/paper.ts';
import type { XmlElement } from './xml.ts';

export interface FeedLink {
  /** Absolute. */
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

export interface FeedCategory {
  readonly term: string;
  readonly scheme?: string;
}

/** A moment as RFC 3339 writes it, in UTC: `2017-06-12T00:00:00Z`. */
export type Instant = string;

export interface FeedEntry {
  /** An address or a URN. */
  readonly id: string;
  readonly title: string;
  /** One with the rel `alternate` at least. */
  readonly links: readonly FeedLink[];
  readonly updated: Instant;
  readonly published?: Instant;
  /** Plain text; empty where there is none. */
  readonly summary: string;
  readonly authors: readonly string[];
  readonly categories: readonly FeedCategory[];
  /** Only Atom writes them. */
  readonly extensions?: readonly XmlElement[];
}

export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly updated: Instant;
  /** With the rels `self` and `alternate`; `next` where the list goes on. */
  readonly links: readonly FeedLink[];
  /** Stands for entries without authors. */
  readonly author: string;
  /** Of the extensions, by their prefixes. */
  readonly namespaces?: Readonly<Record<string, string>>;
  readonly extensions?: readonly XmlElement[];
  readonly entries: readonly FeedEntry[];
}

export const FEED_TYPES = {
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  json: 'application/feed+json',
} as const;

/** What stands where a moment must be and none is known. */
export const UNKNOWN_INSTANT: Instant = '1970-01-01T00:00:00Z';

/** The first moment that a date can mean. */
export function instantOf(date: PartialDate | undefined): Instant {
  if (date === undefined) return UNKNOWN_INSTANT;
  const [year, month = '01', day = '01'] = date.split('-');
  return `${year}-${month}-${day}T00:00:00Z`;
}

/** The latest of them; the unknown one where there is none. */
export function latestOf(instants: readonly Instant[]): Instant {
  return instants.toSorted().at(-1) ?? UNKNOWN_INSTANT;
}

export function linkTo(links: readonly FeedLink[], rel: string): string | undefined {
  return links.find((link) => link.rel === rel)?.href;
}
