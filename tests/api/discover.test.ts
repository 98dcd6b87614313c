/** The routes that list papers without a question. */
import { describe, expect, it } from 'vitest';
import { RECOMMENDED, startTestServer } from './test-server.ts';

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
