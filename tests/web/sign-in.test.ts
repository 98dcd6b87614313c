/** Browsers on a server that asks for a key: the form, the session, and what other sites cannot do with either. */
import { describe, expect, it } from 'vitest';
import type { Key, Scope } from '../../src/access/key.ts';
import { FakeWriting } from '../api/fake-writing.ts';
import { startPages } from './start-pages.ts';

const NEEDS_KEY = { host: '0.0.0.0' } as object;

function keyring() {
  const keys = new Map<string, Key>(
    (['read', 'write', 'admin'] as Scope[]).map((scope, at) => [
      `pharos_${scope}`,
      { id: String(at).repeat(12), name: `<b>${scope}</b>`, scope, createdMs: 0 },
    ]),
  );
  const checkKey = async (text: string) => keys.get(text);
  const findKey = async (wanted: string) => [...keys.values()].find(({ id }) => id === wanted);
  return { keys, checkKey, findKey };
}

async function start(parts = {}, settings: object = NEEDS_KEY) {
  const ring = keyring();
  const server = await startPages({ ...ring, ...parts }, settings);
  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    server.ask(path, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
  const signIn = async (key: string, headers: Record<string, string> = {}) => {
    const answer = await send('/sign-in', { key, to: '/search?q=a' }, headers);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    return { answer, cookie };
  };
  return { ...server, ...ring, send, signIn };
}

describe('a page that asks for a key', () => {
  it('shows the form with the way back, and its looks', async () => {
    const { page } = await start();
    const { answer, html } = await page('/search?q=%3Ca%3E&category=cs.CL');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(html).toContain('<form method="post" action="/sign-in"');
    expect(html).toContain('name="to" value="/search?q=%3Ca%3E&amp;category=cs.CL"');
    expect(html).not.toContain('http-equiv="refresh"');
    const { answer: asset } = await page('/assets/none.css');
    expect(asset.status).toBe(404);
  });

  it('asks once more for itself when one came from elsewhere, since the cookie stayed behind', async () => {
    const { ask } = await start();
    const answer = await ask('/search?q=a', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(await answer.text()).toContain('<meta http-equiv="refresh" content="0;url=/search?q=a"');
  });

  it('leads a form that was sent without a session to its page', async () => {
    const { send, url } = await start();
    const to = async (referer: string) => {
      const answer = await send('/related', { text: 'a text' }, { referer });
      expect(answer.status).toBe(401);
      return / name="to" value="([^"]*)"/.exec(await answer.text())?.[1];
    };
    expect(await to(`${url}/related?text=a`)).toBe('/related?text=a');
    expect(await to('https://evil.example/related')).toBe('/');
  });

  it('answers programs as before', async () => {
    const { ask } = await start();
    const answer = await ask('/api/v1/search?q=a', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'KEY_REQUIRED' });
  });
});

