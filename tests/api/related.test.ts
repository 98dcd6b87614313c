import { describe, expect, it } from 'vitest';
import { ANSWER, startTestServer } from './test-server.ts';

describe('GET /api/v1/papers/{id}/related', () => {
  it.each([
    ['1706.03762', '1706.03762'],
    ['hep-th/9711200', 'hep-th/9711200'],
    ['hep-th%2F9711200', 'hep-th/9711200'],
    ['https://doi.org/10.1023/A:1026654312961', 'hep-th/9711200'],
  ])('asks for the work around %s', async (id, stored) => {
    const { ask, searcher } = await startTestServer();
    const response = await ask(`/api/v1/papers/${id}/related?limit=5&mode=semantic&from=2020&category=cs`);
    expect(await response.json()).toEqual(ANSWER);
    const filter = { from: '2020', categories: ['cs'] };
    expect(searcher.relations).toEqual([{ positive: [stored], limit: 5, mode: 'semantic', filter }]);
  });

  it('takes no question', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/api/v1/papers/1706.03762/related?q=a');
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer: 'q' }] });
  });

  it('says that there is no such paper', async () => {
    const { ask, searcher } = await startTestServer();
    const response = await ask('/api/v1/papers/2401.00001/related');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'PAPER_NOT_FOUND' });
    expect(searcher.relations).toEqual([]);
  });
});

describe('POST /api/v1/related', () => {
  it('takes papers by any name and texts, on both sides', async () => {
    const { post, searcher } = await startTestServer();
    const response = await post('/api/v1/related', {
      text: 'An abstract.',
      positive: ['arXiv:1706.03762v5', { text: 'More of this.' }, 'hep-th/9711200'],
      negative: [{ text: 'Less of this.' }, 'title:abc'],
      limit: 7,
      offset: 7,
    });
    expect(await response.json()).toEqual(ANSWER);
    expect(searcher.relations).toEqual([
      {
        positive: ['1706.03762', 'hep-th/9711200'],
        negative: ['title:abc'],
        positiveTexts: ['An abstract.', 'More of this.'],
        negativeTexts: ['Less of this.'],
        limit: 7,
        offset: 7,
        filter: {},
      },
    ]);
  });

  it.each([
    [{ text: ['one', 'two'] }, { positiveTexts: ['one', 'two'] }],
    [{ positive: '1706.03762' }, { positive: ['1706.03762'] }],
    [{ positive: { text: 'one' } }, { positiveTexts: ['one'] }],
    [{ text: 'x'.repeat(200_000) }, { positiveTexts: ['x'.repeat(200_000)] }],
  ])('takes one or several: %#', async (body, asked) => {
    const { post, searcher } = await startTestServer();
    expect((await post('/api/v1/related', body)).status).toBe(200);
    expect(searcher.relations[0]).toMatchObject(asked);
  });

  it('names every paper that is not there', async () => {
    const { post, searcher } = await startTestServer();
    const response = await post('/api/v1/related', {
      positive: ['2401.00001', '1706.03762'],
      negative: [{ text: 'a' }, 'nonsense'],
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'PAPER_NOT_FOUND',
      errors: [{ pointer: '/positive/0' }, { pointer: '/negative/1' }],
    });
    expect(searcher.relations).toEqual([]);
  });

  it.each([
    [{}, ''],
    [{ text: [] }, ''],
    [{ negative: ['1706.03762'] }, ''],
    [{ text: '' }, '/text/0'],
    [{ text: ' \n' }, '/text/0'],
    [{ positive: [5] }, '/positive/0'],
    [{ positive: [''] }, '/positive/0'],
    [{ positive: ['1706.03762', { txt: 'a' }] }, '/positive/1'],
    [{ positive: [{ text: 'a', id: 'b' }] }, '/positive/0/id'],
    [{ positive: Array(51).fill('1706.03762') }, '/positive'],
    [{ text: 'a', query: 'b' }, '/query'],
    [{ text: 'x'.repeat(200_001) }, '/text/0'],
  ])('refuses %#', async (body, pointer) => {
    const { post, searcher } = await startTestServer();
    const response = await post('/api/v1/related', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer }] });
    expect(searcher.relations).toEqual([]);
  });
});
