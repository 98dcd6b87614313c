/**
 * A corpus of hostile papers in a real browser, in the narrowest window: nothing of theirs runs, nothing of the policy is
 * violated, and no word is too long for the page. What becomes of the markup is in `tests/web/hostile-texts.test.ts`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser, type Watched, watchedPage, widthOver, without } from './browsing.ts';
import { type Serving, serving } from './serving.ts';

const RUN = 'window.harmed=true';
const HOSTILE = [
  `<script>${RUN}</script>`,
  `"><img src=x onerror="${RUN}"><svg onload=${RUN}>`,
  `</title></textarea></pre></script><script>${RUN}</script>`,
  `javascript:${RUN}`,
  `$\\href{javascript:${RUN}}{x}$ $\\def\\a{\\a\\a}\\a$ ${'\\('.repeat(400)}`,
  'x'.repeat(1_900),
  'ק'.repeat(900),
  '<b>&lt;script&gt;&#60;',
  `\u202e\u2067${'عربي '.repeat(30)}`,
];

const WORD = encodeURIComponent(HOSTILE[1] ?? '');
const LONG = encodeURIComponent('x'.repeat(180));
const PAGES = [
  '/',
  '/search?q=attention&mode=semantic',
  `/search?q=${WORD}`,
  `/search?q=${LONG}&category=${LONG}&author=${LONG}`,
  '/papers/2401.00001',
  '/papers/2401.00006?more=2401.00007',
  `/papers/${LONG}`,
  '/papers?date=2024-01',
  '/related?text=2401.00001%0A2401.00003',
  `/related?text=${WORD}`,
  '/map',
  `/map?q=${WORD}`,
  '/status',
  `/subscribe?q=${LONG}&category=${WORD}`,
];

let folder = '';
let server: Serving | undefined;
let browser: Browser | undefined;
let watched: Watched | undefined;

function paperOf(text: string, at: number) {
  const name = text.slice(0, 280);
  return {
    ...{ id: `2401.0000${at + 1}`, title: text, abstract: `Attention. ${text}`, authors: [name, 'Ada Fox'] },
    ...{ categories: [text.replaceAll(/\s/g, '').slice(0, 150)], venue: text, published: '2024-01-02' },
    ...{ url: text, code: text, keywords: [text] },
  };
}

describe.skipIf(!BROWSER)(`hostile papers${without}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pharos-hostile-'));
    const [index, file] = [join(folder, 'index'), join(folder, 'papers.jsonl')];
    await writeFile(file, HOSTILE.map((text, at) => JSON.stringify(paperOf(text, at))).join('\n'));
    const run = promisify(execFile);
    await run(process.execPath, ['dist/cli/main.js', 'add', file, '--model', 'hashing', '--index', index]);
    await run(process.execPath, ['dist/cli/main.js', 'map', '--index', index]);
    server = await serving(['--index', index]);
    browser = await launchBrowser();
    watched = await watchedPage(browser, server.url, { viewport: { width: 320, height: 640 } });
    watched.page.on('dialog', (dialog) => watched?.faults.push(`dialog: ${dialog.message()}`));
  });

  afterAll(async () => {
    await browser?.close();
    server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(PAGES)('are texts and no more (%#)', async (path) => {
    if (!watched) throw new Error('the browser was not started');
    const { page, faults } = watched;
    faults.length = 0;
    await page.goto(path);
    for (const details of await page.locator('details').all()) {
      await details.evaluate('(element) => { element.open = true; }');
    }
    expect(await page.evaluate('window.harmed')).toBeUndefined();
    expect(await widthOver(page)).toEqual([]);
    expect(faults.filter((fault) => !fault.includes('status of 404'))).toEqual([]);
  });

  it('stay texts in what the map shows beside the pointer', async () => {
    if (!watched) throw new Error('the browser was not started');
    const { page, faults } = watched;
    faults.length = 0;
    await page.goto('/map');
    const titles = new Set<string>();
    await page.focus('.map-stage');
    for (const key of [
      'ArrowLeft',
      'ArrowUp',
      'ArrowUp',
      'ArrowRight',
      'ArrowRight',
      'ArrowDown',
      'ArrowDown',
    ]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
      titles.add(String(await page.textContent('[data-map-card]')));
    }
    expect(titles.size).toBeGreaterThan(1);
    expect(await page.locator('[data-map-card] *').count()).toBe(0);
    expect(await page.evaluate('window.harmed')).toBeUndefined();
    expect(faults).toEqual([]);
  });
});
