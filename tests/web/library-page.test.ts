/** What a reader keeps, by forms alone, over fakes: whose it is, what the forms do, and whom they refuse. */
import { describe, expect, it } from 'vitest';
import type { Key } from '../../src/access/key.ts';
import { fakeShelves } from '../api/fake-shelves.ts';
import { fakeEngine, PAPERS } from '../api/test-server.ts';
import { startPages } from './start-pages.ts';

const ID = '1706.03762';
const KEY: Key = { id: 'aaaaaaaaaaaa', name: 'reading group', scope: 'read', createdMs: 0 };
const PUBLIC = { host: '0.0.0.0', isPublic: true } as object;

async function start(settings: object = {}) {
  const shelves = fakeShelves(fakeEngine());
  const server = await startPages(
    {
      shelves,
      checkKey: async (text) => (text === 'pharos_key' ? KEY : undefined),
      findKey: async () => KEY,
    },
    settings,
  );
  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    server.ask(path, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
  const keep = (fields: Record<string, string>, headers?: Record<string, string>) =>
    send('/library/papers', { do: 'save', id: ID, ...fields }, headers);
  return { ...server, shelves, send, keep };
}

describe('the library of the user of the machine', () => {
  it('keeps what a hit offers to keep, and leads back', async () => {
    const { page, keep } = await start();
    const before = (await page('/search?q=a&category=cs.CL')).html;
    expect(before).toContain('name="back" value="/search?q=a&amp;category=cs.CL"');
    expect(before).toMatch(/Read later<span class="unseen" dir="auto">: Attention Is All You Need/);
    const answer = await keep({ back: '/search?q=a' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/search?q=a']);
    expect((await page('/search?q=a')).html).toMatch(/In your library<span class="unseen" dir="auto">/);
    expect((await page('/library')).html).toContain('Attention Is All You Need');
    expect((await page(`/papers/${ID}`)).html).toContain('Note and tags');
  });

  it.each(['/', '/papers?date=2017-06', '/related?text=attention'])(
    'keeps from other lists: %s',
    async (path) => {
      const { page, keep } = await start();
      const before = (await page(path)).html;
      expect(before).toContain(`name="back" value="${path}"`);
      expect(before).toContain('Read later<span');
      for (const { id } of PAPERS) await keep({ id });
      const after = (await page(path)).html;
      expect(after).toContain('In your library<span');
      expect(after).not.toContain('Read later<span');
    },
  );

  it('offers nothing where a form could not lead back to', async () => {
    const { ask } = await start();
    const body = new URLSearchParams({ text: 'attention' });
    const html = await (await ask('/related', { method: 'POST', body })).text();
    expect(html).toContain('data-hits');
    expect(html).not.toContain('Read later<span');
  });

  it('leads to no other site', async () => {
    const { keep } = await start();
    expect((await keep({ back: '//evil.example' })).headers.get('location')).toBe('/library');
  });

  it('marks as read, tags and notes, and filters by what was said', async () => {
    const { page, keep, shelves } = await start();
    await keep({});
    await keep({ id: 'hep-th/9711200' });
    await keep({ do: 'read' });
    await keep({ do: 'edit', tags: 'To cite,  strings ,', note: ' One.\r\nTwo. ' });
    expect(await shelves.entries('local')).toMatchObject([
      { id: 'hep-th/9711200', isRead: false, tags: [] },
      { id: ID, isRead: true, tags: ['To cite', 'strings'], note: 'One.\nTwo.' },
    ]);
    expect((await page('/library')).html).not.toContain('>Attention Is All You Need<');
    const { html } = await page('/library?show=all&tag=to+CITE');
    expect(html).toContain('>Attention Is All You Need<');
    expect(html).not.toContain('>The Large N Limit<');
    await keep({ do: 'unread' });
    await keep({ do: 'remove' });
    expect(await shelves.entries('local')).toHaveLength(1);
  });

  it('changes the tags that were changed, and none that another window has added', async () => {
    const { keep, shelves } = await start();
    await keep({ do: 'edit', tags: 'a, b' });
    await keep({ do: 'edit', had: '', tags: 'c' });
    await keep({ do: 'edit', had: 'a, b', tags: 'a, d' });
    expect((await shelves.entries('local'))[0]?.tags).toEqual(['a', 'c', 'd']);
  });

  it('says what is wrong with a form', async () => {
    const { keep, send, page } = await start();
    expect((await keep({ id: 'no-such' })).status).toBe(404);
    expect((await keep({ do: 'edit', tags: 'x'.repeat(61) })).status).toBe(400);
    expect((await keep({ do: 'burn' })).status).toBe(400);
    expect((await send('/library/searches', { do: 'save', question: '{"q":' })).status).toBe(400);
    expect((await send('/library/searches', { do: 'save', question: '{"q":"a","x":1}' })).status).toBe(400);
    expect((await send('/library/searches', { do: 'look', id: 'abcd' })).status).toBe(404);
    expect((await page('/library?show=none')).answer.status).toBe(400);
    expect((await page('/library/searches/none')).answer.status).toBe(404);
  });

  it('saves a search as it is narrowed down, renames it, and keeps it no longer', async () => {
    const { page, send, shelves } = await start();
    const { html } = await page('/search?q=a+%22b%22&category=cs.CL&sort=date&cursor=AAAA');
    const question = /name="question" value="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(question)).toEqual({ q: 'a "b"', category: ['cs.CL'], sort: 'date' });
    await send('/library/searches', { do: 'save', question });
    expect((await page('/search?q=a+%22b%22&category=cs.CL&sort=date')).html).toContain(
      'Saved in your library',
    );
    const [{ id } = { id: '' }] = await shelves.searches('local');
    await send('/library/searches', { do: 'rename', id, name: 'Letters' });
    const library = (await page('/library')).html;
    expect(library).toContain('>Letters</a>');
    expect(library).toContain('nothing new since');
    const looked = await send('/library/searches', { do: 'look', id });
    expect(looked.headers.get('location')).toBe(`/library/searches/${id}`);
    expect((await page(`/library/searches/${id}`)).html).toContain('0 new');
    await send('/library/searches', { do: 'remove', id });
    expect(await shelves.searches('local')).toEqual([]);
  });

  it('takes the file that it has given', async () => {
    const { ask, keep, shelves } = await start();
    await keep({ do: 'edit', tags: 'é', note: 'A note.' });
    const file = await (await ask('/api/v1/library/export')).text();
    await keep({ do: 'remove' });
    const upload = (text: string) => {
      const body = new FormData();
      body.append('file', new File([text], 'pharos-library.json'));
      return ask('/library/import', { method: 'POST', body, redirect: 'manual' });
    };
    expect((await upload(file)).headers.get('location')).toBe('/library?show=all');
    expect(await shelves.entries('local')).toMatchObject([{ id: ID, tags: ['é'], note: 'A note.' }]);
    expect((await upload('{"format":"other"}')).status).toBe(400);
    expect((await upload('not JSON')).status).toBe(400);
    expect((await upload('[]')).status).toBe(400);
    expect((await upload('x'.repeat(1 << 20))).status).toBe(413);
    const plain = { method: 'POST', body: 'file=x', headers: { 'content-type': 'text/plain' } };
    expect((await ask('/library/import', plain)).status).toBe(400);
  });

  it('shows hostile notes, tags and names as text', async () => {
    const { keep, send, page } = await start();
    const text = `"><script>alert(1)</script>'`;
    await keep({ do: 'edit', tags: text, note: text });
    await send('/library/searches', { do: 'save', question: JSON.stringify({ q: text }), name: text });
    for (const path of ['/library', `/papers/${ID}`, '/search?q=a']) {
      const { html } = await page(path);
      expect(html).not.toContain('<script>alert');
    }
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[])('takes no form of another site: %o', async (headers) => {
    const { keep, send, ask, shelves } = await start();
    expect((await keep({}, headers)).status).toBe(403);
    expect((await send('/library/searches', { do: 'save', question: '{"q":"a"}' }, headers)).status).toBe(
      403,
    );
    const body = new FormData();
    body.append('file', '{}');
    expect((await ask('/library/import', { method: 'POST', body, headers })).status).toBe(403);
    expect(await shelves.read('local')).toMatchObject({ entries: [], searches: [] });
  });
});

describe('a library elsewhere', () => {
  it('is offered to nobody who is not known, and says how to be', async () => {
    const { page, keep } = await start(PUBLIC);
    expect((await page('/search?q=a')).html).not.toContain('Read later<');
    expect((await page('/search?q=a')).answer.headers.get('www-authenticate')).toBeNull();
    const { answer, html } = await page('/library');
    expect(answer.status).toBe(401);
    expect(html).toContain('A library belongs to a key');
    expect(html).toContain('name="to" value="/library"');
    expect((await keep({})).status).toBe(401);
  });

  it('belongs to the key that one has signed in with', async () => {
    const { ask, send, keep, shelves } = await start(PUBLIC);
    const signedIn = await send('/sign-in', { key: 'pharos_key' });
    const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
    expect((await keep({}, { cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await keep({}, { cookie })).status).toBe(303);
    expect(await shelves.entries(KEY.id)).toHaveLength(1);
    const answer = await ask('/library', { headers: { cookie } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const html = await answer.text();
    expect(html).toContain('Signed in as reading group.');
    expect(html).toContain(PAPERS[0]?.title);
  });
});
