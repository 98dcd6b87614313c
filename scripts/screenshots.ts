/**
 * Pictures of the pages for README and docs, from the sample papers: `npm run build && npx tsx scripts/screenshots.ts`.
 * Needs a Chromium, for instance Debian's (`apt-get install chromium`); CHROMIUM names another one.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const PROGRAM = 'dist/cli/main.js';
const FOLDER = 'docs/images';
const DESKTOP = { width: 1200, height: 820 };
const PHONE = { width: 390, height: 820 };
const SHOTS = [
  { name: 'search', path: '/search?q=how+do+machines+learn+to+play+games', viewport: DESKTOP },
  { name: 'search-dark', path: '/search?q=how+do+black+holes+lose+information', viewport: PHONE, dark: true },
  { name: 'paper', path: '/papers/hep-th/9711200', viewport: DESKTOP },
  { name: 'days', path: '/papers?date=2017-06', viewport: DESKTOP },
  { name: 'map', path: '/map?q=how+do+machines+learn+to+play+games', viewport: DESKTOP },
  { name: 'library', path: '/library', viewport: DESKTOP },
  { name: 'status-dark', path: '/status', viewport: DESKTOP, dark: true },
] as const;

async function shoot(browser: Browser, base: string): Promise<void> {
  for (const { name, path, viewport, ...more } of SHOTS) {
    const colorScheme = 'dark' in more ? 'dark' : 'light';
    const page = await browser.newPage({ viewport, colorScheme, baseURL: base });
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(FOLDER, `page-${name}.png`) });
    await page.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'pharos-screenshots-'));
const index = join(folder, 'index');
const pharos = (...command: string[]) =>
  execFileSync(process.execPath, [PROGRAM, ...command, '--index', index], { stdio: 'ignore' });
pharos('add', 'data/sample.jsonl');
pharos('map');
pharos('library', 'add', '1706.03762', '--tag', 'transformers', '--note', 'Figure 1 for the talk.');
pharos('library', 'add', '1312.5602', '--tag', 'games');
const args = [PROGRAM, 'serve', '--index', index, '--port', '0', '--json', '--log-level', 'silent'];
const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(server.stdout, 'data');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=swiftshader', '--enable-webgl', '--ignore-gpu-blocklist'],
});
try {
  await shoot(browser, JSON.parse(String(line)).url);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
