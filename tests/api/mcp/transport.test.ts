/** What is particular to HTTP: who may call, and what is no message of the protocol. */
import { describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-server.ts';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

function send({ ask }: TestServer, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return ask('/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('POST /mcp', () => {
  it('answers JSON, without a session', async () => {
    const response = await send(await startTestServer(), LIST);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('mcp-session-id')).toBeNull();
    expect(await response.json()).toMatchObject({
      jsonrpc: '2.0',
      id: 1,
      result: { tools: [{}, {}, {}, {}, {}, {}] },
    });
  });

  it('does not insist on a stream being accepted', async () => {
    expect((await send(await startTestServer(), LIST, { accept: '*/*' })).status).toBe(200);
  });

  it('accepts notifications', async () => {
    const response = await send(await startTestServer(), {
      jsonrpc: '2.0',
      method: 'notifications/initialized',
    });
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['no JSON', '{', 400, -32_700],
    ['no message', { hello: 1 }, 400, -32_700],
    ['a batch', [LIST], 400, -32_700],
    ['an unknown method', { ...LIST, method: 'tools/lost' }, 200, -32_601],
  ])('tells in JSON-RPC that %s came', async (_what, body, status, code) => {
    const response = await send(await startTestServer(), body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code, message: /./ } });
  });

  it.each([
    [{ 'content-type': 'text/plain' }, 400],
    [{ 'mcp-protocol-version': '1999-01-01' }, 400],
  ])('refuses %j', async (headers, status) => {
    expect((await send(await startTestServer(), LIST, headers)).status).toBe(status);
  });

  it.each([
    ['http://localhost:6274', 200],
    ['https://127.0.0.1', 200],
    ['https://papers.example.org', 200],
    ['https://evil.example', 403],
    ['https://localhost.evil.example', 403],
    ['https://evil.example/localhost', 403],
    ['http://localhost@evil.example', 403],
    ['null', 403],
    ['', 403],
  ])('is asked by a page of %j: %i', async (origin, status) => {
    const server = await startTestServer({}, { allowedHosts: ['papers.example.org'] });
    const response = await send(server, LIST, { origin });
    expect(response.status).toBe(status);
    if (status === 403)
      expect(await response.json()).toMatchObject({ error: { data: { code: 'HOST_NOT_ALLOWED' } } });
  });

  it('refuses a name of the server that was not meant', async () => {
    const body = JSON.stringify(LIST);
    const { raw } = await startTestServer();
    const head =
      'POST /mcp HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nContent-Type: application/json\r\n';
    const answer = await raw(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('tells in JSON-RPC that an answer took too long', async () => {
    const server = await startTestServer({}, { requestTimeoutMs: 200 });
    server.searcher.answer = () => new Promise(() => undefined);
    const call = { ...LIST, method: 'tools/call', params: { name: 'search', arguments: { query: 'x' } } };
    const response = await send(server, call);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      id: null,
      error: { code: -32_000, data: { code: 'TIMEOUT' } },
    });
  });

  it('wants a key where the server does, and says so in JSON-RPC', async () => {
    const key = { id: 'one', name: 'one', scope: 'read', createdMs: 0 } as const;
    const checkKey = async (text: string) => (text === 'pharos_read' ? key : undefined);
    const server = await startTestServer({ checkKey }, { host: '0.0.0.0' } as object);
    const refused = await send(server, LIST);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { data: { code: 'KEY_REQUIRED' } } });
    expect((await send(server, LIST, { authorization: 'Bearer pharos_read' })).status).toBe(200);
  });

  it('opens no stream', async () => {
    const { ask } = await startTestServer();
    const response = await ask('/mcp', { headers: { accept: 'text/event-stream' } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  });

  it('stops asking when the agent goes, and answers the next', async () => {
    const server = await startTestServer();
    let isAborted = false;
    server.searcher.answer = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          isAborted = true;
          reject(new Error('gone'));
        });
      });
    const call = { ...LIST, method: 'tools/call', params: { name: 'search', arguments: { query: 'x' } } };
    const leaving = new AbortController();
    const asked = server.ask('/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(call),
      signal: leaving.signal,
    });
    await expect.poll(() => server.searcher.searches.length).toBe(1);
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => isAborted).toBe(true);
    expect((await send(server, LIST)).status).toBe(200);
  });
});
