import { describe, expect, it, vi } from 'vitest';
import type { PaperStore } from '../../src/api/context.ts';
import type { Health } from '../../src/api/health.ts';
import { subscription, syncRun } from '../sync/fixtures.ts';
import { ANSWER, FakeSearcher, fakeEngine, startTestServer } from './test-server.ts';

describe('GET /api/v1', () => {
  it('lists addresses that all exist', async () => {
    const { ask } = await startTestServer();
    const { addresses } = (await (await ask('/api/v1')).json()) as {
      addresses: { method: string; address: string; parameters: string[] }[];
    };
    const own = addresses.filter(
      ({ address }) =>
        !/^\/(?:api\/(?:papers|daily_papers|arxiv)|papers|graph|recommendations)\b/.test(address),
    );
    expect(own.map(({ method, address }) => `${method} ${address}`)).toEqual([
      'GET /api/v1',
      'GET /api/v1/search',
      'POST /api/v1/search',
      'GET /api/v1/suggest',
      'GET /api/v1/facets',
      'GET /api/v1/papers/{id}/related',
      'POST /api/v1/related',
      'GET /api/v1/papers/{id}/cite',
      'POST /api/v1/cite',
      'POST /api/v1/recommend',
      'GET /api/v1/daily',
      'GET /api/v1/trending',
      'GET /api/v1/calendar',
      'GET /api/v1/map',
      'GET /api/v1/map/points',
      'GET /api/v1/map/paper',
      'GET /api/v1/map/hits',
      'GET /api/v1/papers',
      'POST /api/v1/papers/batch',
      'GET /api/v1/papers/{id}',
      'GET /api/v1/models',
      'GET /api/v1/sources',
      'POST /mcp',
      'GET /api/v1/status',
      'GET /healthz',
      'GET /readyz',
      'GET /api/query',
      'GET /opensearch.xml',
      'GET /opensearch/suggest',
      'GET /sitemap.xml',
      'GET /sitemaps/{part}.xml',
      'GET /robots.txt',
      'GET /metrics',
      'GET /feeds/search.atom',
      'GET /feeds/search.rss',
      'GET /feeds/search.json',
      'GET /feeds/daily.atom',
      'GET /feeds/daily.rss',
      'GET /feeds/daily.json',
      'POST /api/v1/papers',
      'DELETE /api/v1/papers/{id}',
      'GET /api/v1/jobs/{id}',
      'GET /api/v1/jobs/{id}/events',
      'GET /api/v1/library',
      'GET /api/v1/library/export',
      'POST /api/v1/library/import',
      'POST /api/v1/library/searches',
      'POST /api/v1/library/searches/{id}/look',
      'PUT /api/v1/library/searches/{id}',
      'DELETE /api/v1/library/searches/{id}',
      'PUT /api/v1/library/papers/{id}',
      'DELETE /api/v1/library/papers/{id}',
      'GET /api/v1/alerts',
      'POST /api/v1/alerts',
      'GET /api/v1/alerts/{id}',
      'DELETE /api/v1/alerts/{id}',
      'GET /alerts/unsubscribe',
      'POST /alerts/unsubscribe',
      'GET /openapi.json',
      'GET /llms.txt',
      'GET /docs/api',
      'GET /docs/api/reference.js',
      'GET /docs/{page}',
    ]);
    for (const { method, address } of addresses) {
      const path = address.replace('{id}', '1706.03762').replace('{part}', '1').replace('{page}', 'api.md');
      const response = await ask(path, { method });
      // There is no alert and no job of that name, but an address for it; a door may hold no such paper.
      if (response.status === 404) {
        const code = expect.stringMatching(/^(?:(?:ALERT|JOB|PAPER|SEARCH)_NOT_FOUND|MAP_UNAVAILABLE)$/);
        expect(await response.json()).toMatchObject({ code });
      } else expect([200, 400]).toContain(response.status);
    }
  });
});

describe('GET /api/v1/status', () => {
  it('says what the index holds', async () => {
    const { ask } = await startTestServer();
    expect(await (await ask('/api/v1/status')).json()).toEqual({
      papers: 3,
      embedded: 2,
      generation: 7,
      model: 'hashing',
      dimensions: 8,
      fingerprint: 'f',
      bytes: 0,
      ready: true,
      work: [],
      health: {
        ok: false,
        notes: [
          '1 paper not embedded yet: found by words only. Run the last `pharos add` or `pharos sync` again.',
        ],
      },
    });
  });

  it('says which sources fail for days', async () => {
    const failing = subscription({
      failures: 2,
      failingSince: '2026-01-02T00:00:00.000Z',
      last: syncRun({ outcome: 'failed', failure: { code: 'SOURCE_FAILED', message: 'it answers 500' } }),
    });
    const { ask } = await startTestServer({ sources: async () => [failing] });
    const { health } = (await (await ask('/api/v1/status')).json()) as { health: Health };
    expect(health.notes).toContain(
      'The source cs has failed since 2026-01-02, 2 times in a row: it answers 500.',
    );
  });
});

