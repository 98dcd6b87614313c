/** The pages over a searcher that only records: what is asked, and what is drawn. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { webRoutes } from '../../src/web/routes.tsx';
import { ANSWER, FakeSearcher, PAPERS, startTestServer } from '../api/test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'pharos-assets-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'main-1.js'), 'export {};');
writeFileSync(join(folder, 'main-1.css'), 'p{}');
writeFileSync(join(folder, 'theme-1.js'), '');
writeFileSync(
  join(folder, 'manifest.json'),
  JSON.stringify({
    'main.ts': { file: 'main-1.js', src: 'main.ts', isEntry: true, css: ['main-1.css'] },
    'theme.ts': { file: 'theme-1.js', src: 'theme.ts', isEntry: true },
  }),
);

async function start(parts: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer({ pages: webRoutes(folder), ...parts });
  const page = async (path: string) => {
    const answer = await server.ask(path);
    return { answer, html: await answer.text() };
  };
  return { ...server, page };
}

describe('every page', () => {
  it.each([
    '/',
    '/search?q=attention',
    '/papers/1706.03762',
    '/status',
    '/subscribe?q=attention',
    '/search?q=',
    '/papers/no-such',
  ])('is a document that nothing can be put into: %s', async (path) => {
    const { page } = await start();
    const { answer, html } = await page(path);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = String(answer.headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).toMatch(/^<!doctype html><html lang="en"><head><meta charset="utf-8"\/?>/);
    expect(html).toContain('<main id="content"');
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
    expect(html).toContain('href="/assets/main-1.css"');
  });
});

describe('/search', () => {
  it.each([
    ['q=whales', ['q=whales&amp;mode=semantic']],
    ['q=whales&mode=semantic', []],
    ['q=whales&mode=semantic&from=2020', ['q=whales&amp;mode=semantic']],
    ['q=whales&from=2020', ['q=whales&amp;from=2020&amp;mode=semantic', 'q=whales']],
  ])('offers, where nothing is found, only what would make a difference: %s', async (asked, offered) => {
    const searcher = new FakeSearcher();
    searcher.answer = async () => ({ ...ANSWER, total: 0, hits: [], next: null });
    const { html } = await (await start({ searcher })).page(`/search?${asked}`);
    const [, help = ''] = /<section class="nothing">(.*?)<\/section>/s.exec(html) ?? [];
    const links = [...help.matchAll(/href="\/search\?([^"]*)"/g)].map(([, query]) => query);
    expect(links).toEqual(offered);
  });

  it('asks what the address says, and counts', async () => {
    const { page, searcher } = await start();
    const { html } = await page('/search?q=whales&from=2020&category=cs.CL&sort=date');
    expect(searcher.searches[0]).toMatchObject({
      query: 'whales',
      sort: 'date',
      filter: { from: '2020', categories: ['cs.CL'] },
      facets: ['year', 'category', 'venue', 'author', 'source', 'code'],
    });
    expect(html).toContain('value="whales"');
    expect(html).toContain(`<mark>We</mark>`);
    expect(html).toContain('cursor=AAAA');
  });

  it('takes chosen values out and puts others in by plain links', async () => {
    const { page } = await start();
    const { html } = await page('/search?q=whales&category=cs.CL&from=2020&cursor=AAAA');
    expect(html).toContain('href="/search?q=whales&amp;from=2020"');
    expect(html).toContain('href="/search?q=whales&amp;from=2020&amp;category=cs.CL&amp;has=code"');
  });

  it('says in a page what was wrong with an address', async () => {
    const { page } = await start();
    const { answer, html } = await page('/search?q=whales&limit=1000');
    expect(answer.status).toBe(400);
    expect(html).toContain('limit must be at most 100, not 1000');
  });
});

describe('/papers/{id}', () => {
  it('shows a paper by any of its names, and what reference managers read', async () => {
    const { page, searcher } = await start();
    const { html } = await page('/papers/https://doi.org/10.1023/A:1026654312961');
    expect(html).toContain('The Large N Limit');
    expect(html).toContain('<meta name="citation_doi" content="10.1023/a:1026654312961"/>');
    expect(searcher.relations[0]).toMatchObject({ positive: ['hep-th/9711200'] });
  });

  it('is 404 where there is none', async () => {
    const { page } = await start();
    expect((await page('/papers/1234.56789')).answer.status).toBe(404);
  });
});

describe('/', () => {
  it('shows the newest papers and how many there are', async () => {
    const { page } = await start();
    const { html } = await page('/');
    expect(html).toContain(`${PAPERS.length} papers on this machine`);
    expect(html).toContain('Attention Is All You Need');
  });
});

describe('/assets', () => {
  it('are kept for ever, since their names change with them', async () => {
    const { ask } = await start();
    const answer = await ask('/assets/main-1.js');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect((await ask('/assets/..%2Fmanifest.json')).status).toBe(404);
  });

  it('may be missing: the pages work without', async () => {
    const { ask } = await startTestServer({ pages: webRoutes(join(folder, 'none')) });
    const html = await (await ask('/')).text();
    expect(html).not.toContain('<script');
    expect(html).toContain('Attention Is All You Need');
  });
});

describe('/papers', () => {
  const list = { from: '2025-12-29', to: '2025-12-29', total: 300, basis: 'date', tookMs: 1 } as const;
  const lists = {
    daily: async () => ({ ...list, hits: PAPERS.map((paper, at) => ({ rank: at + 1, score: null, paper })) }),
    trending: async () => ({ ...list, hits: [] }),
    calendar: async () => [{ day: '2025-12-29', count: 300 }],
  };

  it('shows a day with the days beside it, its month, and the way to all of it', async () => {
    const { page } = await start({ lists });
    const { html } = await page('/papers?date=2025-12-29');
    expect(html).toContain('<h1>29 Dec 2025</h1>');
    expect(html).toContain('href="/papers?date=2025-12-28&amp;order=votes" rel="prev"');
    expect(html).toContain('href="/papers?date=2025-W01&amp;order=votes"'.replace('2025-W01', '2026-W01'));
    expect(html).toContain('class="strength-4" title="300 papers"');
    expect(html).toContain('/search?q=after%3A2025-12-28+before%3A2025-12-30&amp;sort=date');
  });

  it.each([
    ['2026-W01', 'Week 1 of 2026', '2025-W52', '2026-W02'],
    ['2025-12', 'Dec 2025', '2025-11', '2026-01'],
    ['2024-02-29', '29 Feb 2024', '2024-02-28', '2024-03-01'],
  ])('goes back and forth from %s', async (date, title, before, after) => {
    const { page } = await start({ lists });
    const { html } = await page(`/papers?date=${date}&order=date`);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).toContain(`href="/papers?date=${before}&amp;order=date" rel="prev"`);
    expect(html).toContain(`href="/papers?date=${after}&amp;order=date" rel="next"`);
  });

  it.each(['2025', '2025-13', '2025-W60', 'today'])('refuses %s', async (date) => {
    const { page } = await start({ lists });
    expect((await page(`/papers?date=${date}`)).answer.status).toBe(400);
  });
});

describe('/related', () => {
  const recommended: unknown[] = [];
  const recommender = {
    recommend: async (request: unknown) => {
      recommended.push(request);
      return {
        ...{ since: null, total: 1, notes: [], tookMs: 1, library: { papers: 2, known: 2, negatives: 0 } },
        themes: [{ words: ['whales'], papers: 2, examples: [] }],
        hits: PAPERS.slice(0, 1).map((paper) => ({
          ...{ rank: 1, score: 1, theme: 1, paper },
          because: [{ id: 'a', title: 'A whale', similarity: 0.5 }],
        })),
      };
    },
  };

  it('takes a text from a form', async () => {
    const { ask, searcher } = await start({ recommender });
    const body = new URLSearchParams({ text: 'We study whales.' });
    const html = await (await ask('/related', { method: 'POST', body })).text();
    expect(searcher.relations[0]).toMatchObject({ positiveTexts: ['We study whales.'] });
    expect(html).toContain('We study whales.</textarea>');
    expect(html).toContain('Attention Is All You Need');
  });

  it('takes ids, and groups what is near to them by theme', async () => {
    const { page } = await start({ recommender });
    const { html } = await page(
      `/related?text=${encodeURIComponent('1706.03762\nhttps://arxiv.org/abs/2401.99999')}`,
    );
    expect(recommended.at(-1)).toMatchObject({ positive: ['1706.03762'] });
    expect(html).toContain('On whales');
    expect(html).toContain('near to A whale');
    expect(html).toContain('Not in this corpus: 2401.99999');
  });

  it('takes BibTeX', async () => {
    const { page } = await start({ recommender });
    await page(
      `/related?text=${encodeURIComponent('@article{a, title={On whales}, author={Fox, Ada}, year={2020}}')}`,
    );
    expect(recommended.at(-1)).toMatchObject({ papers: [{ title: 'On whales', authors: ['Ada Fox'] }] });
  });

  it('is a box where nothing is asked yet', async () => {
    const { page } = await start({ recommender });
    expect((await page('/related')).html).toContain('<textarea');
  });
});

describe('an address that is none', () => {
  const wantsPage = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

  it('is a page to a browser, JSON to a program, and JSON to both under the API', async () => {
    const { ask } = await start();
    const page = await ask('/paperz', wantsPage);
    expect(page.status).toBe(404);
    expect(await page.text()).toMatch(
      /<h1>There is no such page<\/h1><p dir="auto">Did you mean \/papers\?<\/p>/,
    );
    expect((await ask('/paperz')).headers.get('content-type')).toMatch(/problem\+json/);
    const asked = await ask('/api/v1/papers/none', wantsPage);
    expect(asked.headers.get('content-type')).toMatch(/problem\+json/);
    await asked.text();
  });
});
