import { parseAtomFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import type { Invitation } from '../../src/alerts/invitation.ts';
import { webRoutes } from '../../src/web/routes.tsx';
import { fakeDesk } from '../api/fake-desk.ts';
import { startTestServer } from '../api/test-server.ts';
import { startPages } from './start-pages.ts';

describe('/subscribe', () => {
  it('offers a search as it is narrowed down, in every form of feeds that there is', async () => {
    const { page, ask } = await startPages();
    const { html } = await page('/subscribe?q=whales&category=cs.CL&sort=date&limit=5&cursor=AAAA');
    for (const form of ['atom', 'rss', 'json']) {
      const address = `/feeds/search.${form}?category=cs.CL&amp;q=whales`;
      expect(html).toContain(`<a href="${address}">`);
      expect(html).toContain(`" href="${address}"/>`);
      expect((await ask(address.replaceAll('&amp;', '&'))).status).toBe(200);
    }
    expect(html).toContain('<input type="hidden" name="category" value="cs.CL"/>');
    expect(html).not.toContain('name="cursor"');
  });

  it('shows whole addresses, to be copied', async () => {
    const { page, url } = await startPages();
    expect((await page('/subscribe')).html).toContain(`<code>${url}/feeds/daily.atom</code>`);
  });

  it.each(['/subscribe?q=a&limit=1000', '/subscribe?p=whales', '/subscribe?q=a&from=2020-13'])(
    'refuses %s',
    async (path) => {
      expect((await (await startPages()).page(path)).answer.status).toBe(400);
    },
  );

  it('is linked from a search, with what it is narrowed down to, and from the days', async () => {
    const { page } = await startPages();
    const { html } = await page('/search?q=whales&category=cs.CL&sort=date');
    expect(html).toContain('href="/subscribe?q=whales&amp;category=cs.CL"');
    expect((await page('/papers')).html).toContain('<a href="/subscribe">');
  });
});

describe('subscribing by mail', () => {
  const asked: Invitation[] = [];
  const callers: (string | undefined)[] = [];
  let isDelivering = true;
  let isBroken = false;
  const invitations = {
    isDelivering: () => isDelivering,
    invite: async (invitation: Invitation, caller: string | undefined) => {
      callers.push(caller);
      return asked.push(invitation) > 0 && !isBroken;
    },
    invitationOf: () => undefined,
    refuse: () => undefined,
    accept: async () => {
      throw new Error('nobody has confirmed');
    },
  };
  const body = new URLSearchParams({ address: 'me@example.org', every: 'day' });
  const startWithMail = () => startPages({ alerts: { ...fakeDesk(), invitations } });

  it('is offered for a search, where the server can send mail', async () => {
    const { page } = await startWithMail();
    expect((await page('/subscribe?q=whales')).html).toContain(
      '<form method="post" action="/subscribe?q=whales#by-mail"',
    );
    expect((await page('/subscribe')).html).toContain(
      '<form method="post" action="/subscribe#trending-by-mail"',
    );
    const { page: without, ask } = await startPages();
    expect((await without('/subscribe?q=whales')).html).not.toContain('type="email"');
    expect((await ask('/subscribe?q=whales', { method: 'POST', body })).status).toBe(404);
    expect((await ask('/subscribe/confirm?token=a.b')).status).toBe(404);
  });

  it('asks for what the address and the form say', async () => {
    const { ask } = await startWithMail();
    const answer = await ask('/subscribe?q=whales&author=Fox&mode=keyword', { method: 'POST', body });
    expect(await answer.text()).toContain('A mail is on its way.');
    expect(asked.at(-1)).toEqual({
      ...{ address: 'me@example.org', question: 'whales', mode: 'keyword', every: 'day' },
      filter: { authors: ['Fox'] },
    });
    const wrong = new URLSearchParams({ address: 'me@example.org', every: 'minute' });
    expect((await ask('/subscribe?q=whales', { method: 'POST', body: wrong })).status).toBe(400);
  });

  it('counts callers by the word of a proxy that is named, and knows nobody behind one that is not', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' };
    for (const settings of [{}, { trustProxy: ['loopback'] }]) {
      const { ask } = await startPages({ alerts: { ...fakeDesk(), invitations } }, settings);
      await ask('/subscribe?q=whales', { method: 'POST', body, headers });
    }
    expect(callers.slice(-2)).toEqual([undefined, '203.0.113.7']);
  });

  it('is of what is read now, where there is no search', async () => {
    const { ask } = await startWithMail();
    const answer = await ask('/subscribe?category=cs.LG', { method: 'POST', body });
    expect(await answer.text()).toContain('A mail is on its way.');
    expect(asked.at(-1)).toMatchObject({
      ...{ question: '', list: 'trending', every: 'day' },
      filter: { categories: ['cs.LG'] },
    });
  });

  it('counts by who asks, whom a proxy that is believed tells, and not the user of the machine', async () => {
    const alerts = { ...fakeDesk(), invitations };
    for (const trustProxy of [[], ['loopback']]) {
      const pages = { pages: webRoutes('tests/no-such-folder'), alerts };
      const { ask } = await startTestServer(pages, { trustProxy });
      const headers = { 'x-forwarded-for': '2001:db8:1:2:3::4' };
      await ask('/subscribe?q=whales', { method: 'POST', body, headers });
    }
    expect(callers.slice(-2)).toEqual([undefined, '2001:db8:1:2::/64']);
  });

  it('says that a mail could not be sent, and leaves the address to be mended', async () => {
    isBroken = true;
    const { ask } = await startWithMail();
    const wrong = new URLSearchParams({ address: 'm"e@example.org', every: 'day' });
    const answer = await ask('/subscribe?q=whales', { method: 'POST', body: wrong });
    isBroken = false;
    expect(answer.status).toBe(502);
    const html = await answer.text();
    expect(html).toContain('The mail could not be sent.');
    expect(html).toContain('value="m&quot;e@example.org"');
  });

  it('is not offered while nothing would send it, and says so', async () => {
    isDelivering = false;
    const { page } = await startWithMail();
    const { html } = await page('/subscribe?q=whales');
    isDelivering = true;
    expect(html).not.toContain('type="email"');
    expect(html).toContain('nothing sends it at the moment');
  });

  it.each([
    ['cross-site', undefined, 403],
    ['same-site', undefined, 403],
    [undefined, 'https://evil.example', 403],
    [undefined, 'null', 403],
    ['cross-site', 'HERE', 403],
    ['same-origin', 'HERE', 200],
    ['same-origin', 'null', 200],
  ])('takes no form from pages of other sites: %s, %s', async (site, origin, status) => {
    const { ask, url } = await startWithMail();
    const headers = {
      ...(site !== undefined && { 'sec-fetch-site': site }),
      ...(origin !== undefined && { origin: origin === 'HERE' ? url : origin }),
    };
    const before = asked.length;
    expect((await ask('/subscribe?q=whales', { method: 'POST', body, headers })).status).toBe(status);
    expect(asked.length - before).toBe(status === 200 ? 1 : 0);
  });

  it('knows no link that is not its own', async () => {
    const { page, ask } = await startWithMail();
    expect((await page('/subscribe/confirm?token=a.b')).html).toContain('This link is not complete');
    expect((await ask('/subscribe/confirm?token=a.b', { method: 'POST' })).status).toBe(400);
  });
});

