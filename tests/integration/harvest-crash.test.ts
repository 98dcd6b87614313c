/** kill -9 in the middle of a harvest, again and again: it goes on from its position, and all papers are there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { madePapers, startServices } from '../sources/stand-in-services.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/cli/main.js');
const PAPERS = 2_000;
const PAGE = 20;
const MOST_LIVES = 60;

async function live(environment: Record<string, string>, lifeMs: number): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, 'add', 'arxiv-oai:cs'], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const exited = once(child, 'exit');
  const timer = sleep(lifeMs, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
  const [code] = (await exited) as [number | null];
  void timer;
  return code;
}

test('a harvest that is killed goes on where it was', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-harvest-'));
  const papers = madePapers(PAPERS);
  const service = await startServices({ papers, pageSize: PAGE, delayMs: 15 });
  const environment = {
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: join(dir, 'index'),
    PHAROS_MODEL: 'hashing',
    PHAROS_SOURCE_URLS: service.sourceUrls,
  };
  try {
    let lives = 0;
    let code: number | null = null;
    while (code === null && lives < MOST_LIVES) {
      const isLast = ++lives > 8;
      code = await live(environment, isLast ? 120_000 : 700 + Math.random() * 900);
    }
    expect(code).toBe(0);
    expect(lives).toBeGreaterThan(2);
    const reader = await openEmbeddedReader({ dir: join(dir, 'index') });
    const stored = await reader.get(papers.map(({ id }) => id));
    await reader.close();
    expect(stored.filter((paper) => paper === undefined)).toEqual([]);
    // A page is asked for again only where a life ended between its coming and its being safe.
    expect(service.asked.length).toBeLessThanOrEqual(PAPERS / PAGE + 2 * lives);
  } finally {
    await service.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
