/** A server that runs alerts: from a paper in the index to a mail, and from the link in the mail back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startMailServer as startMailing } from '../alerts/mail-server.ts';
import { serveHere } from './serve-here.ts';
import { runCli } from './test-io.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };

async function startMailServer() {
  const server = await startMailing();
  onTestFinished(server.close);
  return server;
}

it('mails what a page was asked for only after the owner of the address has said yes', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-serve-subscribe-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { mails, port } = await startMailServer();
  const environment = {
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_SMTP: `smtp://127.0.0.1:${port}`,
    PHAROS_MAIL_FROM: 'pharos@example.org',
    PHAROS_PUBLIC_URL: 'https://papers.example.org',
  };
  writeFileSync(join(dir, 'papers.jsonl'), JSON.stringify({ id: 'g', title: 'graphs', abstract: 'graphs' }));
  await runCli(['add', join(dir, 'papers.jsonl')], { environment });
  const server = await serveHere(['--alerts'], environment);
  const alerts = async () =>
    ((await (await fetch(`${server.url}/api/v1/alerts`)).json()) as { alerts: object[] }).alerts;
  const ask = (address: string) => {
    const body = new URLSearchParams({ address, every: 'week' });
    return fetch(`${server.url}/subscribe?q=graphs+for+sale&category=cs.LG`, { method: 'POST', body });
  };
  expect(await (await ask('me@example.org')).text()).toContain('A mail is on its way.');
  await vi.waitFor(() => expect(mails).toHaveLength(1), PATIENCE);
  expect(await alerts()).toEqual([]);
  const [mail] = mails;
  expect(mail?.to).toMatchObject([{ address: 'me@example.org' }]);
  // Nobody's words are sent to anybody.
  expect(`${mail?.subject} ${mail?.text}`).not.toContain('sale');
  const link = new URL(/https:\/\/\S+token=\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  const local = `${server.url}${link.pathname}${link.search}`;
  const asked = await (await fetch(local)).text();
  expect(asked).toContain('To me@example.org, at most once a week');
  expect(asked).toContain('href="/search?q=graphs+for+sale&amp;mode=hybrid&amp;category=cs.LG"');
  expect(await alerts()).toEqual([]);
  for (let times = 0; times < 2; times += 1) {
    expect(await (await fetch(local, { method: 'POST' })).text()).toContain('<h1>Confirmed</h1>');
  }
  const [made, ...others] = (await alerts()) as { id: string; created: string }[];
  expect(made).toMatchObject({
    ...{ question: 'graphs for sale', every: 'week', to: ['mail:me@example.org'] },
    filter: { categories: ['cs.LG'] },
  });
  expect(others).toEqual([]);
  const forged = link.search.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect((await fetch(`${server.url}/subscribe/confirm${forged}`)).status).toBe(400);
  expect((await ask('no address')).status).toBe(400);
});

it('mails what is new, and stops when the reader clicks', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-serve-alerts-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { mails, port } = await startMailServer();
  const environment = {
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_SMTP: `smtp://127.0.0.1:${port}`,
    PHAROS_SMTP_PASSWORD: 'never to be seen',
    PHAROS_MAIL_FROM: 'pharos@example.org',
    PHAROS_PUBLIC_URL: 'https://papers.example.org',
  };
  writeFileSync(join(dir, 'papers.jsonl'), JSON.stringify({ id: 'g', title: 'graphs', abstract: 'graphs' }));
  await runCli(['add', join(dir, 'papers.jsonl')], { environment });
  const words = [
    'alert',
    'add',
    'graphs',
    '--to',
    'mail:me@example.org',
    '--backfill',
    '5',
    '--min-similarity',
    '0.1',
  ];
  expect(await runCli(words, { environment })).toMatchObject({ exitCode: 0 });

  const server = await serveHere(['--alerts'], environment);
  await vi.waitFor(() => expect(mails).toHaveLength(1), PATIENCE);
  const header = mails[0]?.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  const link = new URL(header.slice(1, -1));
  expect(link.origin).toBe('https://papers.example.org');

  const local = `${server.url}${link.pathname}${link.search}`;
  expect(await (await fetch(local)).text()).toContain('Stop the mails of the alert <b>graphs</b>?');
  const alerts = async () =>
    ((await (await fetch(`${server.url}/api/v1/alerts`)).json()) as { alerts: object[] }).alerts;
  expect(await alerts()).toMatchObject([{ id: 'graphs', paused: false, messages: { sent: 1 } }]);
  const clicked = await fetch(local, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(clicked.status).toBe(200);
  expect(await alerts()).toMatchObject([{ id: 'graphs', paused: true, to: [] }]);

  const body = JSON.stringify({ q: 'bread', to: ['mail:me@example.org'] });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${server.url}/api/v1/alerts`, { method: 'POST', body, headers })).status).toBe(200);
  const hook = JSON.stringify({ q: 'bread', to: ['webhook:https://example.org/'] });
  const unsigned = await fetch(`${server.url}/api/v1/alerts`, { method: 'POST', body: hook, headers });
  expect(unsigned.status).toBe(400);
  expect(await unsigned.text()).toContain('PHAROS_WEBHOOK_SECRET');
  expect(await server.close()).toBe(0);
  expect(server.log()).toContain('"a message was delivered"');
  expect(server.log()).not.toMatch(/never to be seen|me@example\.org/);
});