describe('/feeds/daily', () => {
  it('is the list of the newest day, the same in every form and named alike', async () => {
    const { ask, lists } = await startPages();
    const {
      id,
      entries = [],
      links = [],
    } = parseAtomFeed(await (await ask('/feeds/daily.atom?category=cs')).text());
    expect(lists.requests).toEqual([{ limit: 50, filter: { categories: ['cs'] } }]);
    expect(entries.map(({ title }) => title?.value)).toEqual(['Attention Is All You Need']);
    expect(links.find(({ rel }) => rel === 'alternate')?.href).toMatch(/\/papers$/);
    expect(id).not.toBe(parseAtomFeed(await (await ask('/feeds/daily.atom')).text()).id);
    expect(await (await ask('/feeds/daily.rss?category=cs')).text()).toContain('Attention Is All You Need');
    const again = await ask('/feeds/daily.json?category=cs');
    const { headers } = again;
    await again.text();
    const tag = String(headers.get('etag'));
    // What fetch asks for with a condition says that it wants nothing from before.
    const init = { headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' } };
    expect((await ask('/feeds/daily.json?category=cs', init)).status).toBe(304);
  });

  it('takes a day and an order, and leads to the page of both', async () => {
    const { ask, lists } = await startPages();
    const { links = [] } = parseAtomFeed(
      await (await ask('/feeds/daily.atom?date=2026-11-20&order=date')).text(),
    );
    expect(lists.requests).toEqual([{ date: '2026-11-20', order: 'date', limit: 50, filter: {} }]);
    expect(links.find(({ rel }) => rel === 'alternate')?.href).toMatch(
      /\/papers\?date=2026-11-20&order=date$/,
    );
    expect((await ask('/feeds/daily.atom?order=up')).status).toBe(400);
  });
});
