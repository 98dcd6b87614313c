/** From a page to an answer: the document around it, and the policy that keeps everything else out of it. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Reply } from '../api/reply.ts';
import type { Assets } from './assets.ts';
import { withDataBlock } from './data-block.ts';
import { STRINGS } from './strings.ts';

/** No inline script or style, nothing from elsewhere, no frame around the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface PageOptions {
  readonly title: string;
  readonly assets: Assets;
  readonly description?: string;
  /** What stands in the search box of the header; undefined for a page that has its own. */
  readonly query?: string | undefined;
  /** Which entry of the navigation this is. */
  readonly here?: string | undefined;
  /** More for the head: meta tags, links. */
  readonly head?: ComponentChildren;
  /** What the page is about, as JSON-LD. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  /** False for what no browser may show again when its reader has gone. */
  readonly isKept?: boolean;
  readonly children: ComponentChildren;
}

export function htmlReply(options: PageOptions): Reply {
  const html = `<!doctype html>${renderToString(<Document {...options} />)}`;
  return new Reply(options.data ? withDataBlock(html, options.data) : html, {
    type: 'text/html; charset=utf-8',
    status: options.status ?? 200,
    headers: {
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'same-origin',
      // What is marked as kept, and whether there is a page at all, is its reader's alone.
      'Cache-Control': options.isKept === false ? 'no-store' : 'private, no-cache',
    },
  });
}

function Document({ title, description, assets, query, here, head, children }: PageOptions): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {description && <meta name="description" content={description} />}
        {assets.theme && <script src={assets.theme} />}
        {assets.styles.map((address) => (
          <link key={address} rel="stylesheet" href={address} />
        ))}
        <link rel="icon" href="data:," />
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          href="/opensearch.xml"
          title={STRINGS.name}
        />
        {head}
        {assets.scripts.map((address) => (
          <script key={address} type="module" src={address} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {STRINGS.skip}
        </a>
        <Header query={query} here={here} />
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <Footer here={here} />
      </body>
    </html>
  );
}

const PLACES = [
  ['/papers', STRINGS.nav.days],
  ['/related', STRINGS.nav.related],
  ['/map', STRINGS.nav.map],
  ['/library', STRINGS.nav.library],
] as const;

function Header({ query, here }: Pick<PageOptions, 'query' | 'here'>): VNode {
  return (
    <header class="site">
      <a class="brand" href="/">
        {STRINGS.name}
      </a>
      {query !== undefined && <SearchForm query={query} />}
      <nav aria-label={STRINGS.nav.label}>
        {PLACES.map(([address, name]) => (
          <a key={address} href={address} aria-current={here === address ? 'page' : undefined}>
            {name}
          </a>
        ))}
        <button type="button" class="theme" data-theme-switch hidden aria-label={STRINGS.theme.label}>
          <span aria-hidden="true">◐</span>
        </button>
      </nav>
    </header>
  );
}

const SIDE_PLACES = [
  ['/subscribe', STRINGS.nav.subscribe],
  ['/status', STRINGS.nav.status],
  ['/docs/api', STRINGS.nav.api],
] as const;

function Footer({ here }: Pick<PageOptions, 'here'>): VNode {
  return (
    <footer class="foot">
      {SIDE_PLACES.map(([address, name]) => (
        <a key={address} href={address} aria-current={here === address ? 'page' : undefined}>
          {name}
        </a>
      ))}
      <span>{STRINGS.footer}</span>
    </footer>
  );
}

export interface SearchFormProps {
  readonly query: string;
  /** Ready to type into as the page opens. */
  readonly isFocused?: boolean;
}

export function SearchForm({ query, isFocused = false }: SearchFormProps): VNode {
  return (
    <search>
      <form action="/search" class="ask" data-search-form>
        <label class="unseen" for="q">
          {STRINGS.search.label}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          value={query}
          placeholder={STRINGS.search.placeholder}
          maxLength={4_000}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="search"
          autofocus={isFocused}
          required
        />
        <button type="submit">{STRINGS.search.button}</button>
      </form>
    </search>
  );
}
