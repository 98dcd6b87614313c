import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { PoliteClient, type PoliteClientOptions } from '../../src/http/polite-client.ts';
import { TransientFault } from '../../src/http/transient-fault.ts';
import { type FakeClock, fakeClock } from '../sources/set-up.ts';

const LANE = { name: 'test', intervalMs: 3_000 };
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function open({
  clock = fakeClock(),
  ...options
}: Partial<PoliteClientOptions> & { clock?: FakeClock } = {}) {
  const lanesDir = mkdtempSync(join(tmpdir(), 'pharos-lanes-'));
  const client = new PoliteClient({ userAgent: 'Pharos/0', lanesDir, clock, ...options });
  closing.push(() => client.close());
  return { ask: client.askIn(LANE), client, clock, lanesDir };
}

const text = (answer: { text: () => { text: string } }) => answer.text().text;

describe('the pace', () => {
  it('is kept between requests, however many ask at once, and one is under way at a time', async () => {
    let underWay = 0;
    let most = 0;
    const url = await serve((_, response) => {
      most = Math.max(most, ++underWay);
      setTimeout(() => {
        underWay--;
        response.end('fine');
      }, 5);
    });
    const { ask, clock } = open();
    await Promise.all([1, 2, 3, 4].map(() => ask(url, text)));
    expect(most).toBe(1);
    expect(clock.slept).toEqual([3_000, 3_000, 3_000]);
  });

  it('is one for all clients that share a folder', async () => {
    const url = await serve((_, response) => response.end('fine'));
    const { ask, lanesDir, clock } = open();
    const other = open({ lanesDir, clock });
    await ask(url, text);
    await other.ask(url, text);
    expect(clock.slept).toEqual([3_000]);
  });

  it('of one lane is not that of another', async () => {
    const url = await serve((_, response) => response.end('fine'));
    const { client, clock } = open();
    await client.askIn({ name: 'one', intervalMs: 3_000 })(url, text);
    await client.askIn({ name: 'two', intervalMs: 3_000 })(url, text);
    expect(clock.slept).toEqual([]);
  });

  it('is kept after failures too', async () => {
    let isDown = true;
    const url = await serve((_, response) => {
      response.statusCode = isDown ? 404 : 200;
      isDown = false;
      response.end();
    });
    const { ask, clock } = open();
    await expect(ask(url, text)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await ask(url, text);
    expect(clock.slept).toEqual([3_000]);
  });
});

describe('patience', () => {
  async function failing(times: number, status: number, headers: Record<string, string> = {}) {
    let asked = 0;
    const url = await serve((_, response) => {
      if (++asked <= times) response.writeHead(status, headers).end('no');
      else response.end('fine');
    });
    return { url, asked: () => asked };
  }

  it.each([408, 425, 429, 500, 502, 503, 504])('outlasts %d', async (status) => {
    const { url } = await failing(3, status);
    expect(await open().ask(url, text)).toBe('fine');
  });

  it('doubles its pauses, with some chance in them, and gives up at last', async () => {
    const { url, asked } = await failing(99, 503);
    const { client, clock } = open();
    const ask = client.askIn({ name: 'quick', intervalMs: 0 });
    await expect(ask(url, text)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect(asked()).toBe(8);
    clock.slept.forEach((pauseMs, at) => {
      const fullMs = Math.min(60_000, 1_000 * 2 ** at);
      expect(pauseMs).toBeGreaterThanOrEqual(fullMs * 0.75);
      expect(pauseMs).toBeLessThanOrEqual(fullMs);
    });
    expect(new Set(clock.slept.map((ms, at) => ms / 2 ** at)).size).toBeGreaterThan(1);
  });

  it('waits as long as it is asked to, in seconds or up to a date, and so does everybody in the lane', async () => {
    for (const header of ['40', new Date(Date.UTC(2026, 10, 25, 0, 0, 40)).toUTCString()]) {
      const { url } = await failing(1, 429, { 'retry-after': header });
      const { ask, clock, lanesDir } = open();
      const start = clock.nowMs();
      await ask(url, text);
      expect(clock.nowMs() - start).toBe(40_000);
      const other = open({ clock: fakeClock(start), lanesDir });
      await other.ask(url, text);
      expect(other.clock.slept).toEqual([43_000]);
    }
  });

  it('is at its end at once when it is asked to wait for hours', async () => {
    const { url, asked } = await failing(1, 503, { 'retry-after': '7200' });
    await expect(open().ask(url, text)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/answers 503, and not again for 120 minutes$/),
    });
    expect(asked()).toBe(1);
  });

  it('does not try again what is refused', async () => {
    const { url, asked } = await failing(1, 403);
    await expect(open().ask(`${url}?key=secret`, text)).rejects.toMatchObject({
      message: expect.not.stringContaining('secret'),
    });
    expect(asked()).toBe(1);
  });

  it('asks again where what came cannot be read', async () => {
    const url = await serve((_, response) => response.end('half'));
    const { ask } = open();
    let reads = 0;
    const read = () => {
      if (++reads < 3) throw new TransientFault('only half of it');
      return 'whole';
    };
    expect(await ask(url, read)).toBe('whole');
  });

  it('has a deadline for each attempt', async () => {
    const url = await serve((_, response) => response.write('never ends'));
    const { ask } = open({ patience: { tries: 2, triesUnanswered: 2 } });
    await expect(ask(url, text, { deadlineMs: 50 })).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringContaining('too long'),
    });
  });

  it('ends with the signal, waiting or asking', async () => {
    const url = await serve((_, response) => response.write('never ends'));
    const controller = new AbortController();
    const { ask } = open({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(ask(url, text)).rejects.toThrow('enough');
    await expect(ask(url, text)).rejects.toThrow('enough');
  });
});

