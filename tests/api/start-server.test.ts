import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/fault/app-error.ts';
import { ANSWER, FakeSearcher, startTestServer, type TestServer } from './test-server.ts';

const HEAD = 'HTTP/1.1\r\nHost: localhost\r\n';

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

/** Holds every question until it is let go. */
function hold({ searcher }: Pick<TestServer, 'searcher'>): { asked: Promise<void>; letGo: () => void } {
  let letGo: () => void = () => undefined;
  let tellAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tellAsked = resolve;
  });
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  searcher.answer = async () => {
    tellAsked();
    await held;
    return ANSWER;
  };
  return { asked, letGo };
}

describe('a server that starts', () => {
  it('says where it listens', async () => {
    const { url, port } = await startTestServer();
    expect(port).toBeGreaterThan(0);
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it('says that the port is taken', async () => {
    const { port } = await startTestServer();
    const second = startTestServer({}, { port } as object);
    await expect(second).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      message: `Port ${port} of 127.0.0.1 is taken by another program.`,
    });
  });

  it('says that the address is not of this machine', async () => {
    const second = startTestServer({}, { host: '192.0.2.1' } as object);
    await expect(second).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
  });

  it('is ready when the searcher has answered its first questions', async () => {
    const searcher = new FakeSearcher();
    const { ask } = await startTestServer({ searcher });
    expect(searcher.searches.length).toBeGreaterThan(0);
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('fails with the fault of a model that does not work, and listens no more', async () => {
    const searcher = new FakeSearcher();
    searcher.answer = () => Promise.reject(new AppError('MODEL_MISSING'));
    // A port that was free a moment ago, so that it can be tried again afterwards.
    const { port, close } = await startTestServer();
    await close();
    const failed = startTestServer({ searcher }, { port } as object);
    await expect(failed).rejects.toMatchObject({ code: 'MODEL_MISSING' });
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });
});

describe('a server that stops', () => {
  it('lets requests in flight finish, and takes no more', async () => {
    const server = await startTestServer();
    const { asked, letGo } = hold(server);
    const answer = server.ask('/api/v1/search?q=a');
    await asked;
    const closed = server.close();
    await expect(server.raw(`GET /healthz ${HEAD}\r\n`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    letGo();
    const response = await answer;
    expect(response.status).toBe(200);
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toEqual(ANSWER);
    await closed;
  });

  it('does not wait for connections that are kept alive or were never used', async () => {
    const server = await startTestServer();
    await (await server.ask('/healthz')).text();
    const unused = createConnection(server.port, '127.0.0.1');
    const halfASentence = createConnection(server.port, '127.0.0.1');
    halfASentence.write('GET /healthz HTTP/1.1\r\nHos');
    await delay(50);
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await text(unused)).toBe('');
    expect(await text(halfASentence)).toBe('');
  });

  it('waits no longer than a request may take', async () => {
    const server = await startTestServer({}, { requestTimeoutMs: 100 });
    const { asked } = hold(server);
    const answer = server.ask('/api/v1/search?q=a');
    await asked;
    await server.close();
    expect((await answer).status).toBe(503);
  });

  it('may be stopped twice', async () => {
    const server = await startTestServer();
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });
});

describe('time', () => {
  it('runs out for a question that takes too long, whose answer is then dropped', async () => {
    const server = await startTestServer({}, { requestTimeoutMs: 50 });
    const { letGo } = hold(server);
    const response = await server.ask('/api/v1/search?q=a');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'TIMEOUT',
      detail: 'There was no answer within 0.05 seconds.',
    });
    letGo();
    await delay(20);
    expect(server.log().filter((line) => line.msg === 'request failed')).toEqual([]);
    server.searcher.answer = async () => ANSWER;
    expect((await server.ask('/api/v1/search?q=a')).status).toBe(200);
  });

  it('runs out for a body that never comes', async () => {
    const { raw } = await startTestServer({}, { requestTimeoutMs: 100 });
    const head = `POST /api/v1/search ${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"q"`;
    const answer = await raw(head);
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(bodyOf(answer)).toMatchObject({ code: 'TIMEOUT' });
  });

  it('runs out for headers that never end', async () => {
    const { raw } = await startTestServer({}, { requestTimeoutMs: 100 });
    const answer = await raw('GET /healthz HTTP/1.1\r\nHos');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(bodyOf(answer)).toMatchObject({
      code: 'INPUT_INVALID',
      detail: 'The request did not arrive in time.',
    });
  });
});

describe('what is hardly HTTP', () => {
  it.each([
    ['not HTTP at all', 'hello\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01'],
    ['a header without a colon', `GET /healthz ${HEAD}nonsense\r\n\r\n`],
    ['two lengths', `POST /api/v1/search ${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`],
    [
      'length and chunks',
      `POST /api/v1/search ${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['headers without end', `GET /healthz ${HEAD}X: ${'a'.repeat(70_000)}\r\n\r\n`],
  ])('is refused with a problem: %s', async (_, bytes) => {
    const { raw } = await startTestServer();
    const answer = await raw(bytes);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('application/problem+json');
    expect(bodyOf(answer)).toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('is refused in words when only the address is too long', async () => {
    const { ask } = await startTestServer();
    const response = await ask(`/api/v1/search?q=${'a'.repeat(50_000)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'INPUT_INVALID',
      remedy: 'Send the question as JSON: POST /api/v1/search.',
    });
  });

  it('is answered when the address names the host', async () => {
    const { raw } = await startTestServer();
    const answer = await raw(`GET http://localhost/api/v1/search?q=a ${HEAD}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });

  it('leaves a server that goes on when callers go away', async () => {
    const server = await startTestServer();
    const { asked, letGo } = hold(server);
    const controller = new AbortController();
    const gone = server.ask('/api/v1/search?q=a', { signal: controller.signal });
    await asked;
    controller.abort();
    await expect(gone).rejects.toThrow();
    await delay(50);
    letGo();
    await delay(20);
    expect(server.log().at(-1)).toMatchObject({ route: '/api/v1/search', aborted: true });
    expect((await server.ask('/healthz')).status).toBe(200);
  });
});
