/** Models come through the proxy that is set, and not through it where they are not to. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { setUp } from './set-up.ts';

/** Tunnels to wherever it is asked to, and notes where that was. */
async function startProxy() {
  const tunnels: string[] = [];
  const server = createServer();
  server.on('connect', (request, client) => {
    tunnels.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels };
}

it('goes through the proxy', async () => {
  const proxy = await startProxy();
  const proxies = { httpProxy: proxy.url, httpsProxy: '', noProxy: '' };
  const { fetch, hub } = await setUp({ client: { proxies } });
  await fetch();
  expect(proxy.tunnels.length).toBeGreaterThan(0);
  expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(hub.url).host]));
});

it('goes past the proxy to hosts that are excepted', async () => {
  const proxy = await startProxy();
  const proxies = { httpProxy: proxy.url, httpsProxy: proxy.url, noProxy: 'example.org,127.0.0.1' };
  const { fetch } = await setUp({ client: { proxies } });
  await fetch();
  expect(proxy.tunnels).toEqual([]);
});

it('says so when the proxy is not there', async () => {
  const proxies = { httpProxy: 'http://127.0.0.1:9', httpsProxy: '', noProxy: '' };
  const { fetch } = await setUp({ client: { proxies } });
  await expect(fetch()).rejects.toMatchObject({
    code: 'MODEL_FETCH_FAILED',
    message: expect.stringContaining('cannot be reached'),
  });
});
