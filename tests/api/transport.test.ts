/** What HTTP offers beside the answers: what has not changed, what is packed, who may read, where it goes on. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nextAddress, nextLink } from '../../src/api/next-link.ts';
import { ANSWER, startTestServer } from './test-server.ts';

/** Not by fetch, which adds headers of its own and unpacks. */
async function bare(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const [message] = await once(get(url, { headers }), 'response');
  return message as IncomingMessage;
}

describe('an answer', () => {
  it.each([
    '/api/v1/search?q=a',
    '/api/v1/papers/1706.03762',
    '/api/v1/suggest?q=a',
    '/api/v1/facets',
    '/api/v1',
  ])('is not sent to who has it: %s', async (path) => {
    const { url, ask, searcher } = await startTestServer();
    const tag = String((await ask(path)).headers.get('etag'));
    searcher.answer = async () => ({ ...ANSWER, tookMs: 99 });
    const again = await bare(url + path, { 'if-none-match': tag });
    expect([again.statusCode, await text(again)]).toEqual([304, '']);
    searcher.answer = async () => ({ ...ANSWER, hits: [], total: 0 });
    const other = await bare(url + path, { 'if-none-match': '"other"' });
    expect(other.resume().statusCode).toBe(200);
  });

  it('has another tag when it says something else', async () => {
    const { ask, searcher } = await startTestServer();
    const before = (await ask('/api/v1/search?q=a')).headers.get('etag');
    searcher.answer = async () => ({ ...ANSWER, total: 2 });
    expect((await ask('/api/v1/search?q=a')).headers.get('etag')).not.toBe(before);
  });

  it('is packed for who can unpack it', async () => {
    const { url, searcher } = await startTestServer();
    const query = 'long '.repeat(1_000);
    searcher.answer = async () => ({ ...ANSWER, query });
    const packed = await bare(`${url}/api/v1/search?q=a`, { 'accept-encoding': 'gzip' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(packed.headers.vary).toContain('Accept-Encoding');
    const chunks: Buffer[] = [];
    for await (const chunk of packed) chunks.push(chunk as Buffer);
    expect(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())).toMatchObject({ query });
    const plain = await bare(`${url}/api/v1/search?q=a`, {});
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(await text(plain))).toMatchObject({ query });
  });

  it('can be asked for without its body', async () => {
    const { ask } = await startTestServer();
    for (const path of ['/api/v1/search?q=a&format=csv', '/api/v1/papers?ids=x', '/api/v1/facets']) {
      const head = await ask(path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      const whole = await ask(path);
      for (const name of ['content-type', 'etag', 'link']) {
        expect(head.headers.get(name)).toBe(whole.headers.get(name));
      }
    }
  });
});

describe('pages of other origins', () => {
  const origin = 'https://papers.example';

  it('cannot read answers unless they are named', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/api/v1', { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ask('/api/v1/search', { method: 'OPTIONS', headers: { origin } });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('can where they are named, errors included', async () => {
    const { ask } = await startTestServer({}, { corsOrigins: [origin] });
    for (const path of ['/api/v1', '/api/v1/search', '/nowhere']) {
      const response = await ask(path, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toContain('Origin');
    }
    const other = await ask('/api/v1', { headers: { origin: 'https://evil.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const headers = { origin, 'access-control-request-method': 'POST' };
    const preflight = await ask('/api/v1/search', { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  });

  it('can all where everybody is', async () => {
    const { ask } = await startTestServer({}, { corsOrigins: ['*'] });
    const response = await ask('/api/v1', { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('the next page', () => {
  it('is a link that leads there', async () => {
    const { ask, searcher } = await startTestServer();
    const first = await ask('/api/v1/search?q=a%20%3Eb&category=cs&category=math&offset=5&format=csv');
    const link = /^<([^>]+)>; rel="next"$/.exec(String(first.headers.get('link')))?.[1] ?? '';
    expect((await ask(link)).status).toBe(200);
    const filter = { categories: ['cs', 'math'] };
    expect(searcher.searches).toEqual([
      { query: 'a >b', offset: 5, filter },
      { query: 'a >b', cursor: 'AAAA', filter },
    ]);
  });

  it('is none at the end, of a question in a body, and where the cursor is too long for a header', async () => {
    const { ask, post, searcher } = await startTestServer();
    expect((await post('/api/v1/search', { q: 'a' })).headers.get('link')).toBeNull();
    searcher.answer = async () => ({ ...ANSWER, next: null });
    expect((await ask('/api/v1/search?q=a')).headers.get('link')).toBeNull();
    expect(nextLink(nextAddress('/api/v1/search?q=a', 'A'.repeat(4_000)))).toBeUndefined();
    expect(nextLink(nextAddress('/a>b', 'A'))).toBe('</a%3Eb?cursor=A>; rel="next"');
  });
});
