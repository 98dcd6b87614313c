/** Whose library it is, and what may be done to it. */
import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { Key } from '../../src/access/key.ts';
import { PAPERS, startTestServer } from './test-server.ts';

const KEYS = new Map<string, Key>(
  ['0123456789ab', 'ba9876543210'].map((id) => [
    `pharos_${id}`,
    { id, name: id, scope: 'read', createdMs: 0 },
  ]),
);
const checkKey = async (text: string) => KEYS.get(text);
const [ATTENTION] = PAPERS;
const PAPER = '/api/v1/library/papers/1706.03762';

function keyed(id: string): Record<string, string> {
  return { authorization: `Bearer pharos_${id}` };
}

function putting(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** As a browser sends it; `fetch` lets nobody choose these headers. */
function statusOf(port: number, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = method === 'GET' ? '/api/v1/library' : PAPER;
    const type = method === 'GET' ? {} : { 'content-type': 'application/json', 'content-length': '2' };
    const sent = request({ port, host: '127.0.0.1', path, method, headers: { ...type, ...headers } });
    sent.on('error', reject).on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.end(method === 'GET' ? undefined : '{}');
  });
}

it('keeps a library for each key, whatever the scope, and shows it to no other', async () => {
  const { ask } = await startTestServer({ checkKey }, { host: '0.0.0.0', isPublic: true } as object);
  const saved = await ask(PAPER, putting({ addTags: ['thesis'], read: true }, keyed('0123456789ab')));
  expect(await saved.json()).toMatchObject({
    ...{ id: '1706.03762', title: ATTENTION?.title, tags: ['thesis'], read: true, gone: false },
  });
  const entriesOf = async (headers: Record<string, string>) =>
    ((await (await ask('/api/v1/library', { headers })).json()) as { entries: unknown[] }).entries;
  expect(await entriesOf(keyed('0123456789ab'))).toHaveLength(1);
  expect(await entriesOf(keyed('ba9876543210'))).toEqual([]);
});

it('asks for a key where nobody is known, though reading is open there', async () => {
  const { ask } = await startTestServer({ checkKey }, { host: '0.0.0.0', isPublic: true } as object);
  for (const init of [{}, putting({})]) {
    const refused = await ask(init.method ? PAPER : '/api/v1/library', init);
    expect(await refused.json()).toMatchObject({ code: 'KEY_REQUIRED' });
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
  }
});

it('on loopback is the library of the user, for programs and own pages, and for no page of another site', async () => {
  const { port } = await startTestServer();
  const own = `http://127.0.0.1:${port}`;
  expect(await statusOf(port, 'PUT', {})).toBe(200);
  expect(await statusOf(port, 'PUT', { origin: own, 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await statusOf(port, 'GET', { 'sec-fetch-site': 'same-origin' })).toBe(200);
  // A link that somebody follows.
  expect(await statusOf(port, 'GET', { 'sec-fetch-site': 'cross-site' })).toBe(200);
  for (const method of ['GET', 'PUT']) {
    expect(await statusOf(port, method, { origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf(port, method, { origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(403);
    // Through a proxy it is anybody.
    expect(await statusOf(port, method, { 'x-forwarded-for': '10.0.0.1' })).toBe(401);
  }
  expect(await statusOf(port, 'PUT', { 'sec-fetch-site': 'same-site' })).toBe(403);
});

it('goes out as a file and comes in again', async () => {
  const { ask, post } = await startTestServer();
  await ask(PAPER, putting({ note: 'Read section 3.', tags: ['thesis'] }));
  await post('/api/v1/library/searches', { question: { q: 'attention', category: ['cs.CL'] } });
  const exported = await ask('/api/v1/library/export');
  expect(exported.headers.get('content-disposition')).toBe('attachment; filename="pharos-library.json"');
  const file = await exported.json();
  const other = await startTestServer();
  expect(await (await other.post('/api/v1/library/import', file)).json()).toEqual({
    entries: 1,
    searches: 1,
  });
  const { entries, searches } = (await (await other.ask('/api/v1/library')).json()) as {
    entries: unknown[];
    searches: unknown[];
  };
  expect(entries).toMatchObject([{ note: 'Read section 3.', tags: ['thesis'], read: false }]);
  expect(searches).toMatchObject([{ name: 'attention', question: { q: 'attention', category: ['cs.CL'] } }]);
});

it('says what is wrong with what it is given', async () => {
  const { ask, post } = await startTestServer();
  const wrong = await ask(PAPER, putting({ tags: ['a,b'], note: 'x'.repeat(20_001), stars: 5 }));
  const { code, errors } = (await wrong.json()) as { code: string; errors: { pointer: string }[] };
  expect(code).toBe('INPUT_INVALID');
  expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['/note', '/stars', '/tags/0']);
  expect(await (await ask('/api/v1/library/papers/never', putting({}))).json()).toMatchObject({
    code: 'PAPER_NOT_FOUND',
  });
  expect(await (await post('/api/v1/library/searches/00000000/look', {})).json()).toMatchObject({
    code: 'SEARCH_NOT_FOUND',
  });
  expect((await post('/api/v1/library/import', { entries: [] })).status).toBe(400);
});
