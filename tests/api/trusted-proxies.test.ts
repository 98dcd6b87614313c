/** Who asks, where a proxy stands between: for counting, logging and links. And that nobody gains a permission by it. */
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeWriting } from './fake-writing.ts';
import { startTestServer } from './test-server.ts';

const SEARCH = '/api/v1/search?q=a';
const TRUSTING = { trustProxy: ['loopback'] };
const TWO_SEARCHES = { rateLimits: { search: 2, read: 0, write: 0 } };

type Headers = Record<string, string>;

/** A proxy of the same user on the same machine, which adds these headers and hides nothing else. Resolves to its address. */
async function startProxy(port: number, added: (client: string) => Headers): Promise<string> {
  const proxy = createServer((request, response) => {
    const headers = { ...request.headers, ...added(String(request.headers['x-test-client'])) };
    const { method, url: path } = request;
    const onward = send({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

describe('an allowance behind a proxy', () => {
  const statuses = async (settings: object, forwarded: readonly string[]) => {
    const { ask } = await startTestServer({}, { ...TWO_SEARCHES, ...settings });
    const answers = [];
    for (const value of forwarded) {
      answers.push((await ask(SEARCH, { headers: { 'x-forwarded-for': value } })).status);
    }
    return answers;
  };

  it('is of each who asks, where the proxy is named', async () => {
    const clients = ['203.0.113.7', '203.0.113.8', '203.0.113.7', '203.0.113.8', '203.0.113.7'];
    expect(await statuses(TRUSTING, clients)).toEqual([200, 200, 200, 200, 429]);
  });

  it.each([
    ['none is named', {}],
    ['another is named', { trustProxy: ['10.0.0.0/8', '2001:db8::1', 'linklocal'] }],
  ])('is not widened by who makes up addresses: %s', async (_, settings) => {
    expect(await statuses(settings, ['203.0.113.7', '203.0.113.8', '203.0.113.9'])).toEqual([200, 200, 429]);
  });

  it('counts the address that the proxy saw, not those that its caller wrote before it', async () => {
    const forged = ['203.0.113.1, 198.51.100.4', '127.0.0.1, 198.51.100.4', '203.0.113.3,198.51.100.4'];
    expect(await statuses(TRUSTING, forged)).toEqual([200, 200, 429]);
  });

  it('goes through several proxies, if all of them are named', async () => {
    const chain = ['203.0.113.1, 10.1.2.3', '203.0.113.2, 10.1.2.4', '203.0.113.3, 10.1.2.3'];
    expect(await statuses({ trustProxy: ['loopback', '10.0.0.0/8'] }, chain)).toEqual([200, 200, 200]);
    const first = ['203.0.113.1, 10.1.2.3', '203.0.113.2, 10.1.2.3', '203.0.113.3, 10.1.2.3'];
    expect(await statuses(TRUSTING, first)).toEqual([200, 200, 429]);
  });

  it('is that of the proxy, where what it says is no address', async () => {
    expect(await statuses(TRUSTING, ['unknown', 'x'.repeat(1_000), '_hidden'])).toEqual([200, 200, 429]);
  });

  it('is a cautious one unless set, since others reach the server', async () => {
    const { ask } = await startTestServer({}, TRUSTING);
    expect((await ask(SEARCH)).headers.get('ratelimit-policy')).toBe('"search";q=120;w=60');
  });
});

describe('the log', () => {
  const callersOf = async (settings: object) => {
    const { ask, log } = await startTestServer({}, settings);
    await ask(SEARCH, { headers: { 'x-forwarded-for': '192.0.2.1, 203.0.113.7' } });
    for (let wait = 0; wait < 100 && log().length === 0; wait += 1) await new Promise(setImmediate);
    const [line] = log();
    expect(line).toMatchObject({ route: '/api/v1/search', status: 200 });
    return line?.caller;
  };

  it('holds no addresses, unless it was told to', async () => {
    expect(await callersOf({})).toBeUndefined();
    expect(await callersOf(TRUSTING)).toBeUndefined();
  });

  it('holds that of who asks, by the word of a proxy that is named and of no other', async () => {
    expect(await callersOf({ ...TRUSTING, logCallers: 'yes' })).toBe('203.0.113.7');
    expect(await callersOf({ logCallers: 'yes' })).toBe('127.0.0.1');
  });
});

describe('links', () => {
  const linkOf = async (settings: object, proto: string) => {
    const { ask } = await startTestServer({}, settings);
    const feed = await (
      await ask(`${SEARCH}&format=atom`, { headers: { 'x-forwarded-proto': proto } })
    ).text();
    return /<link rel="self"[^>]* href="(\w+):|<link href="(\w+):[^>]* rel="self"/
      .exec(feed)
      ?.slice(1)
      .join('');
  };

  it.each([
    [TRUSTING, 'https', 'https'],
    [TRUSTING, 'http', 'http'],
    [TRUSTING, 'javascript', 'http'],
    [{}, 'https', 'http'],
    [{ trustProxy: ['10.0.0.1'] }, 'https', 'http'],
  ])('with %j and %s begin with %s', async (settings, proto, scheme) => {
    expect(await linkOf(settings, proto)).toBe(scheme);
  });
});

describe('what only this machine may', () => {
  /** The statuses of removing, of the metrics and of the alerts. */
  const tryAll = async (
    ask: (path: string, init?: RequestInit) => Promise<Response>,
    headers: Headers = {},
  ) => [
    (await ask('/api/v1/papers/1706.03762', { method: 'DELETE', headers })).status,
    (await ask('/metrics', { headers })).status,
    (await ask('/api/v1/alerts', { headers })).status,
  ];
  const ALLOWED = [200, 200, 200];
  const REFUSED = [401, 401, 403];

  it('is allowed without a proxy, and where a proxy elsewhere is named', async () => {
    for (const settings of [{}, { trustProxy: ['10.0.0.0/8', '::1'] }]) {
      const { ask } = await startTestServer({}, settings);
      expect(await tryAll(ask)).toEqual(ALLOWED);
    }
  });

  it.each([{}, TRUSTING])('is refused to what was forwarded, whatever it claims: %j', async (settings) => {
    const desk = new FakeWriting();
    const { ask } = await startTestServer({ desk }, settings);
    const names = ['x-forwarded-for', 'x-real-ip', 'x-client-ip', 'true-client-ip', 'cf-connecting-ip'];
    for (const name of names) {
      for (const claim of ['127.0.0.1', '::1', '203.0.113.7', '']) {
        expect([name, ...(await tryAll(ask, { [name]: claim }))]).toEqual([name, ...REFUSED]);
      }
    }
    for (const headers of [
      { forwarded: 'for=127.0.0.1;host=localhost' },
      { 'x-forwarded-proto': 'http' },
      { 'x-forwarded-host': 'localhost' },
      { via: '1.1 cache' },
    ] as Headers[]) {
      expect(await tryAll(ask, headers)).toEqual(REFUSED);
    }
    expect(desk.removed).toEqual([]);
  });

  it('is refused to every connection of a named proxy, even one that adds no header', async () => {
    for (const trustProxy of [['loopback'], ['127.0.0.1'], ['127.0.0.0/8'], ['10.0.0.1', '127.0.0.1/32']]) {
      const { ask } = await startTestServer({}, { trustProxy });
      expect(await tryAll(ask)).toEqual(REFUSED);
    }
  });

  it('is refused to who asks through a proxy of the same user, and makes up headers', async () => {
    for (const settings of [{}, TRUSTING]) {
      const { port } = await startTestServer({}, settings);
      const append = (client: string): Headers => ({ 'x-forwarded-for': `${client}, 203.0.113.7` });
      const proxy = await startProxy(port, append);
      const ask = (path: string, init?: RequestInit) => fetch(proxy + path, init);
      for (const claim of ['127.0.0.1', '::1', '203.0.113.9']) {
        expect(await tryAll(ask, { 'x-test-client': claim })).toEqual(REFUSED);
      }
    }
  });

  it('is refused to HTTP/1.0, which nginx speaks where it is told nothing and adds nothing', async () => {
    const { raw } = await startTestServer();
    const asked = await raw('GET /api/v1/alerts HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    expect(asked).toMatch(/^HTTP\/1.1 403 .*LOCAL_ONLY/s);
    const near = await raw('GET /api/v1/alerts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    expect(near).toMatch(/^HTTP\/1.1 200 /);
  });

  it('is allowed by a key, through a proxy too', async () => {
    const checkKey = async () => ({ id: 'a', name: 'a', scope: 'admin' as const, createdMs: 0 });
    const { ask } = await startTestServer({ checkKey }, TRUSTING);
    const headers = { 'x-api-key': 'pharos_a', 'x-forwarded-for': '203.0.113.7' };
    expect((await tryAll(ask, headers)).slice(0, 2)).toEqual([200, 200]);
  });
});
