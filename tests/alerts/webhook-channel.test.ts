import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Digest } from '../../src/alerts/digest.ts';
import { signatureOf } from '../../src/alerts/signature.ts';
import { sendWebhook } from '../../src/alerts/webhook-channel.ts';

const SECRET = 'a secret of sixteen or more';
const NOW_MS = Date.UTC(2026, 10, 25, 3);
const DIGEST: Digest = {
  alert: { id: 'graphs', question: 'graphs' },
  created: '2026-11-25T03:00:00.000Z',
  part: 1,
  parts: 1,
  papers: [{ id: 'p', title: 'Über Graphen', authors: [], similarity: 0.5, passage: null }],
};

async function startHook(status = 204, headers: Record<string, string> = {}) {
  const asked: { request: IncomingMessage; body: string }[] = [];
  const server = createServer((request, response) => {
    text(request)
      .then((body) => {
        asked.push({ request, body });
        response.writeHead(status, headers).end();
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, port, url: `http://127.0.0.1:${port}/hook`, host: `127.0.0.1:${port}` };
}

function send(url: string, webhookHosts: readonly string[], webhookSecret: string | undefined = SECRET) {
  return sendWebhook({ key: 'k1', digest: DIGEST }, url, {
    settings: { webhookSecret, webhookHosts },
    nowMs: NOW_MS,
  });
}

describe('sendWebhook', () => {
  it('posts the digest as JSON, signed over time and body', async () => {
    const { asked, url, host } = await startHook();
    await send(url, [host]);
    const [{ request, body } = {} as (typeof asked)[number]] = asked;
    expect(JSON.parse(body)).toEqual({ delivery: 'k1', ...DIGEST });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'pharos-delivery': 'k1',
      'pharos-timestamp': String(NOW_MS / 1000),
      'pharos-signature': signatureOf(body, { timestamp: NOW_MS / 1000, secret: SECRET }),
    });
    expect(signatureOf(body, { timestamp: 1, secret: SECRET })).not.toBe(request.headers['pharos-signature']);
  });

  it.each([
    [500, false],
    [404, false],
    [410, true],
  ])('fails on %i; hopeless: %s', async (status, isHopeless) => {
    const { url, host } = await startHook(status);
    await expect(send(url, [host])).rejects.toMatchObject({ name: 'DeliveryFault', isHopeless });
  });

  it('hears when it is asked to come back later', async () => {
    const { url, host } = await startHook(503, { 'retry-after': '7200' });
    await expect(send(url, [host])).rejects.toMatchObject({ isHopeless: false, retryAfterMs: 7_200_000 });
  });

  it('follows no redirect', async () => {
    const inner = await startHook();
    const outer = await startHook(307, { location: inner.url });
    await expect(send(outer.url, [outer.host])).rejects.toThrow('redirects are not followed');
    expect(inner.asked).toEqual([]);
  });

  it('reaches no private address unless its host is allowed, by whatever name', async () => {
    const { asked, port } = await startHook();
    const names = [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '2130706433',
      '0x7f.1',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
    ];
    for (const name of names) {
      await expect(send(`http://${name}:${port}/hook`, [])).rejects.toThrow(/private address/);
    }
    // A port of the same host is another thing.
    await expect(send(`http://localhost:${port}/hook`, ['localhost:1'])).rejects.toThrow(/private address/);
    expect(asked).toEqual([]);
    await send(`http://localhost:${port}/hook`, ['localhost']);
    expect(asked).toHaveLength(1);
  });

  it('sends nothing that it cannot sign', async () => {
    const { asked, url, host } = await startHook();
    const settings = { webhookHosts: [host] };
    const unsigned = sendWebhook({ key: 'k', digest: DIGEST }, url, { settings, nowMs: NOW_MS });
    await expect(unsigned).rejects.toThrow('PHAROS_WEBHOOK_SECRET');
    expect(asked).toEqual([]);
  });
});
