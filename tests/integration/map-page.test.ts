/** `/map` in a real browser: by mouse, finger and keyboard, and where a script or the graphics card is missing. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Camera, panned, toScreen, WHOLE, zoomed } from '../../src/web/client/map/camera.ts';
import { decodePoints } from '../../src/web/client/map/points.ts';
import { BROWSER, launchBrowser, watchedPage, without } from './browsing.ts';
import { type Serving, serving } from './serving.ts';

interface Target {
  readonly docId: number;
  readonly title: string;
  readonly id: string;
  readonly spot: { readonly x: number; readonly y: number };
}

let folder = '';
let server: Serving | undefined;
let browser: Browser | undefined;
let target: Target | undefined;

beforeAll(async () => {
  if (!BROWSER) return;
  folder = await mkdtemp(join(tmpdir(), 'pharos-map-page-'));
  const index = join(folder, 'index');
  const run = promisify(execFile);
  const add = ['dist/cli/main.js', 'add', 'data/sample.jsonl', '--model', 'hashing', '--index', index];
  await run(process.execPath, add);
  await run(process.execPath, ['dist/cli/main.js', 'map', '--index', index]);
  server = await serving(['--index', index]);
  browser = await launchBrowser();
  target = await loneliest(server.url);
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The paper that is farthest from its neighbour, and so cannot be mistaken for another. */
async function loneliest(url: string): Promise<Target> {
  const points = decodePoints(await (await fetch(`${url}/api/v1/map/points`)).arrayBuffer());
  const spots = Array.from(points.docIds, (docId, row) => {
    return { docId, x: points.places[2 * row] ?? 0, y: points.places[2 * row + 1] ?? 0 };
  });
  const away = (one: (typeof spots)[number]) =>
    Math.min(
      ...spots.map((other) => (other === one ? Infinity : Math.hypot(other.x - one.x, other.y - one.y))),
    );
  const [best] = spots.toSorted((a, b) => away(b) - away(a));
  if (!best) throw new Error('the map has no points');
  const { paper } = await (await fetch(`${url}/api/v1/map/paper?docId=${best.docId}`)).json();
  return { docId: best.docId, title: paper.title, id: paper.id, spot: best };
}

