/** A server that runs alerts: from a paper in the index to a mail, and from the link in the mail back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished, vi } from 'vitest';
import { serveHere } from './serve-here.ts';
import { runCli } from './test-io.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };

async function startMailServer() {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      text(stream)
        .then(async (raw) => {
          mails.push(await PostalMime.parse(raw));
          done();
        })
        .catch(done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, port: (server.server.address() as AddressInfo).port };
}

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
