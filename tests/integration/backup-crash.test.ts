/** Backups and restorations that are killed at any instant: what they were to make is whole or not there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../data/sample.jsonl', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pharos-backup-crash-'));
const index = join(folder, 'index');
/** After the folder in which something is made appears. Making it takes some tens of milliseconds here. */
const MOMENTS_MS = [0, 10, 40, 120];

function pharos(...parameters: readonly string[]): ChildProcess {
  const env = { ...process.env, PHAROS_MODEL: 'hashing' };
  return spawn(process.execPath, [MAIN, ...parameters], { env, stdio: 'ignore' });
}

async function ran(...parameters: readonly string[]): Promise<number> {
  const [code] = await once(pharos(...parameters), 'exit');
  return Number(code);
}

/** Kills the command while it makes something; the folder where it does so is hidden, and stays behind. */
async function killed(afterMs: number, ...parameters: readonly string[]): Promise<void> {
  const before = hidden().length;
  const child = pharos(...parameters);
  const ended = once(child, 'exit');
  while (hidden().length === before && child.exitCode === null) await sleep(1);
  await sleep(afterMs);
  child.kill('SIGKILL');
  const [, signal] = await ended;
  // At once after it has begun it cannot have come to its end.
  if (afterMs === 0) expect(signal).toBe('SIGKILL');
}

function hidden(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.'));
}

beforeAll(async () => {
  expect(await ran('add', SAMPLE, '--index', index)).toBe(0);
  expect(await ran('library', 'add', '1706.03762', '--note', 'kept', '--index', index)).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('leaves the backup before, or the new one, and nothing between', async () => {
  const file = join(folder, 'papers.tar.gz');
  expect(await ran('backup', file, '--index', index)).toBe(0);
  for (const ms of MOMENTS_MS) {
    await killed(ms, 'backup', file, '--replace', '--index', index);
    expect(await ran('restore', file, '--index', join(folder, `of-${ms}`))).toBe(0);
  }
}, 120_000);

it('restores all or nothing', async () => {
  const file = join(folder, 'whole.tar.gz');
  expect(await ran('backup', file, '--index', index)).toBe(0);
  for (const ms of MOMENTS_MS) {
    const restored = join(folder, `restored-${ms}`);
    await killed(ms, 'restore', file, '--index', restored);
    if (ms === 0) expect(existsSync(restored)).toBe(false);
    if (!existsSync(restored)) continue;
    expect(readdirSync(restored)).toEqual(expect.arrayContaining(['papers.db', 'manifest.json', 'readers']));
    expect(await ran('verify', '--index', restored)).toBe(0);
  }
}, 120_000);
