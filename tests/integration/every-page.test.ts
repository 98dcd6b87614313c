/**
 * Every page in a real browser, loaded once and then looked at in every width and in light and dark: nothing that axe
 * objects to, no side to scroll to, nothing that moves where motion is unwanted, nothing in the console.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weighPage } from '../../scripts/bench/page-weight.ts';
import {
  BROWSER,
  launchBrowser,
  objectionsTo,
  type Watched,
  watchedPage,
  widthOver,
  without,
} from './browsing.ts';
import { type Serving, serving } from './serving.ts';

interface Row {
  readonly path: string;
  /** What shows that the page is the one that is meant. */
  readonly holds: string;
  readonly status?: number;
}

const PAGES: readonly Row[] = [
  { path: '/', holds: '.examples' },
  { path: '/search?q=how+do+transformers+attend', holds: '[data-hits] mark' },
  { path: '/search?q=attention&category=cs.CL&from=2015&to=2020&mode=keyword&sort=date', holds: '.chosen' },
  { path: '/search?q=attention&from=1900&to=1901', holds: '.nothing' },
  { path: '/papers/1706.03762?more=1810.04805', holds: '.refinement' },
  { path: '/papers/hep-th/9711200', holds: '[data-hits]' },
  { path: '/papers?date=2017-06-12', holds: '.calendar' },
  { path: '/papers?date=2017-W24&order=date', holds: '.calendar' },
  { path: '/papers?date=2017-06', holds: '.calendar' },
  { path: '/papers?date=1999-01-01', holds: '.calendar' },
  { path: '/related', holds: 'textarea' },
  { path: '/related?text=1706.03762%0A1810.04805%0A2401.99999', holds: '.theme-group' },
  { path: '/related?text=We+study+how+whales+sing.', holds: '[data-hits]' },
  { path: '/map', holds: '.map-labels span' },
  { path: '/map?q=attention', holds: '.map-labels span' },
  { path: '/library', holds: '.files' },
  { path: '/sign-in?to=/library', holds: '#key' },
  { path: '/status', holds: 'progress' },
  { path: '/subscribe', holds: '.feeds' },
  { path: '/subscribe?q=attention&category=cs.CL', holds: '.feeds' },
  { path: '/papers/2401.99999', holds: '.nothing', status: 404 },
  { path: '/no/such/page', holds: '.nothing', status: 404 },
  { path: '/search?q=attention&limit=1000', holds: '.nothing', status: 400 },
];

const BUDGETS = readFileSync('docs/pages.md', 'utf8');

/** The number in the second column of the row of `docs/pages.md`. */
function budgetOf(row: string): number {
  const [, most] = BUDGETS.match(new RegExp(`^\\| ${row} \\| ([\\d.]+)`, 'm')) ?? [];
  if (most === undefined) throw new Error(`docs/pages.md has no budget for ${row}`);
  return Number(most);
}

interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly density?: number;
  readonly scheme: 'light' | 'dark';
}

/** Each theme narrow and wide. */
const SCREENS: readonly Screen[] = [
  { name: 'the narrowest', width: 320, height: 640, scheme: 'light' },
  { name: 'a desktop', width: 1280, height: 900, scheme: 'light' },
  { name: '4K', width: 3840, height: 2160, scheme: 'dark' },
  { name: 'a phone', width: 390, height: 844, density: 3, scheme: 'dark' },
  { name: 'a desktop at 200 %', width: 640, height: 450, density: 2, scheme: 'dark' },
];

const SHIFT = `new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 50);
})`;

const MOVING = `[...document.querySelectorAll('*')].flatMap((one) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
  const isStill = /^0s(, 0s)*$/.test(transitionDuration) && animationName === 'none' && scrollBehavior === 'auto';
  return isStill ? [] : [one.tagName + '.' + one.className];
})`;

let folder = '';
let server: Serving | undefined;
let browser: Browser | undefined;
let watched: Watched | undefined;
let session: CDPSession | undefined;

/** As a process would that embeds, for the status to show. */
async function noteWork(index: string): Promise<void> {
  const now = new Date().toISOString();
  const note = { pid: process.pid, started: now, changed: now, stage: 'embed', done: 320, total: 1_000 };
  await mkdir(join(index, 'at-work'), { recursive: true });
  await writeFile(join(index, 'at-work', `${process.pid}.json`), JSON.stringify(note));
}

function tools() {
  if (!watched || !session) throw new Error('the browser was not started');
  return { ...watched, session };
}

describe.skipIf(!BROWSER)(`every page${without}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pharos-every-page-'));
    const index = join(folder, 'index');
    const run = promisify(execFile);
    await run(process.execPath, ['dist/cli/main.js', 'add', 'data/sample.jsonl', '--index', index]);
    await run(process.execPath, ['dist/cli/main.js', 'map', '--index', index]);
    await noteWork(index);
    server = await serving(['--index', index]);
    browser = await launchBrowser();
    watched = await watchedPage(browser, server.url, { reducedMotion: 'reduce' });
    session = await watched.page.context().newCDPSession(watched.page);
  });

  afterAll(async () => {
    await browser?.close();
    server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(PAGES)('$path', async ({ path, holds, status = 200 }) => {
    const { page, faults, session } = tools();
    faults.length = 0;
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(status);
    await page.locator(holds).first().waitFor({ state: 'attached' });
    expect(await page.evaluate(SHIFT)).toBeLessThanOrEqual(budgetOf('layout shift'));
    for (const { name, width, height, density = 1, scheme } of SCREENS) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const screen = { width, height, deviceScaleFactor: density, mobile: false };
      await session.send('Emulation.setDeviceMetricsOverride', screen);
      const where = `${name}, ${scheme}`;
      expect(await widthOver(page), where).toEqual([]);
      expect(await objectionsTo(page), where).toEqual([]);
    }
    expect(await page.evaluate(MOVING)).toEqual([]);
    // The browser notes an answer that is no success in its console, the page itself included.
    const expected = status === 200 ? [] : [expect.stringContaining(`status of ${status}`)];
    expect(faults).toEqual(expected);
  });

  it.each(PAGES)('$path weighs no more than it may', async ({ path }) => {
    const { requests, html, scripts, styles } = await weighPage(server?.url ?? '', path);
    expect(requests).toBeLessThanOrEqual(budgetOf('requests'));
    expect(scripts).toBeLessThanOrEqual(1_000 * budgetOf('scripts'));
    expect(styles).toBeLessThanOrEqual(1_000 * budgetOf('styles'));
    expect(html).toBeLessThanOrEqual(1_000 * budgetOf('the page itself'));
    // Without the build there would be nothing to weigh.
    expect(scripts * styles).toBeGreaterThan(0);
  });

  it('would show what the policy of the pages forbids', async () => {
    const { page, faults } = tools();
    faults.length = 0;
    await page.goto('/');
    await page.evaluate(
      "document.head.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))",
    );
    await expect.poll(() => faults.join()).toContain('Content Security Policy');
  });
});
