import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/fault/app-error.ts';
import { ANSWER, startTestServer } from './test-server.ts';

describe('GET /api/v1/search', () => {
  it('answers exactly what is promised', async () => {
    const { ask, searcher } = await startTestServer();
    searcher.answer = async () => ({ ...ANSWER, secret: 'unpromised' });
    const response = await ask('/api/v1/search?q=attention');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual(ANSWER);
  });

  it('asks with the defaults of the searcher where nothing is given', async () => {
    const { ask, searcher } = await startTestServer();
    await ask('/api/v1/search?q=attention');
    expect(searcher.searches).toEqual([{ query: 'attention', filter: {} }]);
  });

  it('hands every parameter on, repeated ones as lists', async () => {
    const { ask, searcher } = await startTestServer();
    const query =
      'q=caf%C3%A9+%2B+%26&mode=keyword&limit=5&offset=20&from=2017&to=2018-06' +
      '&category=cs.CL&category=cs&author=Ashish+Vaswani&venue=NeurIPS';
    expect((await ask(`/api/v1/search?${query}`)).status).toBe(200);
    expect(searcher.searches).toEqual([
      {
        query: 'café + &',
        mode: 'keyword',
        limit: 5,
        offset: 20,
        filter: {
          from: '2017',
          to: '2018-06',
          categories: ['cs.CL', 'cs'],
          authors: ['Ashish Vaswani'],
          venues: ['NeurIPS'],
        },
      },
    ]);
  });

  it('hands on how the list is to be made', async () => {
    const { ask, searcher } = await startTestServer();
    const query =
      'q=a&sort=fresh&cursor=abc&fold=false&facets=year&facets=author&facetLimit=3&source=arxiv&source=acl';
    expect((await ask(`/api/v1/search?${query}`)).status).toBe(200);
    expect(searcher.searches).toEqual([
      {
        query: 'a',
        sort: 'fresh',
        cursor: 'abc',
        fold: false,
        facets: ['year', 'author'],
        facetLimit: 3,
        filter: { sources: ['arxiv', 'acl'] },
      },
    ]);
  });

  it('refuses orders, facets and places that do not exist', async () => {
    const { ask } = await startTestServer();
    for (const query of ['sort=up', 'facets=years', 'source=web', 'fold=maybe', 'facetLimit=0']) {
      expect((await ask(`/api/v1/search?q=a&${query}`)).status).toBe(400);
    }
  });

  it('takes a comma as part of a name', async () => {
    const { ask, searcher } = await startTestServer();
    await ask('/api/v1/search?q=a&author=Vaswani,%20Ashish');
    expect(searcher.searches[0]?.filter?.authors).toEqual(['Vaswani, Ashish']);
  });

  it('passes over empty values, which forms send', async () => {
    const { ask, searcher } = await startTestServer();
    expect((await ask('/api/v1/search?q=a&from=&to&limit=&category=')).status).toBe(200);
    expect(searcher.searches[0]).toEqual({ query: 'a', filter: { categories: [] } });
  });

  it('takes the longest question there may be, in any script', async () => {
    const { ask, searcher } = await startTestServer();
    const question = '注'.repeat(4_000);
    expect((await ask(`/api/v1/search?q=${encodeURIComponent(question)}`)).status).toBe(200);
    expect(searcher.searches[0]?.query).toBe(question);
  });

  it('answers HEAD with the headers alone', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/api/v1/search?q=a', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
    expect(await response.text()).toBe('');
  });

  it('answers 304 to what the caller has already', async () => {
    const { ask, raw } = await startTestServer();
    const etag = (await ask('/api/v1/papers/1706.03762')).headers.get('etag');
    // Not with fetch, which adds `Cache-Control: no-cache` of its own.
    const head = 'GET /api/v1/papers/1706.03762 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';
    expect(await raw(`${head}If-None-Match: ${etag}\r\n\r\n`)).toMatch(/^HTTP\/1.1 304 /);
  });
});

