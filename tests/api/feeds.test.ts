import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { LastChanged } from '../../src/api/last-changed.ts';
import type { Paper } from '../../src/paper/paper.ts';
import type { SearchAnswer } from '../../src/search/answer.ts';
import { samplePapers, startHouseOf } from './sample-server.ts';
import { startTestServer } from './test-server.ts';

const SAMPLE = await samplePapers();

const NEW: Paper = {
  id: '2611.00001',
  title: 'Dark matter found at last',
  abstract: 'Dark matter.',
  authors: ['A. B.'],
  published: '2026-11-20',
  categories: ['astro-ph.CO'],
};

/** Not by `fetch`, which tells a server that it wants no answer from before whenever it sends conditions. */
async function answerTo(address: string, headers: Record<string, string>) {
  const [response]: IncomingMessage[] = await once(get(address, { headers }), 'response');
  if (response === undefined) throw new Error('no response');
  const { etag: tag = '', 'last-modified': since = '' } = response.headers;
  return { status: response.statusCode, tag, since, body: await text(response) };
}

describe('GET /feeds/search', () => {
  it('gives the same papers in every form, newest first', async () => {
    const { ask } = await startHouseOf(SAMPLE);
    const feed = async (form: string) => (await ask(`/feeds/search.${form}?q=dark+matter`)).text();
    const { entries = [] } = parseAtomFeed(await feed('atom'));
    const dates = entries.map(({ published = '' }) => published);
    expect(entries).toHaveLength(20);
    expect(dates).toEqual(dates.toSorted().toReversed());
    const ids = entries.map(({ id }) => id);
    expect(parseRssFeed(await feed('rss')).items?.map(({ guid }) => guid?.value)).toEqual(ids);
    expect(parseJsonFeed(await feed('json')).items?.map(({ id }) => id)).toEqual(ids);
    const fresh = (await (
      await ask('/api/v1/search?q=dark+matter&sort=fresh&limit=20')
    ).json()) as SearchAnswer;
    expect(new Set(entries.map(({ title }) => title?.value))).toEqual(
      new Set(fresh.hits.map(({ paper }) => paper.title)),
    );
  });

  it.each(['relevance', 'date', 'oldest', 'fresh'])(
    'keeps to the order that is asked for: %s',
    async (sort) => {
      const { ask } = await startHouseOf(SAMPLE);
      const query = `q=dark+matter&sort=${sort}&limit=15&category=astro-ph`;
      const native = (await (await ask(`/api/v1/search?${query}`)).json()) as SearchAnswer;
      const { entries = [] } = parseAtomFeed(await (await ask(`/feeds/search.atom?${query}`)).text());
      expect(entries.map(({ title }) => title?.value)).toEqual(native.hits.map(({ paper }) => paper.title));
      expect(entries).toHaveLength(15);
    },
  );

  it('takes every parameter of a search, and refuses what is none', async () => {
    const { ask, searcher } = await startTestServer();
    const query = 'q=a&facets=year&facetLimit=3&explain=1&passage=words&mode=keyword&from=2017&limit=3';
    expect((await ask(`/feeds/search.json?${query}`)).status).toBe(200);
    expect(searcher.searches).toEqual([
      { query: 'a', sort: 'fresh', mode: 'keyword', limit: 3, filter: { from: '2017' } },
    ]);
    for (const wrong of ['', 'q=', 'q=a&form=rss', 'q=a&limit=101', 'q=a&sort=up']) {
      const answer = await ask(`/feeds/search.rss?${wrong}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        400,
        'application/problem+json; charset=utf-8',
      ]);
    }
  });

  it('goes on by its next link until all has been seen', async () => {
    const { ask, url } = await startHouseOf(SAMPLE.slice(0, 50));
    const seen: string[] = [];
    let path: string | undefined = '/feeds/search.json?q=theory&limit=20&offset=0';
    while (path !== undefined) {
      const feed: ReturnType<typeof parseJsonFeed> = parseJsonFeed(await (await ask(path)).text());
      seen.push(...(feed.items ?? []).map(({ id = '' }) => id));
      path = feed.next_url?.slice(url.length);
    }
    expect(seen.length).toBeGreaterThan(40);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('keeps its id whatever the form, the page and the order of parameters', async () => {
    const { ask } = await startTestServer();
    const idAt = async (query: string) =>
      parseAtomFeed(await (await ask(`/feeds/search.atom?${query}`)).text()).id;
    const id = await idAt('q=a&category=cs');
    expect(id).toMatch(/^urn:pharos:search:[0-9a-f]{32}$/);
    expect(await idAt('category=cs&limit=5&offset=10&q=a')).toBe(id);
    expect(await idAt('q=b&category=cs')).not.toBe(id);
  });

  it('says that nothing changed until something has', async () => {
    const { url, add } = await startHouseOf(SAMPLE.slice(0, 100));
    const again = (headers: Record<string, string>) =>
      answerTo(`${url}/feeds/search.atom?q=dark+matter&limit=5`, headers);
    const { tag, since } = await again({});
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    expect((await again({ 'if-none-match': tag })).status).toBe(304);
    expect((await again({ 'if-modified-since': since })).status).toBe(304);
    expect((await again({ 'if-none-match': '"other"' })).status).toBe(200);
    // A paper that is not in the list changes nothing of it, though it changes the cursor of the next page.
    await add([{ ...NEW, id: 'far', title: 'Tomatoes', abstract: 'Soil.', published: '1890' }]);
    expect((await again({ 'if-none-match': tag })).status).toBe(304);
    await add([NEW]);
    const changed = await again({ 'if-none-match': tag });
    expect(changed.status).toBe(200);
    const { entries = [] } = parseAtomFeed(changed.body);
    expect(entries[0]?.id).toBe('https://arxiv.org/abs/2611.00001');
    expect(changed.tag).not.toBe(tag);
  });

  it('was updated when its newest paper was, or was taken in', async () => {
    const { ask } = await startTestServer();
    // The papers of the test have no dates, and were taken in November 2026.
    const feed = parseAtomFeed(await (await ask('/feeds/search.atom?q=a')).text());
    expect([feed.updated, feed.entries?.[0]?.updated]).toEqual([
      '2026-11-01T00:00:00Z',
      '1970-01-01T00:00:00Z',
    ]);
  });

  it('answers HEAD', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/feeds/search.rss?q=a', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/rss+xml; charset=utf-8',
    ]);
  });
});

describe('LastChanged', () => {
  it('remembers when each answer became what it is, of the last thousand', () => {
    let second = 0;
    const changes = new LastChanged(() => new Date(1_000 * ++second));
    expect(changes.of('a', '1').getTime()).toBe(1_000);
    expect(changes.of('a', '1').getTime()).toBe(1_000);
    expect(changes.of('a', '2').getTime()).toBe(2_000);
    for (let at = 0; at < 999; at += 1) changes.of(`b${at}`, '1');
    expect(changes.of('a', '2').getTime()).toBe(2_000);
    changes.of('c', '1');
    expect(changes.of('b0', '1').getTime()).toBeGreaterThan(1_002_000);
    expect(changes.of('a', '2').getTime()).toBe(2_000);
  });
});
