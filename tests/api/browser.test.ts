/** What browsers and crawlers read. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { partsOf, sitemapPart } from '../../src/feeds/sitemap.ts';
import { samplePapers, startHouseOf } from './sample-server.ts';
import { startTestServer } from './test-server.ts';

const PARSER = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false });

function xml(text: string) {
  expect(XMLValidator.validate(text)).toBe(true);
  return PARSER.parse(text);
}

describe('GET /opensearch.xml', () => {
  it('tells a browser where to search, and every address in it answers', async () => {
    const { ask, url } = await startTestServer();
    const response = await ask('/opensearch.xml');
    expect(response.headers.get('content-type')).toBe('application/opensearchdescription+xml; charset=utf-8');
    const { OpenSearchDescription: described } = xml(await response.text());
    // The specification allows 16 and 1,024 characters.
    expect(described.ShortName.length).toBeLessThanOrEqual(16);
    expect(described.Description.length).toBeLessThanOrEqual(1_024);
    expect(described.xmlns).toBe('http://a9.com/-/spec/opensearch/1.1/');
    const urls = described.Url as { type: string; rel?: string; template: string }[];
    expect(urls[0]).toEqual({ type: 'text/html', template: `${url}/search?q={searchTerms}` });
    for (const { type, template } of urls.slice(1)) {
      const answer = await fetch(template.replace('{searchTerms}', encodeURIComponent('a & b')));
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
    }
  });

  it('goes by the name under which it is reached', async () => {
    const { raw } = await startTestServer({}, { allowedHosts: ['papers.example'] });
    const answer = await raw(
      'GET /opensearch.xml HTTP/1.1\r\nHost: papers.example\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('template="http://papers.example/search?q={searchTerms}"');
  });

  it('goes by the public address for those who come by its name', async () => {
    const publicUrl = 'https://papers.example/pharos/';
    const { raw, ask, url } = await startTestServer({}, { allowedHosts: ['papers.example'], publicUrl });
    const answer = await raw('GET /robots.txt HTTP/1.1\r\nHost: Papers.example\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('Sitemap: https://papers.example/pharos/sitemap.xml');
    expect(await (await ask('/robots.txt')).text()).toContain(`Sitemap: ${url}/sitemap.xml`);
  });
});

describe('GET /opensearch/suggest', () => {
  it('answers in the four lists that browsers read', async () => {
    const { ask, searcher, url } = await startTestServer();
    const response = await ask('/opensearch/suggest?q=a%20v&limit=3');
    expect(response.headers.get('content-type')).toBe('application/x-suggestions+json; charset=utf-8');
    expect(await response.json()).toEqual(['a v', ['A. V.'], ['author, 1 paper'], [`${url}/search?q=A.+V.`]]);
    expect(searcher.suggestions).toEqual([{ query: 'a v', limit: 3 }]);
  });
});

describe('the sitemap', () => {
  it('names the page of every paper', async () => {
    const papers = (await samplePapers()).slice(0, 40);
    const { ask, url, engine } = await startHouseOf(papers);
    await engine.remove([papers[3]?.id ?? '']);
    const index = xml(await (await ask('/sitemap.xml')).text());
    const address: string = index.sitemapindex.sitemap.loc;
    expect(address).toBe(`${url}/sitemaps/1.xml`);
    const part = await fetch(address);
    expect(part.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    const pages = xml(await part.text()).urlset.url as { loc: string; lastmod: string }[];
    expect(pages).toHaveLength(39);
    for (const { loc, lastmod } of pages) {
      expect(URL.canParse(loc)).toBe(true);
      expect(loc.startsWith(`${url}/papers/`)).toBe(true);
      expect(lastmod).toMatch(/^\d{4}(-\d\d(-\d\d)?)?$/);
    }
    for (const wrong of ['0.xml', '2.xml', '1', '01.xml', 'x.xml']) {
      expect((await ask(`/sitemaps/${wrong}`)).status).toBe(404);
    }
  });

  it('has parts of 50,000, each read a few at a time', async () => {
    expect([0, 1, 50_000, 50_001, 1_000_000].map(partsOf)).toEqual([0, 1, 1, 2, 20]);
    const asked: number[] = [];
    let most = 0;
    const engine = {
      papers: async (docIds: readonly number[]) => {
        asked.push(...docIds);
        most = Math.max(most, docIds.length);
        return docIds.map(() => undefined);
      },
    };
    for await (const _ of sitemapPart(engine, 'http://a', { part: 2, lastDocId: 50_600 }));
    expect(asked).toEqual(Array.from({ length: 600 }, (_, at) => 50_001 + at));
    expect(most).toBeLessThanOrEqual(500);
  });
});

describe('GET /robots.txt', () => {
  it('keeps crawlers from searches and shows them the sitemap', async () => {
    const { ask, url } = await startTestServer();
    const response = await ask('/robots.txt');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    expect(text).toMatch(/^User-agent: \*\n(Disallow: \/\S+\n)+\n/);
    expect(text).toContain(`Sitemap: ${url}/sitemap.xml`);
  });
});
