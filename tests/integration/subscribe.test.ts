/**
 * Following by mail in a real browser, from the form to the mail that ends it, over the built server and a mail server
 * in this process: for a search and for what is read now, with a script and without.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../alerts/mail-server.ts';

const PROGRAM = 'dist/cli/main.js';
const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const without = BROWSER ? '' : ' (skipped: no browser here; `apt-get install chromium` brings one)';
/** Where the mails say that the server is; one click wants https. */
const OUTSIDE = 'https://papers.example.org';
const PATIENCE = { timeout: 15_000 };

/** Pages in which no script runs. */
const plain = new WeakSet<Page>();
let folder = '';
let environment: NodeJS.ProcessEnv = {};
let mailServer: MailServer | undefined;
let server: ChildProcess | undefined;
let base = '';
let browser: Browser | undefined;

async function pharos(...parameters: string[]): Promise<string> {
  const args = [PROGRAM, ...parameters];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: environment });
  return stdout;
}

async function addPaper(id: string, title: string): Promise<void> {
  const file = join(folder, `${id}.jsonl`);
  const paper = { id, title, abstract: `${title}.`, published: '2026-11-24', categories: ['cs.LG'] };
  await writeFile(file, JSON.stringify(paper));
  await pharos('add', file);
}

async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await (browser as Browser).newContext({ baseURL: base, ...options });
  const page = await context.newPage();
  if (options.javaScriptEnabled === false) plain.add(page);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  return { page, faults };
}

/**
 * What axe objects to. The policy of the pages lets no script in, so it comes in by the browser's own door. Where scripts
 * are switched off it cannot run; the pages are the same.
 */
async function objections(page: Page): Promise<unknown> {
  if (plain.has(page)) return [];
  const session = await page.context().newCDPSession(page);
  const expression = `${axe.source}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])))`;
  const { result } = await session.send('Runtime.evaluate', { expression, awaitPromise: true });
  return JSON.parse(String(result.value));
}

const mailsTo = (address: string) =>
  (mailServer?.mails ?? []).filter(({ to }) => to?.some((one) => one.address === address));

/** A link of the latest mail to an address, as this test reaches it. */
async function linkTo(address: string, count: number, path: string): Promise<string> {
  await expect.poll(() => mailsTo(address).length, PATIENCE).toBe(count);
  const link = new RegExp(`${OUTSIDE}(${path}\\S+)`).exec(mailsTo(address).at(-1)?.text ?? '');
  return `${base}${link?.[1]}`;
}

async function alertsOf(address: string): Promise<string[]> {
  const alerts = JSON.parse(await pharos('alert', 'list', '--json')) as { id: string; to: string[] }[];
  return alerts.filter(({ to }) => to.includes(`mail:${address}`)).map(({ id }) => id);
}

/** Fills in the form, follows the link in the mail, and says yes. */
async function subscribe(page: Page, form: string, address: string): Promise<void> {
  await page.fill(`${form} input[name=address]`, address);
  expect(await objections(page)).toEqual([]);
  await page.click(`${form} button`);
  expect(await page.textContent('[role=status]')).toContain('A mail is on its way');
  expect(await objections(page)).toEqual([]);
  await page.goto(await linkTo(address, 1, '/subscribe/confirm'));
  expect(await page.textContent('main')).toContain(address);
  expect(await objections(page)).toEqual([]);
  expect(await alertsOf(address)).toEqual([]);
  await page.click('text=Yes, send them');
  expect(await page.textContent('h1')).toBe('Confirmed');
  expect(await objections(page)).toEqual([]);
}

describe.skipIf(!BROWSER)(`following by mail${without}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pharos-subscribe-'));
    mailServer = await startMailServer();
    environment = {
      ...process.env,
      PHAROS_INDEX: join(folder, 'index'),
      PHAROS_MODEL: 'hashing',
      PHAROS_SMTP: `smtp+plain://127.0.0.1:${mailServer.port}`,
      PHAROS_MAIL_FROM: 'pharos@example.org',
      PHAROS_PUBLIC_URL: OUTSIDE,
    };
    await addPaper('old', 'Graph networks of old');
    const args = [PROGRAM, 'serve', '--port', '0', '--json', '--log-level', 'silent'];
    server = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    if (server.stdout) {
      const [line] = await once(server.stdout, 'data');
      base = JSON.parse(String(line)).url;
    }
    browser = await chromium.launch({ executablePath: BROWSER as string, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.kill('SIGTERM');
    await mailServer?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is offered once something runs the alerts', async () => {
    const { page } = await open();
    await page.goto('/subscribe?q=graph+networks');
    expect(await page.textContent('main')).toContain('nothing sends it at the moment');
    expect(await page.locator('input[name=address]').count()).toBe(0);
    expect(await objections(page)).toEqual([]);
    await pharos('alert', 'run');
    await page.reload();
    expect(await page.locator('input[name=address]').count()).toBe(2);
  });

  it.each([
    ['with a script', true],
    ['without one', false],
  ])('brings what is new for a search until its reader clicks, %s', async (name, javaScriptEnabled) => {
    const address = `search-${javaScriptEnabled}@example.org`;
    const { page, faults } = await open({ javaScriptEnabled });
    await page.goto('/search?q=graph+networks&category=cs.LG');
    await page.click('a[href^="/subscribe?"]');
    await subscribe(page, '#by-mail', address);
    const [id = ''] = await alertsOf(address);
    await addPaper(`new-${javaScriptEnabled}`, `Graph networks ${name}`);
    await pharos('alert', 'run', id);
    const link = await linkTo(address, 2, '/alerts/unsubscribe');
    expect(mailsTo(address)[1]).toMatchObject({ subject: '1 new paper: graph networks' });
    expect(mailsTo(address)[1]?.text).toContain(`Graph networks ${name}`);
    await page.goto(link);
    expect(await objections(page)).toEqual([]);
    expect(await alertsOf(address)).toEqual([id]);
    await page.click('text=Stop these mails');
    expect(await page.textContent('h1')).toBe('Unsubscribed');
    expect(await objections(page)).toEqual([]);
    expect(await alertsOf(address)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('brings what is read now until a mail program sends the one click', async () => {
    const address = 'trending@example.org';
    const { page, faults } = await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await page.goto('/subscribe');
    await subscribe(page, '#trending-by-mail', address);
    await pharos('alert', 'run', ...(await alertsOf(address)));
    await linkTo(address, 2, '/alerts/unsubscribe');
    const [, digest] = mailsTo(address);
    expect(digest?.subject).toMatch(/^\d trending papers?$/);
    const header = (name: string) => digest?.headers.find(({ key }) => key === name)?.value ?? '';
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const link = header('list-unsubscribe').slice(1, -1).replace(OUTSIDE, base);
    // As RFC 8058 has it: a form in either encoding, and no cookie, no page, no second question.
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
    expect(await alertsOf(address)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('asks no more whoever says so', async () => {
    const address = 'quiet@example.org';
    const { page } = await open();
    const ask = async () => {
      await page.goto('/subscribe?q=graph+networks');
      await page.fill('#by-mail input[name=address]', address);
      await page.click('#by-mail button');
    };
    await ask();
    await page.goto(await linkTo(address, 1, '/subscribe/confirm'));
    await page.click('text=No, and ask this address no more');
    expect(await page.textContent('h1')).toBe('Nothing will be sent');
    expect(await objections(page)).toEqual([]);
    await ask();
    expect(await page.textContent('main')).toContain('wants no such mail');
    expect(await alertsOf(address)).toEqual([]);
    expect(mailsTo(address)).toHaveLength(1);
  });
});
