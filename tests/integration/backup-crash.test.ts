/** Backups and restorations that are killed at any instant: what they were to make is whole or not there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../data/sample.jsonl', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pharos-backup-crash-'));
const index = join(folder, 'index');
/** Between the start of the program and its end, as a busy machine has it. */
const MOMENTS = 8;

function pharos(...parameters: readonly string[]): ChildProcess {
  const env = { ...process.env, PHAROS_MODEL: 'hashing' };
  return spawn(process.execPath, [MAIN, ...parameters], { env, stdio: 'ignore' });
}

async function ran(...parameters: readonly string[]): Promise<number> {
  const [code] = await once(pharos(...parameters), 'exit');
  return Number(code);
}

/** Runs the command once to its end, then kills it at moments all over the time that took. */
async function killedAtMoments(
  command: (at: number) => readonly string[],
  after: (at: number) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  expect(await ran(...command(0))).toBe(0);
  await after(0);
  const tookMs = performance.now() - started;
  for (let at = 1; at <= MOMENTS; at++) {
    const child = pharos(...command(at));
    const ended = once(child, 'exit');
    await Promise.race([ended, sleep((tookMs * at) / MOMENTS)]);
    child.kill('SIGKILL');
    await ended;
    await after(at);
  }
}

beforeAll(async () => {
  expect(await ran('add', SAMPLE, '--index', index)).toBe(0);
  expect(await ran('library', 'add', '1706.03762', '--note', 'kept', '--index', index)).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('leaves the backup before, or the new one, and nothing between', async () => {
  const file = join(folder, 'papers.tar.gz');
  await killedAtMoments(
    () => ['backup', file, '--replace', '--index', index],
    async (at) => {
      const copy = join(folder, `copy-${at}.tar.gz`);
      copyFileSync(file, copy);
      expect(await ran('restore', copy, '--index', join(folder, `of-${at}`))).toBe(0);
    },
  );
}, 120_000);

it('restores all or nothing', async () => {
  const file = join(folder, 'whole.tar.gz');
  expect(await ran('backup', file, '--index', index)).toBe(0);
  await killedAtMoments(
    (at) => ['restore', file, '--index', join(folder, `restored-${at}`)],
    async (at) => {
      const restored = join(folder, `restored-${at}`);
      if (!existsSync(restored)) return;
      expect(readdirSync(restored)).toEqual(
        expect.arrayContaining(['papers.db', 'manifest.json', 'readers']),
      );
      expect(await ran('verify', '--index', restored)).toBe(0);
    },
  );
}, 120_000);
