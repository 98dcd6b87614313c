/** The three forms of a feed, read back by a library that knows nothing of Pharos. */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { toAtom } from '../../src/feeds/atom.ts';
import { type Feed, instantOf, UNKNOWN_INSTANT } from '../../src/feeds/feed.ts';
import { toJsonFeed } from '../../src/feeds/json-feed.ts';
import { paperEntry } from '../../src/feeds/paper-entry.ts';
import { paperFeed } from '../../src/feeds/paper-feed.ts';
import { toRss } from '../../src/feeds/rss.ts';
import type { Paper } from '../../src/paper/paper.ts';

const SITE = 'http://127.0.0.1:7433';
const HOSTILE = '</title><script>alert("1 & 2")</script> ]]> &amp; $x<y$';

const PAPERS: readonly Paper[] = [
  {
    id: '1706.03762',
    title: HOSTILE,
    abstract: `Less than: <b>1 < 2</b> & more.`,
    authors: ['Ashish Vaswani', 'Łukasz "K" <Kaiser>'],
    published: '2017-06-12',
    updated: '2023-08-02',
    categories: ['cs.CL', 'a & b'],
  },
  { id: '10.1000/a(b)#c', title: 'A DOI', abstract: '', authors: [], published: '2001', categories: [] },
  { id: 'title:a b', title: 'Nothing but a title', abstract: '', authors: [], categories: [] },
];

function feedOf(papers: readonly Paper[]): Feed {
  return paperFeed(papers, {
    site: SITE,
    id: 'urn:pharos:search:1',
    title: `Pharos: ${HOSTILE}`,
    subtitle: 'Papers',
    links: [
      { href: `${SITE}/feeds/search.atom?q=a&b="c"`, rel: 'self', type: 'application/atom+xml' },
      { href: `${SITE}/search?q=a`, rel: 'alternate', type: 'text/html' },
    ],
  });
}

describe('toAtom', () => {
  it('says what the papers say, hostile texts included', () => {
    const feed = parseAtomFeed(toAtom(feedOf(PAPERS)));
    expect(feed.title).toEqual({ value: `Pharos: ${HOSTILE}` });
    expect(feed.updated).toBe('2023-08-02T00:00:00Z');
    expect(feed.links?.[0]?.href).toBe(`${SITE}/feeds/search.atom?q=a&b="c"`);
    expect(feed.entries?.[0]).toMatchObject({
      id: 'https://arxiv.org/abs/1706.03762',
      title: { value: HOSTILE },
      summary: { value: 'Less than: <b>1 < 2</b> & more.' },
      published: '2017-06-12T00:00:00Z',
      updated: '2023-08-02T00:00:00Z',
      authors: [{ name: 'Ashish Vaswani' }, { name: 'Łukasz "K" <Kaiser>' }],
      categories: [{ term: 'cs.CL' }, { term: 'a & b' }],
    });
  });

  /** RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have. */
  it('keeps the rules: ids that are addresses, moments, an author, one alternate link', () => {
    const { entries = [], authors, id } = parseAtomFeed(toAtom(feedOf(PAPERS)));
    expect(authors).toEqual([{ name: 'Pharos' }]);
    expect(id).toMatch(/^urn:/);
    expect(entries).toHaveLength(3);
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(3);
    for (const entry of entries) {
      expect(URL.canParse(entry.id ?? '')).toBe(true);
      expect(entry.updated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const alternates = (entry.links ?? []).filter(({ rel }) => rel === 'alternate');
      expect(alternates).toHaveLength(1);
      expect(URL.canParse(alternates[0]?.href ?? '')).toBe(true);
    }
  });
});

describe('toRss', () => {
  it('says the same, with the abstract as HTML', () => {
    const { title, link, items = [], lastBuildDate } = parseRssFeed(toRss(feedOf(PAPERS)));
    expect([title, link]).toEqual([`Pharos: ${HOSTILE}`, `${SITE}/search?q=a`]);
    expect(lastBuildDate).toBe('Wed, 02 Aug 2023 00:00:00 GMT');
    expect(items[0]).toMatchObject({
      title: HOSTILE,
      guid: { value: 'https://arxiv.org/abs/1706.03762', isPermaLink: false },
      pubDate: 'Mon, 12 Jun 2017 00:00:00 GMT',
      description: 'Less than: &lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; more.',
      dc: { creators: ['Ashish Vaswani', 'Łukasz "K" <Kaiser>'] },
    });
    expect(items[2]?.pubDate).toBeUndefined();
  });
});

describe('toJsonFeed', () => {
  it('says the same', () => {
    const feed = parseJsonFeed(toJsonFeed(feedOf(PAPERS)));
    expect(feed.feed_url).toBe(`${SITE}/feeds/search.atom?q=a&b="c"`);
    expect(feed.items?.[0]).toMatchObject({
      id: 'https://arxiv.org/abs/1706.03762',
      title: HOSTILE,
      content_text: 'Less than: <b>1 < 2</b> & more.',
      date_published: '2017-06-12T00:00:00Z',
      tags: ['cs.CL', 'a & b'],
    });
    // An item without content would not be one.
    expect(feed.items?.[1]?.content_text).toBe('A DOI');
  });
});

describe('paperEntry', () => {
  it('names every paper for ever, wherever the server is', () => {
    const ids = (site: string) => PAPERS.map((paper) => paperEntry(paper, site).id);
    expect(ids(SITE)).toEqual([
      'https://arxiv.org/abs/1706.03762',
      'https://doi.org/10.1000/a(b)%23c',
      'urn:pharos:paper:title%3Aa%20b',
    ]);
    expect(ids('https://papers.example')).toEqual(ids(SITE));
  });

  it('knows no date where there is none', () => {
    const entry = paperEntry(PAPERS[2] as Paper, SITE);
    expect(entry.updated).toBe(UNKNOWN_INSTANT);
    expect(entry.published).toBeUndefined();
    expect([instantOf('2017'), instantOf('2017-06')]).toEqual([
      '2017-01-01T00:00:00Z',
      '2017-06-01T00:00:00Z',
    ]);
  });
});
