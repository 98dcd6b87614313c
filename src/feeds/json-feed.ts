/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
import { type Feed, type FeedEntry, linkTo } from './feed.ts';

export function toJsonFeed({ title, subtitle, links, entries }: Feed): string {
  const next = linkTo(links, 'next');
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    ...(subtitle !== undefined && { description: subtitle }),
    home_page_url: linkTo(links, 'alternate'),
    feed_url: linkTo(links, 'self'),
    ...(next !== undefined && { next_url: next }),
    items: entries.map(item),
  });
}

/** An item needs content; where there is no abstract it is the title. */
function item({ id, title, links, published, updated, summary, authors, categories }: FeedEntry) {
  return {
    id,
    url: linkTo(links, 'alternate'),
    title,
    content_text: summary === '' ? title : summary,
    ...(published !== undefined && { date_published: published, date_modified: updated }),
    authors: authors.map((name) => ({ name })),
    tags: categories.map(({ term }) => term),
  };
}