describe('GET /api/v1/sources', () => {
  it('lists what the index is kept fresh from, when it is asked, and how it went', async () => {
    const failure = { code: 'DISK_FULL', message: '/home/ada/index is full' };
    const sources = [
      subscription({ last: syncRun({ added: 3, ended: '2026-11-20T06:00:02.000Z' }), categories: ['cs.CL'] }),
      subscription({
        name: 'broken',
        isPaused: true,
        last: syncRun({ outcome: 'failed', failure }),
        failures: 1,
      }),
    ];
    const { ask } = await startTestServer({ sources: async () => sources });
    expect(await (await ask('/api/v1/sources')).json()).toMatchObject({
      sources: [
        {
          name: 'cs',
          spec: 'arxiv-oai:cs',
          schedule: '0 6 * * *',
          from: null,
          categories: ['cs.CL'],
          paused: false,
          nextRun: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          begun: null,
          last: { outcome: 'fine', added: 3, tookMs: 2_000, failure: null },
          lastFine: null,
          failures: 0,
          failingSince: null,
        },
        // What names files of the machine is not for everybody who may ask.
        { nextRun: null, last: { failure: { code: 'DISK_FULL', message: 'The disk is full' } } },
      ],
    });
    expect((await ask('/api/v1/sources?name=cs')).status).toBe(400);
  });
});

describe('GET /api/v1/models', () => {
  it('lists what is known, what is here and what is in use', async () => {
    const engine: PaperStore = {
      ...fakeEngine(),
      status: async () => ({
        index: 'i',
        papers: 0,
        embedded: 0,
        generation: 0,
        space: { name: 'all-MiniLM-L6-v2', dimensions: 384, fingerprint: 'f' },
        bytes: 0,
      }),
    };
    const { ask } = await startTestServer({ engine });
    const body = await (await ask('/api/v1/models')).json();
    expect(body).toMatchObject({
      model: 'all-MiniLM-L6-v2',
      models: [
        { name: 'all-MiniLM-L6-v2', present: true, inUse: true, pooling: 'mean', languages: ['en'] },
        { name: 'bge-small-en-v1.5', present: false, inUse: false, pooling: 'cls', licence: 'MIT' },
      ],
    });
    expect((await ask('/api/v1/models?name=x')).status).toBe(400);
  });
});

describe('a server whose engine is replaced', () => {
  it('answers from the new one, and ends what was begun with the old one', async () => {
    const server = await startTestServer();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.searcher.answer = async () => {
      await held;
      return ANSWER;
    };
    const begun = server.ask('/api/v1/search?q=before');
    await vi.waitFor(() => expect(server.searcher.searches).toHaveLength(1));
    const fresh = new FakeSearcher();
    const { recommender, lists } = server;
    server.replace({ engine: fakeEngine(), searcher: fresh, recommender, lists });
    expect((await server.ask('/api/v1/search?q=after')).status).toBe(200);
    expect(fresh.searches).toMatchObject([{ query: 'after' }]);
    release();
    expect((await begun).status).toBe(200);
    expect(server.searcher.searches).toHaveLength(1);
  });
});

describe('health', () => {
  it('is alive and ready, whatever parameters a probe adds', async () => {
    const { ask } = await startTestServer();
    expect((await ask('/healthz?probe=1')).status).toBe(200);
    expect((await ask('/readyz?probe=1')).status).toBe(200);
  });

  it('is alive but not ready, and says why, until it is', async () => {
    const readiness = { ready: false, reason: 'The model is loading.' };
    const { ask, searcher } = await startTestServer({ readiness });
    expect((await ask('/healthz')).status).toBe(200);
    for (const path of ['/readyz', '/api/v1/search?q=a', '/api/v1/papers/1706.03762/related']) {
      const response = await ask(path);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toMatchObject({
        code: 'SERVER_NOT_READY',
        detail: 'The model is loading.',
      });
    }
    expect(await (await ask('/api/v1/status')).json()).toMatchObject({ ready: false });
    readiness.ready = true;
    expect((await ask('/readyz')).status).toBe(200);
    expect((await ask('/api/v1/search?q=a')).status).toBe(200);
    expect(searcher.searches).toHaveLength(1);
  });
});

describe('an address that does not exist', () => {
  it.each([
    ['/api/v1/serach?q=a', 'Did you mean /api/v1/search?'],
    ['/api/v2/search', 'Did you mean /api/v1/search?'],
    ['/health', 'Did you mean /healthz?'],
    ['/', 'There is nothing at this address.'],
    ['/favicon.ico', 'There is nothing at this address.'],
    ['/api/v1/paper', 'Did you mean /api/v1/papers?'],
    [`/${'a'.repeat(2_000)}`, 'There is nothing at this address.'],
  ])('is a 404 with a guess: %s', async (path, detail) => {
    const { ask } = await startTestServer();
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND', detail });
  });
});

describe('a method that an address does not take', () => {
  it.each([
    ['DELETE', '/api/v1/search', 'GET, HEAD, POST, OPTIONS'],
    ['GET', '/api/v1/related', 'POST, OPTIONS'],
    ['POST', '/api/v1/papers/hep-th/9711200', 'GET, HEAD, DELETE, OPTIONS'],
    ['PUT', '/api/v1/papers', 'GET, HEAD, POST, OPTIONS'],
    ['PUT', '/api/v1/papers/hep-th/9711200/related', 'GET, HEAD, OPTIONS'],
    ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
  ])('is a 405 that names the others: %s %s', async (method, path, allow) => {
    const { ask } = await startTestServer();
    const response = await ask(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('is told by OPTIONS', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/api/v1/search', { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  });
});

describe('every answer', () => {
  it.each(['/api/v1/search?q=a', '/nowhere', '/api/v1/search'])(
    'keeps a browser from misusing it: %s',
    async (path) => {
      const { ask } = await startTestServer();
      const { headers } = await ask(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );
});
