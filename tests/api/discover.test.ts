/** The routes that list papers without a question. */
import { describe, expect, it } from 'vitest';
import { FakeLists, RECOMMENDED, startTestServer } from './test-server.ts';

describe('POST /api/v1/recommend', () => {
  it('hands on the library, what is to be far, filters and time, and answers in full', async () => {
    const { post, recommender } = await startTestServer();
    const response = await post('/api/v1/recommend', {
      positive: ['arXiv:1706.03762v2', { text: 'An abstract.' }],
      negative: ['10.1023/A:1026654312961', { text: 'Not this.' }],
      profile: 'thesis',
      since: '7d',
      category: 'cs',
      limit: 5,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(RECOMMENDED);
    expect(recommender.requests).toEqual([
      {
        positive: ['1706.03762'],
        negative: ['hep-th/9711200'],
        positiveTexts: ['An abstract.'],
        negativeTexts: ['Not this.'],
        profile: 'thesis',
        since: '7d',
        limit: 5,
        filter: { categories: ['cs'] },
      },
    ]);
  });

  it.each([
    [{}, 400, 'INPUT_INVALID'],
    [{ positive: [] }, 400, 'INPUT_INVALID'],
    [{ positive: ['1706.03762'], limit: 101 }, 400, 'INPUT_INVALID'],
    [{ positive: ['1706.03762'], from: '2020', to: '2019' }, 400, 'INPUT_INVALID'],
    [{ positive: ['1706.03762'], mode: 'hybrid' }, 400, 'INPUT_INVALID'],
    [{ positive: ['1706.03762', 'nobody'] }, 404, 'PAPER_NOT_FOUND'],
  ])('refuses %j', async (body, status, code) => {
    const { post, recommender } = await startTestServer();
    const response = await post('/api/v1/recommend', body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(recommender.requests).toEqual([]);
  });
});

describe('lists', () => {
  it.each([
    ['/api/v1/daily', { filter: {} }],
    [
      '/api/v1/daily?date=2026-W47&limit=3&category=cs.CL',
      { date: '2026-W47', limit: 3, filter: { categories: ['cs.CL'] } },
    ],
    ['/api/v1/trending?window=month&has=code', { window: 'month', filter: { has: ['code'] } }],
    ['/api/v1/calendar?from=2026-11&to=2026-11', { filter: { from: '2026-11', to: '2026-11' } }],
  ])('asks for what %s means', async (path, asked) => {
    const { ask, lists } = await startTestServer();
    expect((await ask(path)).status).toBe(200);
    expect(lists.requests).toEqual([asked]);
  });

  it('answers with the time, what the order says, and the papers', async () => {
    const { ask } = await startTestServer();
    expect(await (await ask('/api/v1/trending')).json()).toMatchObject({
      ...{ from: '2026-11-20', to: '2026-11-20', total: 1, basis: 'votes' },
      hits: [{ rank: 1, score: null, paper: { id: '1706.03762' } }],
    });
    expect(await (await ask('/api/v1/calendar')).json()).toEqual({ days: [{ day: '2026-11-20', count: 1 }] });
  });

  it.each([
    '/api/v1/trending?window=year',
    '/api/v1/daily?limit=0',
    '/api/v1/calendar?from=2027&to=2026',
    '/api/v1/daily?q=a',
  ])('refuses %s', async (path) => {
    const { ask } = await startTestServer();
    expect((await ask(path)).status).toBe(400);
  });
});

describe('the form of a list', () => {
  const RECOMMEND = { positive: ['1706.03762'] };

  it.each([
    ['ndjson', 'application/x-ndjson; charset=utf-8', /^\{"rank":1,.*\}\n$/],
    ['csv', 'text/csv; charset=utf-8; header=present', /^rank,score,id,.*\r\n1,(?:0\.5)?,1706\.03762,A/],
    ['bibtex', 'application/x-bibtex; charset=utf-8', /^@misc\{/],
    ['ris', 'application/x-research-info-systems; charset=utf-8', /^TY {2}- /],
    ['csl', 'application/vnd.citationstyles.csl+json; charset=utf-8', /"id": "1706.03762"/],
    ['atom', 'application/atom+xml; charset=utf-8', /<entry>\s*<id>https:\/\/arxiv\.org\/abs\/1706\.03762</],
    ['md', 'text/markdown; charset=utf-8', /^# .*\n\n\d papers\. 1 to 1 are listed\.\n\n1\. \*\*Attention/],
  ])('is %s where format or Accept says so', async (format, type, text) => {
    const { ask, post } = await startTestServer();
    const accept = String(type.split(';')[0]);
    const answers = [
      await post('/api/v1/recommend', { ...RECOMMEND, format }),
      await ask(`/api/v1/daily?format=${format}`),
      await ask(`/api/v1/trending?format=${format}`),
      await ask('/api/v1/daily', { headers: { accept } }),
      await ask('/api/v1/trending', { headers: { accept } }),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe(type);
      expect(answer.headers.get('x-total-count')).toMatch(/^[13]$/);
      expect(answer.headers.get('vary')).toMatch(/\bAccept\b(?!-)/);
      expect(await answer.text()).toMatch(text);
    }
  });

  it('has the fields that were asked for, beside rank and id', async () => {
    const { ask, post } = await startTestServer();
    const daily = await ask('/api/v1/daily?fields=title');
    expect(await daily.json()).toMatchObject({
      hits: [{ rank: 1, paper: { id: '1706.03762', title: 'Attention Is All You Need' } }],
    });
    const trending = await ask('/api/v1/trending?fields=score&format=ndjson');
    expect(await trending.text()).toBe('{"rank":1,"score":null,"paper":{"id":"1706.03762"}}\n');
    const columns = { ...RECOMMEND, fields: ['theme', 'because', 'title'], format: 'csv' };
    expect(await (await post('/api/v1/recommend', columns)).text()).toBe(
      'rank,id,theme,title\r\n1,1706.03762,1,Attention Is All You Need\r\n',
    );
    const sparse = await post('/api/v1/recommend', { ...RECOMMEND, fields: ['because'] });
    expect(((await sparse.json()) as typeof RECOMMENDED).hits).toEqual([
      { rank: 1, paper: { id: '1706.03762' }, because: RECOMMENDED.hits[0]?.because },
    ]);
  });

  it('says in Markdown what the list is, and why a paper is recommended', async () => {
    const { ask, post } = await startTestServer();
    const recommended = await (await post('/api/v1/recommend', { ...RECOMMEND, format: 'md' })).text();
    expect(recommended).toMatch(/^# Recommended papers\n/);
    expect(recommended).toContain('because of A text (0.70)');
    expect(await (await ask('/api/v1/trending?format=md')).text()).toMatch(
      /^# Trending papers, 2026-11-20\n/,
    );
  });

  it.each(['/api/v1/daily', '/api/v1/trending?format=csv'])(
    'of %s is the same answer to who asks again, however long it took',
    async (path) => {
      const lists = new FakeLists();
      const { ask, raw } = await startTestServer({ lists });
      const etag = (await ask(path)).headers.get('etag');
      lists.tookMs += 1;
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-None-Match: ${etag}\r\n\r\n`;
      expect(await raw(request)).toMatch(/^HTTP\/1.1 304 /);
    },
  );

  it('is none that is not known, and nothing is looked for in vain', async () => {
    const { ask, post, lists, recommender } = await startTestServer();
    for (const wrong of ['format=xml', 'format=ris&fields=title', 'fields=theme']) {
      expect((await ask(`/api/v1/daily?${wrong}`)).status).toBe(400);
      expect((await ask(`/api/v1/trending?${wrong}`)).status).toBe(400);
    }
    expect((await ask('/feeds/daily.atom?format=json')).status).toBe(400);
    const wrong = { ...RECOMMEND, format: 'md', fields: ['title'] };
    expect((await post('/api/v1/recommend', wrong)).status).toBe(400);
    expect([...lists.requests, ...recommender.requests]).toEqual([]);
  });
});
