/**
 * What a reader keeps, and signing in to it, in a real browser over the built server: with and without a script, by the
 * keyboard alone, at desktop and phone width; nothing in the console, and nothing that axe objects to.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser, objectionsTo, watchedPage, without } from './browsing.ts';
import { type Serving, serving } from './serving.ts';

const PROGRAM = 'dist/cli/main.js';
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
/** What the console says of an answer that asks for a key. */
const ASKED_FOR_KEY = /status of 401/;

let folder = '';
let index = '';
let near: Serving | undefined;
let far: Serving | undefined;
let browser: Browser | undefined;
let key = '';

const pharos = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, [PROGRAM, ...args, '--index', index])).stdout.trim();

const open = (options: Parameters<typeof watchedPage>[2] = {}, server = near) =>
  watchedPage(browser as Browser, String(server?.url), { viewport: DESKTOP, ...options });

/** Nothing left of what another test has kept; the API is the same for a page and for this. */
async function emptied(): Promise<void> {
  const url = `${near?.url}/api/v1/library`;
  const { entries, searches } = (await (await fetch(url)).json()) as Record<string, { id: string }[]>;
  for (const { id } of entries ?? []) await fetch(`${url}/papers/${id}`, { method: 'DELETE' });
  for (const { id } of searches ?? []) await fetch(`${url}/searches/${id}`, { method: 'DELETE' });
}

const keep = (page: Page, id: string) =>
  page.locator(`article[data-paper="${id}"]`).getByRole('button', { name: 'Read later' }).first();
const titles = (page: Page) => page.locator('[data-hits] h3').allTextContents();
const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

