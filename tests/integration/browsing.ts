/** The browser of this machine, and a page of it that remembers whatever went wrong while it was used. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
/** To be put after the name of a suite that is skipped where there is no browser. */
export const without = BROWSER ? '' : ' (skipped: no browser here; `apt-get install chromium` brings one)';

export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: String(BROWSER), args: ['--no-sandbox', ...args] });
}

export interface Watched {
  readonly page: Page;
  /** What the console said, what failed, what was asked of another machine; violations of the policy are among it. */
  readonly faults: string[];
}

export async function watchedPage(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ baseURL: base, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || isOfDriver(message.text())) return;
    faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('requestfailed', (request) => {
    // What is no longer waited for is cancelled on purpose.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== base) faults.push(`asked elsewhere: ${request.url()}`);
  });
  return { page, faults };
}

/** A machine without a graphics card draws slowly, and its browser says so. */
function isOfDriver(message: string): boolean {
  return message.includes('GL Driver Message (OpenGL, Performance');
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe objects to in the page as it is, with the beginnings of the elements. */
export async function objectionsTo(page: Page): Promise<unknown> {
  // The policy of the pages lets no script in but their own, so axe comes in by the browser's own door.
  const session = await page.context().newCDPSession(page);
  const source = `window.axe || (() => { ${axe.source} })(); axe.run({ runOnly: ${JSON.stringify(RULES)} })
    .then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) =>
      [id, nodes.map(({ html }) => html.slice(0, 120))])))`;
  const { result } = await session.send('Runtime.evaluate', { expression: source, awaitPromise: true });
  await session.detach();
  return JSON.parse(String(result.value));
}

/** What stands out of the window and cannot be scrolled to, or what makes the whole page scroll sideways. */
const TOO_WIDE = `(() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth) return [];
  return [wide + ' of ' + innerWidth, ...[...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth)
    .map((one) => one.outerHTML.slice(0, 80))];
})()`;

export function widthOver(page: Page): Promise<string[]> {
  return page.evaluate(TOO_WIDE);
}
