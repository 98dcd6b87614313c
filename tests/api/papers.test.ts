import { describe, expect, it } from 'vitest';
import { PAPERS, startTestServer } from './test-server.ts';

const [ATTENTION, LARGE_N, UNNAMED] = PAPERS;

describe('GET /api/v1/papers/{id}', () => {
  it.each([
    ['1706.03762', ATTENTION],
    ['1706.03762v7', ATTENTION],
    ['arXiv:1706.03762v2', ATTENTION],
    ['arxiv%3A1706.03762', ATTENTION],
    ['https://arxiv.org/abs/1706.03762', ATTENTION],
    ['https%3A%2F%2Farxiv.org%2Fpdf%2F1706.03762v1.pdf', ATTENTION],
    ['10.48550/arXiv.1706.03762', ATTENTION],
    ['hep-th/9711200', LARGE_N],
    ['hep-th%2F9711200', LARGE_N],
    ['hep-th/9711200/', LARGE_N],
    ['10.1023/A:1026654312961', LARGE_N],
    ['https://doi.org/10.1023/A:1026654312961', LARGE_N],
    ['https%3A%2F%2Fdoi.org%2F10.1023%2FA%3A1026654312961', LARGE_N],
    ['title:abc', UNNAMED],
  ])('finds %s', async (id, paper) => {
    const { ask } = await startTestServer();
    const response = await ask(`/api/v1/papers/${id}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(paper);
  });

  it('says where each field comes from when asked', async () => {
    const { ask } = await startTestServer();
    const answer = await (await ask('/api/v1/papers/1706.03762?sources=1')).json();
    const source = { source: 'arxiv', taken: '2026-11-01' };
    expect(answer).toMatchObject({
      paper: ATTENTION,
      fields: { title: source, authors: source },
      sources: [{ ...source, paper: ATTENTION }],
    });
    expect(answer).not.toHaveProperty('fields.id');
    expect((await ask('/api/v1/papers/1706.03762?sources=maybe')).status).toBe(400);
  });

  it.each(['2401.00001', 'nonsense', '10.1/unknown', 'a/b/c', 'x%2Frelated', 'related'])(
    'says that there is no %s',
    async (id) => {
      const { ask } = await startTestServer();
      const response = await ask(`/api/v1/papers/${id}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        code: 'PAPER_NOT_FOUND',
        detail: `There is no paper "${decodeURIComponent(id)}" in this index.`,
        errors: [{ pointer: 'id' }],
      });
    },
  );

  it.each(['%', '%ff', 'a/%E0%A4%A', '%zz'])('refuses the broken encoding of %s', async (id) => {
    const { ask, log } = await startTestServer();
    const response = await ask(`/api/v1/papers/${id}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer: 'id' }] });
    expect(log().filter((line) => line.level === 50)).toEqual([]);
  });

  it('finds papers while the model is still loading', async () => {
    const { ask } = await startTestServer({ readiness: { ready: false, reason: 'Loading.' } });
    expect((await ask('/api/v1/papers/1706.03762')).status).toBe(200);
  });
});
