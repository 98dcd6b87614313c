import { describe, expect, it } from 'vitest';
import { startTestServer } from './test-server.ts';

describe('GET /api/v1/suggest', () => {
  it('hands the beginning on and answers with what completes it', async () => {
    const { ask, searcher } = await startTestServer();
    const response = await ask('/api/v1/suggest?q=a.%20v&limit=3');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      query: 'a. v',
      suggestions: [{ kind: 'author', text: 'A. V.', papers: 1 }],
      tookMs: 0.5,
    });
    await ask('/api/v1/suggest?q=b');
    expect(searcher.suggestions).toEqual([{ query: 'a. v', limit: 3 }, { query: 'b' }]);
  });

  it.each([
    ['', 'QUERY_EMPTY'],
    ['?q=', 'QUERY_EMPTY'],
    ['?q=a&limit=11', 'INPUT_INVALID'],
    ['?q=a&offset=1', 'INPUT_INVALID'],
  ])('refuses %s', async (query, code) => {
    const { ask, searcher } = await startTestServer();
    const response = await ask(`/api/v1/suggest${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code });
    expect(searcher.suggestions).toEqual([]);
  });
});
