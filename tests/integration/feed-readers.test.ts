/** The built program over the papers of the sample, asked by the clients that people have. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FEED_PYTHON, runPython, WITHOUT_PYTHON } from '../feeds/run-python.ts';

const NAME = FEED_PYTHON ? '' : ` (skipped: ${WITHOUT_PYTHON})`;

/** By words alone, so that no model has to embed the sample first. */
async function serveSample(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pharos-feeds-'));
  const args = [
    'dist/cli/main.js',
    'serve',
    '--sample',
    'data/sample.jsonl',
    '--index',
    join(folder, 'index'),
  ];
  const child = spawn(process.execPath, [...args, '--model', 'hashing', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const [line] = await once(child.stdout, 'data');
  return JSON.parse(String(line)).url;
}

it.skipIf(!FEED_PYTHON)(`a server is read by arxiv and feedparser${NAME}`, async () => {
  const url = await serveSample();
  const searches = [
    { query: '(ti:attention OR ti:transformers) ANDNOT au:vaswani', sort_by: 'submittedDate', page_size: 2 },
    { query: 'cat:hep-th', max_results: null, page_size: 7 },
    { query: 'black holes', max_results: 15, page_size: 10 },
  ];
  const lines = (await runPython(['scripts/arxiv-client.py', url], JSON.stringify(searches)))
    .trim()
    .split('\n');
  const [logic, category, question] = lines.map(
    (line) => JSON.parse(line) as { title: string; authors: string[] }[],
  );
  expect(logic?.length).toBeGreaterThan(1);
  for (const { title, authors } of logic ?? []) {
    expect(title).toMatch(/attention|transform/i);
    expect(authors.join()).not.toContain('Vaswani');
  }
  expect(category?.length).toBeGreaterThan(7);
  expect(question).toHaveLength(15);
  const feed = JSON.parse(
    await runPython(['scripts/parse-feeds.py', `${url}/feeds/search.atom?q=black+holes`]),
  );
  expect([feed.version, feed.bozo, feed.again, feed.entries.length]).toEqual(['atom10', false, 304, 20]);
});
