/**
 * kill -9 at random moments: whatever was acknowledged is there, nothing is there twice, nothing loses its vector,
 * and every structure agrees with the store.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { verifyIndex } from '../../src/engine/embedded/verify.ts';

const LIVES = 30;
const LONGEST_LIFE_MS = 700;
const CHILD = resolve(import.meta.dirname, 'crash-child.ts');

interface Acknowledged {
  readonly stored: Set<string>;
  readonly embedded: Set<string>;
}

/** Runs the child for a while after it has opened the index, kills it, and notes what it acknowledged. */
async function live(dir: string, acknowledged: Acknowledged, lifeMs: number): Promise<void> {
  const first = acknowledged.stored.size + 1;
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const allRead = once(lines, 'close');
  const opened = new Promise<void>((resolveOpened) => {
    lines.on('line', (line) => {
      const [what, id = ''] = line.split(' ');
      if (what === 'open') resolveOpened();
      if (what === 'stored') acknowledged.stored.add(id);
      if (what === 'embedded') acknowledged.embedded.add(id);
    });
  });
  await Promise.race([opened, exited]);
  await sleep(lifeMs);
  child.kill('SIGKILL');
  await exited;
  // Lines that were written before the kill may still be on their way.
  await allRead;
}

test('no acknowledged paper is lost, and the index verifies, after each of many kills', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-crash-'));
  const acknowledged: Acknowledged = { stored: new Set(), embedded: new Set() };
  try {
    for (let life = 0; life < LIVES; life++) {
      await live(dir, acknowledged, Math.random() ** 2 * LONGEST_LIFE_MS);
      const reader = await openEmbeddedReader({ dir });
      const stored = [...acknowledged.stored];
      expect((await reader.get(stored)).filter((paper) => paper === undefined)).toHaveLength(0);
      const vectors = await reader.vectors([...acknowledged.embedded]);
      expect(vectors.filter((vector) => vector === undefined)).toHaveLength(0);
      const ids: string[] = [];
      for await (const { paper } of reader.scan()) ids.push(paper.id);
      expect(new Set(ids).size).toBe(ids.length);
      await reader.close();
    }
    const report = await verifyIndex({ dir });
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(acknowledged.stored.size).toBeGreaterThan(LIVES);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