describe.skipIf(!BROWSER)(`the library${without}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pharos-library-page-'));
    index = join(folder, 'index');
    await pharos('add', 'data/sample.jsonl');
    key = await pharos('keys', 'create', '--name', 'reading group');
    [near, far] = await Promise.all([
      serving(['--index', index]),
      serving(['--index', index, '--host', '0.0.0.0']),
    ]);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    near?.stop();
    far?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps, tags, notes and lets go, by forms alone, on a phone', async () => {
    await emptied();
    const { page, faults } = await open({ javaScriptEnabled: false, viewport: PHONE });
    await page.goto('/search?q=attention');
    await keep(page, '1706.03762').click();
    expect(page.url()).toMatch(/\/search\?q=attention$/);
    await page.locator('article[data-paper="1706.03762"] .kept').click();
    expect(page.url()).toMatch(/\/library\?show=all#kept-1706\.03762$/);
    await page.click('summary:has-text("Note and tags")');
    await page.fill('input[name=tags]', 'to cite, transformers');
    await page.fill('textarea[name=note]', 'Section 3.\nAnd 4.');
    await page.press('input[name=tags]', 'Enter');
    expect(await page.locator('.note').textContent()).toBe('Section 3.\nAnd 4.');
    await page.click('.library .chips >> text=to cite');
    expect(page.url()).toMatch(/tag=to\+cite/);
    expect(await titles(page)).toEqual(['Attention Is All You Need']);
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await page.goto('/library');
    expect(await page.locator('[data-hits]').count()).toBe(0);
    await page.click('.switches >> text=Read 1');
    await page.click('summary:has-text("Note and tags")');
    await page.click('text=Remove from the library');
    await page.goto('/library?show=all');
    expect(await page.locator('main').textContent()).toContain('Nothing is kept yet.');
    expect(await width(page)).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
  });

  it('keeps behind the page where there is a script, by the keyboard alone', async () => {
    await emptied();
    const { page, faults } = await open();
    await page.goto('/search?q=attention');
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    for (const pressed of ['j', 'j', 's']) await page.keyboard.press(pressed);
    const second = page.locator('[data-hits] article').nth(1);
    await expect.poll(() => second.locator('.kept').count()).toBe(1);
    await keep(page, '1706.03762').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('In your library');
    expect(loads).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/library$/);
    expect(await titles(page)).toContain('Attention Is All You Need');
    expect(await titles(page)).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  it('saves a search, counts what is new for it, and shows that once', async () => {
    await emptied();
    const { page, faults } = await open({ javaScriptEnabled: false });
    await page.goto('/search?q=attention+heads&category=cs.CL');
    await page.click('text=Save this search');
    expect(await page.locator('.summary .kept').textContent()).toContain('Saved in your library');
    const paper = {
      ...{ id: '2611.00001', title: 'What attention heads attend to', categories: ['cs.CL'] },
      ...{ abstract: 'We look at attention heads of transformers.', authors: ['A. New'] },
    };
    await writeFile(join(folder, 'new.jsonl'), JSON.stringify(paper));
    await pharos('add', join(folder, 'new.jsonl'));
    await expect
      .poll(
        async () => {
          await page.goto('/library');
          return page.locator('.saved-searches').textContent();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContain('1 new');
    await page.click('button.news');
    expect(page.url()).toMatch(/\/library\/searches\/[0-9a-f]+$/);
    expect(await page.locator('[data-hits] h2').allTextContents()).toEqual([paper.title]);
    await page.reload();
    expect(await page.locator('[data-hits] h2').allTextContents()).toEqual([paper.title]);
    await page.click('.news-line >> text=Library');
    expect(await page.locator('.saved-searches').textContent()).toContain('nothing new since');
    expect(faults).toEqual([]);
  });

  it('gives a file and takes it back, without a script', async () => {
    await emptied();
    const { page, faults } = await open({ javaScriptEnabled: false });
    await page.goto('/papers/1706.03762');
    await keep(page, '1706.03762').click();
    await page.goto('/library');
    const download = page.waitForEvent('download');
    await page.click('text=Export as JSON');
    const file = join(folder, 'library.json');
    await (await download).saveAs(file);
    expect(JSON.parse(await readFile(file, 'utf8')).entries).toHaveLength(1);
    await emptied();
    await page.goto('/library');
    await page.click('summary:has-text("Import")');
    await page.setInputFiles('input[type=file]', file);
    await page.click('.files button');
    expect(await titles(page)).toEqual(['Attention Is All You Need']);
    expect(faults).toEqual([]);
  });

  it('is nothing that axe objects to, light and dark, on a phone and a desk', async () => {
    await emptied();
    const { page, faults } = await open();
    await page.goto('/search?q=attention');
    await keep(page, '1706.03762').click();
    await page.locator('text=Save this search').click();
    await expect.poll(() => page.locator('.kept').count()).toBe(2);
    const paths = ['/library', '/search?q=attention', '/papers/1706.03762', '/sign-in', '/library?show=read'];
    for (const path of paths) {
      await page.goto(path);
      // What is folded away is looked at too.
      await page.evaluate('document.querySelectorAll("main details").forEach((one) => { one.open = true; })');
      for (const [colorScheme, viewport] of [
        ['light', PHONE],
        ['dark', DESKTOP],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        expect([path, colorScheme, await objectionsTo(page)]).toEqual([path, colorScheme, []]);
        expect(await width(page)).toBeLessThanOrEqual(0);
      }
    }
    expect(faults).toEqual([]);
  });

  it.each([true, false])('is signed in to with a key, and out of (script: %s)', async (javaScriptEnabled) => {
    const { page, faults } = await open({ javaScriptEnabled, viewport: PHONE }, far);
    await page.goto('/search?q=attention&category=cs.CL');
    expect(await page.locator('h1').textContent()).toBe('Sign in');
    expect(await objectionsToForm(page, javaScriptEnabled)).toEqual([]);
    await page.fill('#key', 'pharos_not_a_key');
    await page.press('#key', 'Enter');
    await expect.poll(() => page.locator('[role=alert]').count()).toBe(1);
    await page.fill('#key', key);
    await page.press('#key', 'Enter');
    await page.waitForURL(/\/search\?q=attention&category=cs\.CL$/);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(key).not.toContain(cookie?.value);
    await page.goto('/library');
    expect(await page.locator('aside').textContent()).toContain('Signed in as reading group.');
    await page.click('text=Sign out');
    await page.waitForURL(/\/sign-in$/);
    await page.goBack();
    await expect.poll(() => page.locator('h1').textContent()).toBe('Sign in');
    expect(faults.filter((fault) => !ASKED_FOR_KEY.test(fault))).toEqual([]);
  });

  it('lets in at once who comes by a link of another site and is signed in', async () => {
    const { page } = await open({}, far);
    await page.goto('/sign-in?to=/library');
    await page.fill('#key', key);
    await page.press('#key', 'Enter');
    await page.waitForURL(/\/library$/);
    // Another name of this machine is another site to a browser.
    await page.goto(String(near?.url).replace('127.0.0.1', 'localhost'));
    await page.evaluate(`document.querySelector('.brand').href = ${JSON.stringify(`${far?.url}/library`)}`);
    await page.click('.brand');
    await expect.poll(() => page.locator('h1').textContent()).toBe('Library');
  });

  it('takes nothing that a page of another site sends', async () => {
    await emptied();
    const { page } = await open();
    const answer = page.waitForResponse((response) => response.url().endsWith('/library/papers'));
    // The policy of our own page would hold the form back, so this page has none.
    await page.route('**/forged', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${near?.url}/library/papers"><input name="do" value="save">
          <input name="id" value="1706.03762"></form>`,
      }),
    );
    await page.goto(`${String(far?.url).replace('127.0.0.1', 'localhost')}/forged`);
    await page.evaluate('document.forms[0].submit()');
    expect((await answer).status()).toBe(403);
    const kept = await fetch(`${near?.url}/api/v1/library`);
    expect(await kept.json()).toMatchObject({ entries: [] });
  });
});

/** axe is a script. */
async function objectionsToForm(page: Page, isScripted: boolean): Promise<unknown> {
  return isScripted ? objectionsTo(page) : [];
}
