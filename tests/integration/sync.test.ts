/** Syncs as they run: beside a server that answers, killed in the middle, and two at once. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { readSubscriptions } from '../../src/sync/subscription-list.ts';
import { madePapers, type StandIn, startServices } from '../sources/stand-in-services.ts';

const MAIN = resolve(import.meta.dirname, '../../dist/cli/main.js');
const PAPERS = madePapers(600);
const PAGE = 20;
const MOST_MS = 150_000;

let service: StandIn;
let dir: string;
let index: string;

beforeEach(async () => {
  service = await startServices({ papers: PAPERS, pageSize: PAGE, delayMs: 20 });
  dir = mkdtempSync(join(tmpdir(), 'pharos-sync-'));
  index = join(dir, 'index');
});
afterEach(async () => {
  await service.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(...parameters: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const environment = {
    XDG_CACHE_HOME: dir,
    PHAROS_INDEX: index,
    PHAROS_MODEL: 'hashing',
    PHAROS_SOURCE_URLS: service.sourceUrls,
  };
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function pharos(...parameters: string[]) {
  const child = start(...parameters);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, code: code as number | null };
}

async function missing(): Promise<number> {
  const reader = await openEmbeddedReader({ dir: index });
  const stored = await reader.get(PAPERS.map(({ id }) => id));
  await reader.close();
  return stored.filter((paper) => paper === undefined).length;
}

it('a server answers while it syncs, finds what comes, and ends with its sync', async () => {
  await pharos('add', 'data/sample.jsonl');
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs', '--every', '0 0 1 1 *');
  const server = start('serve', '--sync', '--port', '0', '--json');
  const log = text(server.stderr);
  const [line] = await once(server.stdout, 'data');
  const { url } = JSON.parse(String(line));
  const ask = async (path: string) => (await fetch(`${url}/api/v1/${path}`)).json();
  let asked = 0;
  await vi.waitFor(
    async () => {
      const { total } = (await ask('search?q=theory+of+things&mode=keyword')) as { total: number };
      asked++;
      expect(total).toBeGreaterThanOrEqual(PAPERS.length);
    },
    { timeout: MOST_MS, interval: 20 },
  );
  expect(asked).toBeGreaterThan(1);
  await vi.waitFor(
    async () =>
      expect(await ask('sources')).toMatchObject({
        sources: [{ name: 'cs', begun: null, last: { outcome: 'fine', added: PAPERS.length } }],
      }),
    { timeout: MOST_MS },
  );
  expect(await ask('status')).toMatchObject({ health: { ok: true } });
  server.kill('SIGTERM');
  expect((await once(server, 'exit'))[0]).toBe(0);
  expect(await log).toContain('"source":"cs","outcome":"fine"');
});

it('a sync that is killed goes on where it was', async () => {
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs', '--every', '0 0 1 1 *');
  let lives = 0;
  let code: number | null = null;
  while (code === null && lives < 12) {
    const child = start('sync', '--due');
    const isLast = ++lives > 3;
    const before = service.asked.length;
    // So that each life gets somewhere, however slow the machine is.
    if (!isLast) {
      await vi.waitFor(() => expect(service.asked.length).toBeGreaterThan(before + 2), { timeout: MOST_MS });
      await sleep(Math.random() * 40);
      child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    code = child.exitCode;
    if (!isLast) expect(await readSubscriptions(index)).toMatchObject([{ begun: expect.any(String) }]);
  }
  expect(code).toBe(0);
  expect(lives).toBe(4);
  expect(await missing()).toBe(0);
  expect(await readSubscriptions(index)).toMatchObject([{ last: { outcome: 'fine' }, failures: 0 }]);
  expect(service.asked.length).toBeLessThanOrEqual(PAPERS.length / PAGE + 2 * lives);
});

it('two syncs do not overlap', async () => {
  await pharos('source', 'add', 'cs', 'arxiv-oai:cs', '--every', '0 0 1 1 *');
  service.trouble({ silentMs: 600_000 });
  const first = start('sync');
  await vi.waitFor(() => expect(service.asked).toHaveLength(1), { timeout: MOST_MS });
  const refused = await pharos('sync');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`Process ${first.pid} is syncing the sources of`);
  const waiting = pharos('sync', '--due', '--wait');
  first.kill('SIGTERM');
  expect((await once(first, 'exit'))[0]).toBe(1);
  expect(await waiting).toMatchObject({ code: 0, stdout: expect.stringContaining('600 new') });
  expect(service.asked).toHaveLength(1 + PAPERS.length / PAGE);
  // Whoever comes after that finds nothing to do.
  expect(await pharos('sync', '--due', '--wait')).toMatchObject({ code: 0, stderr: 'No source is due.\n' });
});