async function open(path = '/map', options: BrowserContextOptions = {}) {
  if (!browser || !server || !target) throw new Error('nothing was started');
  const viewport = { width: 1280, height: 900 };
  const base = { viewport, reducedMotion: 'reduce' as const, ...options };
  const { page, faults } = await watchedPage(browser, server.url, base);
  await page.goto(path);
  if (base.javaScriptEnabled !== false)
    await page.locator('.map-labels span').first().waitFor({ state: 'attached' });
  const box = (await page.locator('canvas').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { spot, title, id } = target;
  const placeOf = (camera: Camera) => {
    const { x, y } = toScreen(camera, box, spot);
    return { x: box.x + x, y: box.y + y };
  };
  return { page, faults, box, title, id, placeOf, card: page.locator('[data-map-card]') };
}

/** How much of the picture is of the colour of what is lit. */
async function litPixels(page: Page): Promise<number> {
  const shot = (await page.locator('canvas').screenshot()).toString('base64');
  return page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${shot}';
    await image.decode();
    const { width, height } = image;
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    let lit = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (Math.abs(data[at] - 0xd4) + Math.abs(data[at + 1] - 0x38) + Math.abs(data[at + 2] - 0x0d) < 40) lit += 1;
    }
    return lit;
  })()`);
}

const middleOf = ({ width, height }: { width: number; height: number }) => ({ x: width / 2, y: height / 2 });

describe.skipIf(!BROWSER)(`the map${without}`, () => {
  it('shows the title of a paper that is pointed at, and opens it', async () => {
    const { page, faults, title, id, placeOf, card } = await open();
    const { x, y } = placeOf(WHOLE);
    await page.mouse.move(x, y);
    await expect.poll(() => card.textContent()).toBe(title);
    await page.mouse.click(x, y);
    await page.waitForURL((url) => decodeURIComponent(url.pathname) === `/papers/${id}`);
    await page.goBack();
    await expect.poll(() => page.locator('.map-labels span').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('zooms by buttons and wheel, and moves with the hand, which opens nothing', async () => {
    const { page, faults, box, title, placeOf, card } = await open();
    const { x, y } = placeOf(WHOLE);
    const around = { x: x - box.x, y: y - box.y };
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -400);
    const near = zoomed(WHOLE, box, { factor: Math.exp(400 * 0.0018), around });
    await page.mouse.down();
    await page.mouse.move(x + 30, y - 20, { steps: 6 });
    await page.mouse.up();
    const moved = panned(near, box, { x: 30, y: -20 });
    await page.click('[data-map-nearer]');
    const last = zoomed(moved, box, { factor: 1.6, around: middleOf(box) });
    const { x: left, y: top } = placeOf(last);
    expect(left).toBeGreaterThan(box.x);
    await page.mouse.move(left, top);
    await expect.poll(() => card.textContent()).toBe(title);
    expect(new URL(page.url()).pathname).toBe('/map');
    expect(faults).toEqual([]);
  });

  it('is read and opened by the keyboard alone', async () => {
    const { page, faults, card } = await open();
    const isRinged = () => page.locator('[data-map-aim]').isVisible();
    await page.focus('.map-ask button');
    await page.keyboard.press('Tab');
    expect(await isRinged()).toBe(true);
    for (const key of ['+', '+', 'ArrowLeft', '0', '+']) await page.keyboard.press(key);
    await expect.poll(() => card.isVisible()).toBe(true);
    const read = await card.textContent();
    await page.keyboard.press('Tab');
    expect(await isRinged()).toBe(false);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/papers\//);
    expect(await page.textContent('h1')).toBe(read);
    expect(faults).toEqual([]);
  });

  it('lights up what a question finds, also after the graphics card was away', async () => {
    const { page, faults } = await open('/map?q=black+holes', { colorScheme: 'light' });
    await expect.poll(() => litPixels(page)).toBeGreaterThan(50);
    await page.evaluate(`(async () => {
      const canvas = document.querySelector('canvas');
      const loss = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
      const told = new Promise((done) => canvas.addEventListener('webglcontextrestored', done));
      loss.loseContext();
      await new Promise((done) => setTimeout(done, 50));
      loss.restoreContext();
      await told;
    })()`);
    await expect.poll(() => litPixels(page)).toBeGreaterThan(50);
    await page.click('text=The whole map');
    await expect.poll(() => page.locator('.map-labels span').count()).toBeGreaterThan(0);
    expect(await litPixels(page)).toBe(0);
    expect(faults.filter((fault) => !fault.includes('CONTEXT_LOST'))).toEqual([]);
  });

  it('flies to the region whose name has the focus, which leads to its papers', async () => {
    const { page, box } = await open();
    const link = page.locator('[data-region]').nth(1);
    const name = String(await link.locator('span').first().textContent());
    await link.focus();
    const label = page.locator('.map-labels span', { hasText: name }).first();
    await expect
      .poll(async () => {
        const { x, y, width, height } = (await label.boundingBox()) ?? { ...box, x: 0, y: 0 };
        return Math.hypot(x + width / 2 - box.x - box.width / 2, y + height / 2 - box.y - box.height / 2);
      })
      .toBeLessThan(3);
    await link.press('Enter');
    await page.waitForURL(/\/search\?q=/);
    expect(await page.locator('[data-hits] article').count()).toBeGreaterThan(0);
  });

  it('shows a paper to a finger, and opens it by its title', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, faults, title, placeOf, card } = await open('/map', phone);
    expect(await page.locator('#map-help >> text=two fingers').isVisible()).toBe(true);
    const { x, y } = placeOf(WHOLE);
    await page.touchscreen.tap(x, y);
    await expect.poll(() => card.textContent()).toBe(title);
    await card.tap();
    await page.waitForURL(/\/papers\//);
    expect(faults).toEqual([]);
  });

  it('says what there is instead without a script', async () => {
    const { page } = await open('/map?q=attention', { javaScriptEnabled: false });
    expect(await page.locator('noscript p').isVisible()).toBe(true);
    expect(await page.locator('.map').isVisible()).toBe(false);
    await page.click('text=As a list');
    expect(page.url()).toContain('/search?q=attention');
  });

  it('says why there is no picture where the browser cannot draw it', async () => {
    if (!browser || !server) throw new Error('nothing was started');
    const { page, faults } = await watchedPage(browser, server.url);
    await page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null');
    await page.goto('/map');
    await page.locator('text=it takes WebGL 2').waitFor();
    expect(await page.locator('.map').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });
});