describe('signing in', () => {
  it('gives a cookie that is not the key, and leads on', async () => {
    const { signIn, ask, log } = await start();
    const { answer, cookie } = await signIn(' pharos_read\n');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/search?q=a');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^pharos-session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    );
    expect((await ask('/search?q=a', { headers: { cookie } })).status).toBe(200);
    expect((await ask('/api/v1/search?q=a', { headers: { cookie } })).status).toBe(200);
    expect(log().at(-1)).toMatchObject({ key: '000000000000' });
    expect(JSON.stringify(log())).not.toMatch(/pharos_read|pharos-session/);
  });

  it('refuses what is no key in words, and leads nowhere else', async () => {
    const { send } = await start();
    const wrong = await send('/sign-in', { key: 'pharos_wrong', to: '//evil.example' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('set-cookie')).toBeNull();
    const html = await wrong.text();
    expect(html).toContain('role="alert"');
    expect(html).not.toMatch(/evil|pharos_wrong/);
    const right = await send('/sign-in', { key: 'pharos_read', to: 'https://evil.example/' });
    expect(right.headers.get('location')).toBe('/');
  });

  it('sends the cookie by TLS alone where the page came by TLS', async () => {
    const { signIn } = await start({}, { ...NEEDS_KEY, publicUrl: 'https://papers.example.org/' });
    const { answer } = await signIn('pharos_read', { origin: 'https://papers.example.org' });
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  it('is not tried more than ten times a minute, right keys not counted', async () => {
    const { send, signIn } = await start();
    for (let times = 0; times < 9; times += 1) await send('/sign-in', { key: `pharos_${times}` });
    for (let times = 0; times < 3; times += 1) expect((await signIn('pharos_read')).answer.status).toBe(303);
    expect((await send('/sign-in', { key: 'pharos_last' })).status).toBe(401);
    const refused = await send('/sign-in', { key: 'pharos_read' });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain('Too many keys were tried from here');
  });

  it('says as whom one is signed in, and ends it', async () => {
    const { signIn, ask, send } = await start();
    const { cookie } = await signIn('pharos_read');
    const html = await (await ask('/sign-in', { headers: { cookie } })).text();
    expect(html).toContain('Signed in as &lt;b>read&lt;/b>.');
    const out = await send('/sign-out', {}, { cookie });
    expect(out.status).toBe(303);
    expect(out.headers.get('set-cookie')).toMatch(/^pharos-session=; Path=\/; Max-Age=0;/);
    expect((await ask('/search?q=a', { headers: { cookie } })).status).toBe(401);
  });

  it('ends with its key', async () => {
    const { signIn, ask, keys } = await start();
    const { cookie } = await signIn('pharos_read');
    keys.delete('pharos_read');
    expect((await ask('/search?q=a', { headers: { cookie } })).status).toBe(401);
  });

  it('begins anew, whatever cookie was there', async () => {
    const { signIn, ask } = await start();
    const planted = await signIn('pharos_read');
    const { cookie } = await signIn('pharos_write', { cookie: planted.cookie });
    expect(cookie).not.toBe(planted.cookie);
    expect((await ask('/search?q=a', { headers: { cookie: planted.cookie } })).status).toBe(401);
    const two = `${cookie}; pharos-session=${'A'.repeat(43)}`;
    expect((await ask('/search?q=a', { headers: { cookie: two } })).status).toBe(401);
  });
});

describe('what other sites make a browser do', () => {
  const ELSEWHERE: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];

  it.each(ELSEWHERE)('is neither signing in nor out: %o', async (headers) => {
    const { signIn, send, ask } = await start();
    expect((await signIn('pharos_read', headers)).answer.status).toBe(403);
    const { cookie } = await signIn('pharos_read');
    expect((await send('/sign-out', {}, { ...headers, cookie })).status).toBe(403);
    expect((await ask('/search?q=a', { headers: { cookie } })).status).toBe(200);
  });

  it.each(ELSEWHERE)('is no request with a body in the name of a session: %o', async (headers) => {
    const { signIn, ask, send, url, searcher } = await start();
    const { cookie } = await signIn('pharos_read');
    const search = (more: Record<string, string>) =>
      ask('/api/v1/search', {
        method: 'POST',
        body: '{"q":"a"}',
        headers: { cookie, 'content-type': 'application/json', ...more },
      });
    expect((await search(headers)).status).toBe(403);
    expect((await send('/related', { text: 'a' }, { ...headers, cookie })).status).toBe(403);
    expect(searcher.searches).toEqual([]);
    expect((await search({ origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('is no change of the corpus, not even from a page of this server', async () => {
    const desk = new FakeWriting();
    const { signIn, ask, url } = await start({ desk });
    for (const scope of ['write', 'admin']) {
      const { cookie } = await signIn(`pharos_${scope}`);
      for (const headers of [{ cookie, origin: url }, { cookie }] as Record<string, string>[]) {
        const removed = await ask('/api/v1/papers/1706.03762', { method: 'DELETE', headers });
        expect(removed.status).toBe(403);
      }
      expect((await ask('/metrics', { headers: { cookie } })).status).toBe(403);
    }
    expect(desk.removed).toEqual([]);
  });
});
