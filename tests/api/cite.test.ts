import { describe, expect, it } from 'vitest';
import { startTestServer } from './test-server.ts';

describe('GET /api/v1/papers/{id}/cite', () => {
  it.each([
    ['', 'application/x-bibtex', /^@misc\{mlarge,\n/],
    ['?format=ris', 'application/x-research-info-systems', /^TY {2}- UNPB\n/],
    ['?format=csl', 'application/vnd.citationstyles.csl+json', /"id": "hep-th\/9711200"/],
    ['?format=text', 'text/plain', /^M\., J\. \(n\.d\.\)\. The Large N Limit/],
    [
      '?format=markdown&style=vancouver',
      'text/markdown',
      /^1\. M\. J\. The Large N Limit \\\[Internet\\\]\. arXiv\./,
    ],
  ])('answers %j as %s', async (query, type, text) => {
    const { ask } = await startTestServer();
    const response = await ask(`/api/v1/papers/hep-th/9711200/cite${query}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(await response.text()).toMatch(text);
  });

  it.each([
    ['/api/v1/papers/2401.00001/cite', 404, 'PAPER_NOT_FOUND'],
    ['/api/v1/papers/1706.03762/cite?format=bibtext', 400, 'INPUT_INVALID'],
    ['/api/v1/papers/1706.03762/cite?style=apa', 400, 'INPUT_INVALID'],
    ['/api/v1/papers/1706.03762/cite?format=text&style=nature', 400, 'INPUT_INVALID'],
    ['/api/v1/papers/1706.03762/cite?fromat=text', 400, 'INPUT_INVALID'],
  ])('refuses %s', async (path, status, code) => {
    const { ask } = await startTestServer();
    const response = await ask(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
  });
});

describe('POST /api/v1/cite', () => {
  it('cites many, each once, in their order', async () => {
    const { post } = await startTestServer();
    const ids = ['10.1023/A:1026654312961', 'arXiv:1706.03762v3', 'hep-th/9711200'];
    const response = await post('/api/v1/cite', JSON.stringify({ ids, format: 'csl', abstracts: true }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject([
      { id: 'hep-th/9711200' },
      { id: '1706.03762', abstract: 'We.' },
    ]);
  });

  it('names every paper that is not there', async () => {
    const { post } = await startTestServer();
    const response = await post('/api/v1/cite', JSON.stringify({ ids: ['x', '1706.03762', 'y'] }));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'PAPER_NOT_FOUND',
      errors: [{ pointer: '/ids/0' }, { pointer: '/ids/2' }],
    });
  });

  it.each([
    [{}],
    [{ ids: [] }],
    [{ ids: [''] }],
    [{ ids: Array.from({ length: 1001 }, () => '1706.03762') }],
    [{ ids: Array.from({ length: 101 }, () => '1706.03762'), format: 'text' }],
    [{ ids: ['1706.03762'], format: 'ris', style: 'apa' }],
  ])('refuses what it cannot use', async (body) => {
    const { post } = await startTestServer();
    const response = await post('/api/v1/cite', JSON.stringify(body));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID' });
  });
});
