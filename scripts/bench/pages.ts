/**
 * The pages at 100,000 papers: how long the server takes for each, beside the JSON answer to the same question of the same
 * server in the same run; what a browser fetches for it; and what the browser of this machine makes of it.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { readQuestions, SHARED_QUESTIONS, startProgram, stopProgram } from './http.ts';
import { latencyOf, round } from './measure.ts';
import { type PageWeight, weighPage } from './page-weight.ts';

export interface PagesBenchOptions {
  /** A built index. */
  readonly index: string;
  /** JSON Lines with a `text` in each, gzipped. */
  readonly questions?: string;
  /** Questions, papers, days: how many of each are asked for. */
  readonly times?: number;
}

interface Subject {
  readonly name: string;
  readonly pages: readonly string[];
  /** What says the same as JSON; where nothing does, what costs nothing but answering at all. */
  readonly yardsticks: readonly string[];
}

interface Seen {
  readonly largestContentfulPaintMs: number;
  readonly layoutShift: number;
}

interface PageResult extends PageWeight {
  readonly yardstick: string;
  /** As asked for the first time. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Medians of asking again, the page and its yardstick. */
  readonly againMs: number;
  readonly yardstickMs: number;
  readonly againToYardstick: number;
  /** Null where there is no browser. */
  readonly inBrowser: Seen | null;
}

const BROWSER = '/usr/bin/chromium';
const FACETS = 'facets=year,category,venue,author,source,code&facetLimit=8';

export async function benchPages({
  index,
  questions = SHARED_QUESTIONS,
  times = 100,
}: PagesBenchOptions): Promise<Readonly<Record<string, PageResult>>> {
  const { child, url } = await startProgram('dist/cli/main.js', ['--index', index, '--port', '0']);
  try {
    const asked = (await readQuestions(questions)).slice(0, times);
    const results: Record<string, PageResult> = {};
    for (const subject of await subjectsOf(url, asked)) results[subject.name] = await measure(url, subject);
    return results;
  } finally {
    await stopProgram(child);
  }
}

async function subjectsOf(url: string, questions: readonly string[]): Promise<Subject[]> {
  const papers = await somePapers(url, questions.length);
  const queries = questions.map((question) => new URLSearchParams({ q: question }).toString());
  const days = papers.flatMap(({ published = '' }) => (published.length === 10 ? [published] : []));
  const all = (path: string) => questions.map(() => path);
  return [
    { name: '/', pages: all('/'), yardsticks: all('/healthz') },
    {
      name: '/search',
      pages: queries.map((query) => `/search?${query}`),
      yardsticks: queries.map((query) => `/api/v1/search?${query}&${FACETS}`),
    },
    {
      name: '/papers/{id}',
      pages: papers.map(({ id }) => `/papers/${id}`),
      yardsticks: papers.map(({ id }) => `/api/v1/papers/${id}/related`),
    },
    {
      name: '/papers?date=',
      pages: days.map((day) => `/papers?date=${day}`),
      yardsticks: days.map((day) => `/api/v1/daily?date=${day}`),
    },
    {
      name: '/related?text=',
      pages: papers.map(({ id }) => `/related?text=${id}`),
      yardsticks: papers.map(({ id }) => `/api/v1/papers/${id}/related`),
    },
    { name: '/status', pages: all('/status'), yardsticks: all('/api/v1/status') },
    { name: '/subscribe', pages: all('/subscribe?q=attention'), yardsticks: all('/healthz') },
  ];
}

interface Listed {
  readonly id: string;
  readonly published?: string;
}

/** Spread over the corpus by asking for what has little in common. */
async function somePapers(url: string, count: number): Promise<Listed[]> {
  const papers = new Map<string, Listed>();
  for (const topic of [
    'galaxies',
    'proteins',
    'graphs',
    'lasers',
    'markets',
    'translation',
    'primes',
    'robots',
  ]) {
    const answer = await fetch(`${url}/api/v1/search?q=${topic}&limit=${Math.ceil(count / 4)}`);
    const { hits } = (await answer.json()) as { hits: { paper: Listed }[] };
    for (const { paper } of hits) papers.set(paper.id, paper);
  }
  return [...papers.values()].slice(0, count);
}

async function measure(url: string, { pages, yardsticks }: Subject): Promise<PageResult> {
  const ask = async (path: string) => {
    const answer = await fetch(url + path);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  };
  const first = await latencyOf(pages, ask, { warmUp: 0 });
  const yardstick = await latencyOf(yardsticks, ask, { warmUp: 0 });
  const again = await latencyOf(pages, ask, { warmUp: 0 });
  const [path = '/'] = pages;
  return {
    yardstick: String(yardsticks[0]).replace(/\?.*/, ''),
    ...{ p50Ms: first.p50Ms, p95Ms: first.p95Ms },
    ...{ againMs: again.p50Ms, yardstickMs: yardstick.p50Ms },
    againToYardstick: round(again.p50Ms / yardstick.p50Ms),
    ...(await weighPage(url, path)),
    inBrowser: await look(url + path),
  };
}

/** In a browser that has nothing of the page yet. */
async function look(address: string): Promise<Seen | null> {
  if (!existsSync(BROWSER)) return null;
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // The first page of a browser waits for the browser.
    await page.goto('data:text/html,<p>warm');
    await page.goto(address, { waitUntil: 'networkidle' });
    return await page.evaluate<Seen>(SEEN);
  } finally {
    await browser.close();
  }
}

const SEEN = `new Promise((done) => {
  const entries = (type) => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
    setTimeout(() => resolve([]), 200);
  });
  Promise.all([entries('largest-contentful-paint'), entries('layout-shift')]).then(([paints, shifts]) => done({
    largestContentfulPaintMs: Math.round(paints.at(-1)?.startTime ?? 0),
    layoutShift: Number(shifts.reduce((sum, { value }) => sum + value, 0).toFixed(4)),
  }));
})`;
