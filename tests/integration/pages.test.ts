/**
 * The pages in a real browser, over the built server and the sample: journeys at desktop and phone width, with and
 * without a script, by the keyboard alone; nothing in the console, no failed request. How each page looks is in
 * `every-page.test.ts`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser, type Watched, watchedPage, without } from './browsing.ts';

const PROGRAM = 'dist/cli/main.js';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

let folder = '';
let server: ChildProcess | undefined;
let base = '';
let browser: Browser | undefined;

function open(options: BrowserContextOptions = {}): Promise<Watched> {
  return watchedPage(browser as Browser, base, { viewport: DESKTOP, ...options });
}

const titles = (page: Page) => page.locator('[data-hits] article h2').allTextContents();

describe.skipIf(!BROWSER)(`the pages${without}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pharos-pages-'));
    const index = join(folder, 'index');
    await promisify(execFile)(process.execPath, [PROGRAM, 'add', 'data/sample.jsonl', '--index', index]);
    const args = [PROGRAM, 'serve', '--index', index, '--port', '0', '--json', '--log-level', 'silent'];
    server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    if (server.stdout) {
      const [line] = await once(server.stdout, 'data');
      base = JSON.parse(String(line)).url;
    }
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    server?.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  it('finds a paper, narrows down, opens it and comes back, without a script', async () => {
    const { page, faults } = await open({ javaScriptEnabled: false });
    await page.goto('/');
    await page.fill('input[name=q]', 'attention');
    await page.press('input[name=q]', 'Enter');
    expect(await titles(page)).toContain('Attention Is All You Need');
    await page.click('.facets >> text=cs.CL');
    expect(page.url()).toContain('category=cs.CL');
    await page.selectOption('select[name=mode]', 'keyword');
    await page.click('.choices button');
    expect(page.url()).toMatch(/mode=keyword/);
    expect(page.url()).toContain('category=cs.CL');
    await page.click('text=Attention Is All You Need');
    expect(await page.textContent('h1')).toBe('Attention Is All You Need');
    await page.goBack();
    expect(await titles(page)).toContain('Attention Is All You Need');
    expect(faults).toEqual([]);
  });

  it('shows results as one types, keeps the address in step, and Back works', async () => {
    const { page, faults } = await open();
    await page.goto('/search?q=attention');
    await page.fill('input[name=q]', 'black holes');
    await expect.poll(() => page.url()).toContain('q=black+holes');
    await expect.poll(async () => (await titles(page)).join()).toMatch(/black hole/i);
    await page.selectOption('select[name=sort]', 'date');
    await expect.poll(() => page.url()).toContain('sort=date');
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('sort=date');
    await expect.poll(() => page.inputValue('input[name=q]')).toBe('black holes');
    expect(faults).toEqual([]);
  });

  it('goes on under the list, and by a link without a script', async () => {
    const { page, faults } = await open();
    await page.goto('/search?q=learning');
    const first = await titles(page);
    await page.click('[data-more]');
    await expect.poll(async () => (await titles(page)).length).toBe(20);
    const { page: plain } = await open({ javaScriptEnabled: false });
    await plain.goto('/search?q=learning');
    await plain.click('[data-more]');
    expect(await titles(plain)).toEqual((await titles(page)).slice(first.length));
    expect(faults).toEqual([]);
  });

  it('chooses years by dragging over them', async () => {
    const { page, faults } = await open();
    await page.goto('/search?q=learning');
    const years = page.locator('[data-years]');
    const box = await years.boundingBox();
    if (!box) throw new Error('there are no years');
    await page.mouse.move(box.x + box.width * 0.6, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/from=\d{4}&to=\d{4}/);
    const { searchParams } = new URL(page.url());
    expect(Number(searchParams.get('from'))).toBeLessThan(Number(searchParams.get('to')));
    expect(faults).toEqual([]);
  });

  it('is used by the keyboard alone', async () => {
    const { page, faults } = await open();
    await page.goto('/search?q=attention');
    const second = (await titles(page))[1];
    for (const key of ['j', 'j', 'k', 'j', 'e']) await page.keyboard.press(key);
    expect(await page.evaluate('document.activeElement.textContent')).toBe(second);
    expect(await page.locator('[data-abstract][open]').count()).toBe(1);
    await page.keyboard.press('?');
    expect(await page.locator('[data-help][open]').count()).toBe(1);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.waitForURL(/\/papers\//);
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('.cite[open] pre').textContent()).toContain('@');
    expect(faults).toEqual([]);
  });

  it('keeps the theme that was chosen', async () => {
    const { page, faults } = await open({ colorScheme: 'light' });
    await page.goto('/');
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await page.click('[data-theme-switch]');
    expect(await paper()).not.toBe(light);
    const dark = await paper();
    await page.goto('/search?q=attention');
    expect(await paper()).toBe(dark);
    expect(faults).toEqual([]);
  });

  it('bends the work around a paper to what one likes and back, without a script', async () => {
    const { page, faults } = await open({ javaScriptEnabled: false });
    await page.goto('/papers/1706.03762');
    const before = await titles(page);
    await page.click('article[data-paper="1810.04805"] >> text=Less like this');
    expect(page.url()).toMatch(/\/papers\/1706\.03762\?less=1810\.04805#related$/);
    expect(await page.locator('.refinement').textContent()).toContain('less like BERT');
    expect(await titles(page)).not.toEqual(before);
    await page.goBack();
    expect(await titles(page)).toEqual(before);
    await page.goForward();
    await page.click('.refinement >> text=As it was');
    expect(await titles(page)).toEqual(before);
    expect(faults).toEqual([]);
  });

  it('leads from a search to its feed, and from there to the status, without a script', async () => {
    const { page, faults } = await open({ javaScriptEnabled: false, viewport: PHONE });
    await page.goto('/search?q=attention&category=cs.CL');
    await page.click('text=Follow this search');
    expect(page.url()).toMatch(/\/subscribe\?q=attention&category=cs\.CL$/);
    const address = String(await page.locator('.feeds code').first().textContent());
    expect(await (await fetch(address)).text()).toContain('Attention Is All You Need');
    await page.click('.foot >> text=Status');
    expect(await page.locator('table').last().textContent()).toContain('/feeds/search.atom');
    expect(faults).toEqual([]);
  });

  it('finds the work around pasted ids, by theme', async () => {
    const { page, faults } = await open({ viewport: PHONE });
    await page.goto('/related');
    await page.fill('textarea', '1706.03762\n1810.04805\nhep-th/9711200');
    await page.click('form.paste button');
    await page.waitForURL(/text=/);
    expect(await page.locator('.theme-group').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });
});
