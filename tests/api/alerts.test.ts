import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { fakeDesk } from './fake-desk.ts';
import { startTestServer } from './test-server.ts';

const GRAPHS = { q: 'graph networks', id: 'graphs', to: ['mail:me@example.org'], category: ['cs.LG'] };

describe('/api/v1/alerts', () => {
  it('makes, lists, shows and removes alerts', async () => {
    const { ask, post } = await startTestServer();
    const made = await post('/api/v1/alerts', { ...GRAPHS, every: 'week', minSimilarity: 0.5 });
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({
      ...{ id: 'graphs', question: 'graph networks', filter: { categories: ['cs.LG'] }, every: 'week' },
      ...{ minSimilarity: 0.5, to: ['mail:me@example.org'], paused: false, lastRun: null },
    });
    expect(await (await ask('/api/v1/alerts')).json()).toMatchObject({ alerts: [{ id: 'graphs' }] });
    expect(await (await ask('/api/v1/alerts/graphs')).json()).toMatchObject({ id: 'graphs', latest: [] });
    const removed = await ask('/api/v1/alerts/graphs', { method: 'DELETE' });
    expect(await removed.json()).toEqual({ removed: 'graphs' });
    expect((await ask('/api/v1/alerts/graphs')).status).toBe(404);
    expect((await ask('/api/v1/alerts/graphs', { method: 'DELETE' })).status).toBe(404);
  });

  it('says what is wrong with one, and writes no files for anybody', async () => {
    const { post } = await startTestServer();
    const wrong = await post('/api/v1/alerts', {
      q: 'x',
      to: ['pigeon:home'],
      every: 'sometimes',
      colour: 'red',
    });
    expect(wrong.status).toBe(400);
    const file = await post('/api/v1/alerts', { ...GRAPHS, to: ['file:/etc/passwd'] });
    expect(file.status).toBe(400);
    expect(await file.json()).toMatchObject({ errors: [{ pointer: '/to' }] });
    expect((await post('/api/v1/alerts', { q: 'x' })).status).toBe(400);
  });

  it('answers to this machine only, and to nobody behind a proxy', async () => {
    const { ask, port, post } = await startTestServer({}, { allowedHosts: ['papers.example.org'] });
    const from = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ port, host: '127.0.0.1', path: '/api/v1/alerts', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on('error', reject).end();
      });
    expect(await from({})).toBe(200);
    expect(await from({ host: 'papers.example.org' })).toBe(403);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
      expect(await from({ [name]: '127.0.0.1' })).toBe(403);
    }
    // A page that may read answers may change nothing; one of this server may.
    expect(await from({ origin: 'https://papers.example' })).toBe(403);
    expect(await from({ origin: 'null' })).toBe(403);
    expect(await from({ origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` })).toBe(200);
    // A page of a browser cannot send JSON to another site without asking first, and is told nothing when it asks.
    const plain = await ask('/api/v1/alerts', { method: 'POST', body: JSON.stringify(GRAPHS) });
    expect(plain.status).toBe(400);
    expect(
      (await ask('/api/v1/alerts', { method: 'OPTIONS' })).headers.get('access-control-allow-origin'),
    ).toBeNull();
    expect((await post('/api/v1/alerts', GRAPHS)).status).toBe(200);
  });
});

describe('/alerts/unsubscribe', () => {
  const LINK = '/alerts/unsubscribe?token=good';

  it('asks before it does anything, and does it with one click', async () => {
    const alerts = fakeDesk();
    const { ask } = await startTestServer({ alerts });
    const page = await ask(LINK);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain('<form method="post">');
    expect(alerts.unsubscribed).toEqual([]);
    const click = await ask(LINK, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(click.status).toBe(200);
    expect(await click.text()).toContain('Unsubscribed');
    expect(alerts.unsubscribed).toEqual(['graphs']);
  });

  it('does nothing for a link that is not ours', async () => {
    const alerts = fakeDesk();
    const { ask } = await startTestServer({ alerts });
    for (const path of [
      '/alerts/unsubscribe',
      '/alerts/unsubscribe?token=bad',
      '/alerts/unsubscribe?token=%ff',
    ]) {
      expect((await ask(path, { method: 'POST' })).status).toBe(400);
    }
    expect(alerts.unsubscribed).toEqual([]);
  });
});
