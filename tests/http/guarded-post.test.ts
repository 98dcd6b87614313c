import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

/** What each name resolves to, one answer a look-up, the last one for ever. */
const names = vi.hoisted(() => new Map<string, string[][]>());
const asked = vi.hoisted(() => [] as string[]);

vi.mock('node:dns', () => ({
  lookup: (
    name: string,
    _options: object,
    callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
  ) => {
    asked.push(name);
    const answers = names.get(name) ?? [];
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  },
}));

const { postGuarded } = await import('../../src/http/guarded-post.ts');

afterEach(() => {
  names.clear();
  asked.length = 0;
});

async function startServer() {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, hits: () => hits };
}

function post(url: string, timeoutMs = 5_000) {
  return postGuarded(url, { body: '{}', headers: {}, allowedHosts: [], timeoutMs });
}

describe('postGuarded', () => {
  it('refuses a name that is a private address, alone or among public ones', async () => {
    const { port, hits } = await startServer();
    names.set('inside.example.org', [['127.0.0.1']]);
    names.set('both.example.org', [['93.184.216.34', '10.0.0.1']]);
    names.set('six.example.org', [['::1']]);
    for (const name of names.keys()) {
      await expect(post(`http://${name}:${port}/`)).rejects.toThrow('private address');
    }
    expect(hits()).toBe(0);
  });

  it('connects to what it has looked at, though the name says something else the next time', async () => {
    const { port, hits } = await startServer();
    names.set('rebinding.example.org', [['93.184.216.34'], ['127.0.0.1']]);
    await expect(post(`http://rebinding.example.org:${port}/`, 300)).rejects.toThrow('cannot be reached');
    expect(asked).toEqual(['rebinding.example.org']);
    expect(hits()).toBe(0);
  });
});
