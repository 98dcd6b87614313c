/** Who may do what, as the table of docs/security.md has it. */
import { describe, expect, it } from 'vitest';
import type { Key, Scope } from '../../src/access/key.ts';
import { FakeWriting } from './fake-writing.ts';
import { startTestServer } from './test-server.ts';

const KEYS = new Map<string, Key>(
  (['read', 'write', 'admin'] as Scope[]).map((scope) => [
    `pharos_${scope}`,
    { id: `id-of-${scope}`, name: scope, scope, createdMs: 0 },
  ]),
);
const checkKey = async (text: string) => KEYS.get(text);
const PLACES = {
  loopback: { host: '127.0.0.1' },
  elsewhere: { host: '0.0.0.0' },
  public: { host: '0.0.0.0', isPublic: true },
} as const;

type Caller = (path: string, init?: RequestInit) => Promise<Response>;

const REQUESTS: Readonly<
  Record<string, (ask: Caller, headers: Record<string, string>) => Promise<Response>>
> = {
  search: (ask, headers) => ask('/api/v1/search?q=a', { headers }),
  remove: (ask, headers) => ask('/api/v1/papers/1706.03762', { method: 'DELETE', headers }),
  metrics: (ask, headers) => ask('/metrics', { headers }),
  health: (ask, headers) => ask('/healthz', { headers }),
};

// By place and request, the answers to nobody and to a key of each scope. A test runs as the user of the server, and
// fetch sends Sec-Fetch-Mode alone, as programs may.
const TABLE = {
  loopback: { search: [200, 200, 200, 200], remove: [200, 403, 200, 200], metrics: [200, 403, 403, 200] },
  elsewhere: { search: [401, 200, 200, 200], remove: [401, 403, 200, 200], metrics: [401, 403, 403, 200] },
  public: { search: [200, 200, 200, 200], remove: [401, 403, 200, 200], metrics: [401, 403, 403, 200] },
} as const;

describe.each(Object.keys(PLACES) as (keyof typeof PLACES)[])('a server on %s', (place) => {
  it('lets in whom it should', async () => {
    const { ask } = await startTestServer({ checkKey }, PLACES[place] as object);
    for (const [name, wanted] of Object.entries({ ...TABLE[place], health: [200, 200, 200, 200] })) {
      const request = REQUESTS[name] as (typeof REQUESTS)[string];
      const statuses: number[] = [];
      for (const key of ['', 'pharos_read', 'pharos_write', 'pharos_admin']) {
        const headers: Record<string, string> = key === '' ? {} : { authorization: `Bearer ${key}` };
        statuses.push((await request(ask, headers)).status);
      }
      expect([name, ...statuses]).toEqual([name, ...wanted]);
    }
  });
});

it('takes a key as x-api-key too, and says how to send one', async () => {
  const { ask } = await startTestServer({ checkKey }, PLACES.elsewhere as object);
  expect((await ask('/api/v1/search?q=a', { headers: { 'x-api-key': 'pharos_read' } })).status).toBe(200);
  const refused = await ask('/api/v1/search?q=a');
  expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await refused.json()).toMatchObject({ code: 'KEY_REQUIRED' });
});

it('refuses a key it does not know or two that differ, even where none is needed', async () => {
  const { ask } = await startTestServer({ checkKey });
  for (const headers of [
    { authorization: 'Bearer pharos_other' },
    { authorization: 'Bearer pharos_read', 'x-api-key': 'pharos_write' },
  ]) {
    const answer = await ask('/api/v1/search?q=a', { headers });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'KEY_UNKNOWN']);
  }
});

it('does not look at the tokens of other services', async () => {
  const { ask, log } = await startTestServer({
    checkKey: async (text) => Promise.reject(new Error(`looked at ${text}`)),
  });
  const headers = { authorization: 'Bearer hf_secretsecret', 'x-api-key': 's2-secretsecret' };
  expect((await ask('/api/v1/search?q=a', { headers })).status).toBe(200);
  expect(JSON.stringify(log())).not.toContain('secretsecret');
});

it('logs the id of a key and nothing else of it', async () => {
  const { ask, log } = await startTestServer({ checkKey });
  await ask('/api/v1/status', { headers: { authorization: 'Bearer pharos_admin' } });
  await ask('/api/v1/status', { headers: { authorization: 'Bearer pharos_unknown' } });
  expect(log().at(-2)).toMatchObject({ key: 'id-of-admin' });
  expect(JSON.stringify(log())).not.toMatch(/pharos_admin|pharos_unknown/);
});

it('writes for its own user, but not for a web page or through a proxy', async () => {
  const desk = new FakeWriting();
  const { ask } = await startTestServer({ checkKey, desk });
  const path = '/api/v1/papers/1706.03762';
  for (const headers of [
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'x-forwarded-for': '203.0.113.7' },
    { forwarded: 'for=203.0.113.7' },
  ] as Record<string, string>[]) {
    expect((await ask(path, { method: 'DELETE', headers })).status).toBe(401);
  }
  expect(desk.removed).toEqual([]);
});
