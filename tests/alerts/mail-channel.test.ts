import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Digest, DigestPaper } from '../../src/alerts/digest.ts';
import { type MailOptions, sendMail } from '../../src/alerts/mail-channel.ts';
import { smtpOptions } from '../../src/alerts/smtp-options.ts';

interface Received {
  readonly email: Email;
  readonly raw: string;
  readonly isEncrypted: boolean;
  readonly user: string | undefined;
  readonly to: readonly string[];
}

/** A real SMTP server on the loopback that keeps what it gets. */
async function startMailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      buffer(stream)
        .then(async (bytes) => {
          received.push({
            email: await PostalMime.parse(bytes),
            raw: bytes.toString(),
            isEncrypted: session.secure,
            user: session.user as string | undefined,
            to: session.envelope.rcptTo.map(({ address }) => address),
          });
          done();
        })
        .catch(done);
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { received, port };
}

const PAPER: DigestPaper = {
  id: '2401.00001',
  title: 'Graph networks',
  authors: ['Ada Lovelace', 'Grace Hopper'],
  published: '2026-11-24',
  url: 'https://arxiv.org/abs/2401.00001',
  similarity: 0.7123,
  passage: 'They pass messages.',
};

function digestOf(papers: readonly DigestPaper[], question = 'graph networks'): Digest {
  const alert = { id: 'graph-networks', question };
  return { alert, created: '2026-11-25T03:00:00.000Z', part: 1, parts: 1, papers };
}

function optionsFor(port: number, settings: Partial<MailOptions['settings']> = {}): MailOptions {
  const usual = { smtp: `smtp://127.0.0.1:${port}`, mailFrom: 'pharos@example.org' };
  return { token: 'abc.def', settings: { ...usual, publicUrl: 'https://papers.example.org/', ...settings } };
}