describe('an answer', () => {
  it('is unpacked, and not beyond the limit', async () => {
    const url = await serve((_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(1_000_000, 'x'))),
    );
    const { ask } = open();
    expect((await ask(url, text)).length).toBe(1_000_000);
    await expect(ask(url, text, { maxBytes: 999_999 })).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('that has not changed is not sent again', async () => {
    const url = await serve((request, response) => {
      response.setHeader('etag', '"one"');
      response.setHeader('last-modified', 'Tue, 24 Nov 2026 10:00:00 GMT');
      response.statusCode = request.headers['if-none-match'] === '"one"' ? 304 : 200;
      response.end(response.statusCode === 200 ? 'body' : undefined);
    });
    const { ask } = open();
    const validators = await ask(url, (answer) => answer.validators);
    expect(validators).toEqual({ etag: '"one"', lastModified: 'Tue, 24 Nov 2026 10:00:00 GMT' });
    expect(await ask(url, ({ status }) => status, { validators })).toBe(304);
  });

  it('may be to a question in JSON', async () => {
    const url = await serve(async (request, response) => {
      for await (const piece of request) response.write(piece);
      response.end(request.headers['content-type']);
    });
    expect(await open().ask(url, text, { json: { ids: [1] } })).toBe('{"ids":[1]}application/json');
  });

  it('from another server is not paid for with a key', async () => {
    const seen: (string | string[] | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers['x-api-key'], request.headers.authorization, request.headers['user-agent']);
      response.end('fine');
    });
    const url = await serve((_, response) => response.writeHead(302, { location: other }).end());
    await open().ask(url, text, { headers: { 'X-Api-Key': 'secret', Authorization: 'Bearer secret' } });
    expect(seen).toEqual([undefined, undefined, 'Pharos/0']);
  });

  it('is asked for with secrets that only its own server sees, and no message tells', async () => {
    const secrets = { headers: { 'x-token': 'secret' }, parameters: { key: 'sec&ret' } };
    const seen: unknown[] = [];
    const other = await serve((request, response) => {
      seen.push([request.url, request.headers['x-token']]);
      response.end('fine');
    });
    const url = await serve((request, response) => {
      seen.push([request.url, request.headers['x-token']]);
      const away = {
        '/a?x=1&key=sec%26ret': '/b?key=sec%26ret',
        '/b?key=sec%26ret': `${other}c?key=sec%26ret&y=2`,
      };
      const location = away[request.url as keyof typeof away];
      response.writeHead(302, { location: location ?? 'ftp://example.org/?key=sec%26ret' }).end();
    });
    const { ask } = open();
    expect(await ask(`${url}a?x=1`, ({ address }) => address, { secrets })).toBe(`${url}a?x=1`);
    expect(seen).toEqual([
      ['/a?x=1&key=sec%26ret', 'secret'],
      ['/b?key=sec%26ret', 'secret'],
      ['/c?y=2', undefined],
    ]);
    await expect(ask(`${url}d`, text, { secrets })).rejects.toMatchObject({
      message: expect.not.stringMatching(/sec(&|%26)?ret/),
    });
  });
});
