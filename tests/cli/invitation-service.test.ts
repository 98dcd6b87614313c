import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Invitation } from '../../src/alerts/invitation.ts';
import { invitationDesk } from '../../src/cli/invitation-service.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { openHouse } from '../alerts/test-house.ts';

const HOUR_MS = 3_600_000;
const INVITATION: Invitation = {
  ...{ address: 'me@example.org', question: 'graphs', mode: 'hybrid', filter: {}, every: 'day' },
};

async function openDesk({ smtpPort = 1, publicUrl = 'https://papers.example.org' } = {}) {
  const { book } = await openHouse();
  const logged: string[] = [];
  const server = { isRunning: false };
  const environment = {
    PHAROS_SMTP: `smtp+plain://127.0.0.1:${smtpPort}`,
    PHAROS_MAIL_FROM: 'pharos@example.org',
    ...(publicUrl !== '' && { PHAROS_PUBLIC_URL: publicUrl }),
  };
  const desk = invitationDesk({
    settings: resolveSettings({ flags: {}, environment }).settings,
    search: () => {
      throw new Error('nothing is confirmed here');
    },
    book: () => book,
    hasBook: () => true,
    isRunning: () => server.isRunning,
    log: { error: (facts, message) => void logged.push(JSON.stringify([facts, message])) },
  });
  return { desk, book, logged, server };
}

/** Refuses every reader, and repeats who it was, as mail servers do. */
async function startRefusing(): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    onRcptTo: ({ address }, _session, done) => done(new Error(`5.1.1 <${address}>: no such mailbox`)),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

describe('invitationDesk', () => {
  it('is not there without an address for the links', async () => {
    expect((await openDesk({ publicUrl: '' })).desk).toBeUndefined();
  });

  it('asks nobody unless this server runs the alerts, or somebody has lately', async () => {
    const { desk, book, server } = await openDesk();
    expect(desk?.isDelivering()).toBe(false);
    await expect(desk?.invite(INVITATION, undefined)).rejects.toThrow('Nothing sends the mails');
    server.isRunning = true;
    expect(desk?.isDelivering()).toBe(true);
    server.isRunning = false;
    book.noteRun(Date.now() - 25 * HOUR_MS);
    expect(desk?.isDelivering()).toBe(true);
    book.noteRun(Date.now() - 27 * HOUR_MS);
    expect(desk?.isDelivering()).toBe(false);
  });

  it('says where a mail could not be sent, and tells the log nobody', async () => {
    const { desk, logged, server } = await openDesk({ smtpPort: await startRefusing() });
    server.isRunning = true;
    for (let times = 0; times < 5; times += 1) expect(await desk?.invite(INVITATION, undefined)).toBe(false);
    expect(logged.join()).toContain('no such mailbox');
    expect(logged.join()).not.toContain('me@example.org');
  });

  it('asks nobody for what could not become an alert, nor several addresses at once', async () => {
    const { desk, book, server } = await openDesk();
    server.isRunning = true;
    for (const address of ['a@example.org,b@example.org', 'a@example.org\r\nBcc: b@example.org', '<a@b>']) {
      const refused = desk?.invite({ ...INVITATION, address }, undefined);
      await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    }
    const empty = desk?.invite({ ...INVITATION, question: '?' }, undefined);
    await expect(empty).rejects.toMatchObject({ code: 'QUERY_EMPTY' });
    expect(book.list()).toEqual([]);
  });
});