describe('sendMail', () => {
  it('sends what people read in text and in HTML, encrypted where the server can', async () => {
    const { received, port } = await startMailServer({ disabledCommands: [] });
    await sendMail({ key: 'k1', digest: digestOf([PAPER]) }, 'me@example.com', optionsFor(port));
    const [{ email, isEncrypted, to } = {} as Received] = received;
    expect(isEncrypted).toBe(true);
    expect(to).toEqual(['me@example.com']);
    expect(email.subject).toBe('1 new paper: graph networks');
    expect(email.from?.address).toBe('pharos@example.org');
    expect(email.messageId).toBe('<k1@example.org>');
    for (const text of [email.text, email.html]) {
      expect(text).toContain('Graph networks');
      expect(text).toContain('Ada Lovelace, Grace Hopper · 2026-11-24 · 2401.00001');
      expect(text).toContain('https://arxiv.org/abs/2401.00001');
      expect(text).toContain('similarity 0.71');
      expect(text).toContain('https://papers.example.org/alerts/unsubscribe?token=abc.def');
    }
  });

  it('lets mail programs unsubscribe with one click, where there is an address to click on', async () => {
    const { received, port } = await startMailServer();
    const message = { key: 'k1', digest: digestOf([PAPER]) };
    await sendMail(message, 'me@example.com', optionsFor(port));
    await sendMail(message, 'me@example.com', optionsFor(port, { publicUrl: 'http://papers.example.org' }));
    await sendMail(message, 'me@example.com', optionsFor(port, { publicUrl: undefined }));
    const headers = received.map(({ email }) =>
      Object.fromEntries(email.headers.map(({ key, value }) => [key, value])),
    );
    const path = 'papers.example.org/alerts/unsubscribe?token=abc.def';
    expect(headers[0]).toMatchObject({
      'list-unsubscribe': `<https://${path}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'auto-submitted': 'auto-generated',
    });
    expect(headers[1]).toHaveProperty('list-unsubscribe', `<http://${path}>`);
    expect(headers[1]).not.toHaveProperty('list-unsubscribe-post');
    expect(headers[2]).not.toHaveProperty('list-unsubscribe');
    expect(received[2]?.email.text).toContain('pharos alert remove graph-networks');
  });

  it('lets nothing out of a hostile paper or question', async () => {
    const { received, port } = await startMailServer();
    const hostile = {
      ...PAPER,
      id: '"><img src=x onerror=alert(1)>',
      title: '<script>alert("x")</script> & <b>bold</b>',
      authors: ['Bobby <a href="javascript:alert(1)">Tables</a>'],
      url: 'javascript:alert(1)//https://x',
      passage: "</li></ol><style>*{display:none}</style> 'quoted'",
    };
    const question = 'graphs\r\nBcc: victim@example.com\r\n\r\n<h1>hello</h1>';
    await sendMail({ key: 'k', digest: digestOf([hostile], question) }, 'me@example.com', optionsFor(port));
    const [{ email, to } = {} as Received] = received;
    expect(to).toEqual(['me@example.com']);
    expect(email.bcc).toBeUndefined();
    expect(email.subject).toBe('1 new paper: graphs Bcc: victim@example.com <h1>hello</h1>');
    const { html = '', text = '' } = email;
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name));
    expect([...tags].toSorted()).toEqual(
      [
        'a',
        'body',
        'br',
        'h1',
        'head',
        'html',
        'li',
        'meta',
        'ol',
        'p',
        'span',
        'strong',
        'title',
      ].toSorted(),
    );
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual([
      'https://papers.example.org/alerts/unsubscribe?token=abc.def',
    ]);
    expect(text).toContain('<script>alert("x")</script> & <b>bold</b>');
  });

  it('is readable in text: lines that fit, addresses whole', async () => {
    const { received, port } = await startMailServer();
    const url = `https://example.org/${'long/'.repeat(30)}`;
    const wordy = { ...PAPER, url, title: 'A title of words '.repeat(20).trim(), passage: null };
    await sendMail({ key: 'k', digest: digestOf([wordy]) }, 'me@example.com', optionsFor(port));
    const lines = received[0]?.email.text?.split('\n') ?? [];
    expect(lines).toContain(`    ${url}`);
    expect(lines.filter((line) => line.length > 76 && !line.includes('https://'))).toEqual([]);
  });

  it('proves who it is, and shows the password to nobody', async () => {
    const { received, port } = await startMailServer({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'me' && password === 'sesame') done(null, { user: username });
        else done(new Error('no'));
      },
    });
    const message = { key: 'k', digest: digestOf([PAPER]) };
    const smtp = `smtp://me@127.0.0.1:${port}`;
    await sendMail(message, 'me@example.com', optionsFor(port, { smtp, smtpPassword: 'sesame' }));
    expect(received[0]?.user).toBe('me');
    const wrong = optionsFor(port, { smtp, smtpPassword: 'open-up' });
    const fault = await sendMail(message, 'me@example.com', wrong).catch((error: Error) => error);
    expect(fault).toMatchObject({ name: 'DeliveryFault', isHopeless: false });
    expect(String((fault as Error).message)).not.toContain('open-up');
  });

  it.each([
    [550, true],
    [451, false],
  ])('takes %i for hopeless: %s', async (responseCode, isHopeless) => {
    const { port } = await startMailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('not here'), { responseCode })),
    });
    const sent = sendMail({ key: 'k', digest: digestOf([PAPER]) }, 'me@example.com', optionsFor(port));
    await expect(sent).rejects.toMatchObject({ name: 'DeliveryFault', isHopeless });
  });

  it('says what is missing, and that nobody answers', async () => {
    const message = { key: 'k', digest: digestOf([PAPER]) };
    const unset = optionsFor(1, { smtp: undefined });
    await expect(sendMail(message, 'me@example.com', unset)).rejects.toThrow('PHAROS_SMTP');
    await expect(sendMail(message, 'me@example.com', optionsFor(1))).rejects.toMatchObject({
      name: 'DeliveryFault',
      isHopeless: false,
    });
  });
});

describe('smtpOptions', () => {
  it('wants encryption and a good certificate from every server but that of this machine', () => {
    expect(smtpOptions('smtp://u%40x@mail.example.org', 'p')).toMatchObject({
      ...{ host: 'mail.example.org', port: 587, secure: false, requireTLS: true, ignoreTLS: false },
      ...{ tls: { rejectUnauthorized: true }, auth: { user: 'u@x', pass: 'p' } },
    });
    expect(smtpOptions('smtps://mail.example.org', undefined)).toMatchObject({
      ...{ port: 465, secure: true, tls: { rejectUnauthorized: true } },
    });
    expect(smtpOptions('smtp://localhost.example.org', undefined)).toMatchObject({ requireTLS: true });
    expect(smtpOptions('smtp://[::1]:2525', undefined)).toMatchObject({ host: '::1', requireTLS: false });
    expect(smtpOptions('smtp+plain://mail.example.org', undefined)).toMatchObject({
      ...{ port: 25, ignoreTLS: true, requireTLS: false },
    });
  });
});