describe('POST /api/v1/search', () => {
  it('takes the same in JSON', async () => {
    const { post, searcher } = await startTestServer();
    const body = {
      q: 'a question',
      mode: 'semantic',
      limit: 3,
      offset: 0,
      from: '2020-01-31',
      category: ['cs.CL'],
    };
    const response = await post('/api/v1/search', body);
    expect(await response.json()).toEqual(ANSWER);
    expect(searcher.searches).toEqual([
      {
        query: 'a question',
        mode: 'semantic',
        limit: 3,
        offset: 0,
        filter: { from: '2020-01-31', categories: ['cs.CL'] },
      },
    ]);
  });

  it('takes truth as JSON writes it', async () => {
    const { post, searcher } = await startTestServer();
    await post('/api/v1/search', { q: 'a', fold: false });
    await post('/api/v1/search', { q: 'a', fold: true });
    expect(searcher.searches.map(({ fold }) => fold)).toEqual([false, true]);
    expect((await post('/api/v1/search', { q: 'a', fold: 'maybe' })).status).toBe(400);
  });

  it('takes one value where a list may stand', async () => {
    const { post, searcher } = await startTestServer();
    await post('/api/v1/search', { q: 'a', author: 'Curie', venue: 'Nature' });
    expect(searcher.searches[0]?.filter).toEqual({ authors: ['Curie'], venues: ['Nature'] });
  });

  it('takes parts that papers must have, and refuses others', async () => {
    const { ask: get, post, searcher } = await startTestServer();
    await get('/api/v1/search?q=a&has=code&has=doi');
    expect(searcher.searches[0]?.filter).toEqual({ has: ['code', 'doi'] });
    await post('/api/v1/related', { text: 'a', has: 'abstract' });
    expect(searcher.relations[0]?.filter).toEqual({ has: ['abstract'] });
    expect((await get('/api/v1/search?q=a&has=pdf')).status).toBe(400);
  });

  it('sends what was noted', async () => {
    const { ask: get, searcher } = await startTestServer();
    const notes = [{ code: 'FIELD_UNKNOWN' as const, message: 'There is no field.' }];
    searcher.answer = async () => ({ ...ANSWER, notes });
    expect(await (await get('/api/v1/search?q=a')).json()).toMatchObject({ notes });
  });

  it('keeps line breaks in a question', async () => {
    const { post, searcher } = await startTestServer();
    await post('/api/v1/search', { q: 'one\n\ttwo' });
    expect(searcher.searches[0]?.query).toBe('one\n\ttwo');
  });
});

describe('how hits are presented', () => {
  it.each([
    ['diversity=0.5&passage=semantic&explain=1', { diversity: 0.5, passage: 'semantic', explain: true }],
    ['diversity=1&explain=true', { diversity: 1, explain: true }],
    ['diversity=.25&explain=0', { diversity: 0.25, explain: false }],
    ['passage=words&explain=false&diversity=', { passage: 'words', explain: false }],
  ])('takes %s', async (parameters, asked) => {
    const { ask, searcher } = await startTestServer();
    expect((await ask(`/api/v1/search?q=a&${parameters}`)).status).toBe(200);
    expect(searcher.searches).toEqual([{ query: 'a', filter: {}, ...asked }]);
    await ask(`/api/v1/papers/1706.03762/related?${parameters}`);
    expect(searcher.relations[0]).toMatchObject(asked);
  });

  it('takes the same in JSON', async () => {
    const { post, searcher } = await startTestServer();
    const asked = { diversity: 0.5, passage: 'semantic', explain: true };
    expect((await post('/api/v1/search', { q: 'a', ...asked })).status).toBe(200);
    expect((await post('/api/v1/related', { text: 'a', ...asked })).status).toBe(200);
    expect(searcher.searches[0]).toMatchObject(asked);
    expect(searcher.relations[0]).toMatchObject(asked);
  });

  it('sends reasons and corrections on', async () => {
    const { ask, searcher } = await startTestServer();
    const explanation = {
      words: [{ word: 'We', fields: ['abstract' as const], share: 1 }],
      shares: [{ name: 'words' as const, share: 0.5 }],
    };
    const [hit] = ANSWER.hits;
    const answer = {
      ...ANSWER,
      hits: hit ? [{ ...hit, match: { ...hit.match, explanation } }] : [],
      didYouMean: [{ typed: 'atention', meant: ['attention'] }],
    };
    searcher.answer = async () => answer;
    expect(await (await ask('/api/v1/search?q=atention&explain=1')).json()).toEqual(answer);
  });

  it('drops the work when the caller goes away', async () => {
    const { ask, searcher, log } = await startTestServer();
    const aborted = new Promise<void>((resolve) => {
      searcher.answer = (signal) =>
        new Promise((_, reject) =>
          signal?.addEventListener('abort', () => {
            resolve();
            reject(new AppError('INTERRUPTED'));
          }),
        );
    });
    const caller = new AbortController();
    const asked = ask('/api/v1/search?q=a&passage=semantic', { signal: caller.signal });
    setTimeout(() => caller.abort(), 50);
    await expect(asked).rejects.toThrow();
    await aborted;
    expect(log().filter(({ msg }) => msg === 'request failed')).toEqual([]);
  });
});
