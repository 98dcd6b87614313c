import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { Turnstile } from '../../src/http/turnstile.ts';
import { fakeClock } from '../sources/set-up.ts';

const CHILD = resolve(import.meta.dirname, 'lane-child.ts');
const LANE = { name: 'shared', intervalMs: 3_000 };

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'pharos-turnstile-'));
}

it('lets one process through at a time, with the interval between them', async () => {
  const dir = folder();
  const outputs = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dir, '3', '60'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      return output;
    }),
  );
  const stays = outputs
    .flatMap((output) => output.trim().split('\n'))
    .map((line) => line.split(' ').map(Number))
    .sort(([a = 0], [b = 0]) => a - b);
  expect(stays).toHaveLength(9);
  stays.slice(1).forEach(([from = 0], at) => {
    // The clock counts whole milliseconds, and each may be off by one.
    expect(from - (stays[at]?.[1] ?? 0)).toBeGreaterThanOrEqual(58);
  });
}, 30_000);

it('is not held up by a moment that a wrong clock wrote', async () => {
  const dir = folder();
  const clock = fakeClock();
  for (const moment of [String(clock.nowMs() + 86_400_000), 'nonsense', '']) {
    writeFileSync(join(dir, 'shared.next'), moment);
    expect(await new Turnstile(dir, { clock }).pass(LANE, async () => 'in')).toBe('in');
  }
  expect(clock.slept).toEqual([]);
});

it('does not let anybody in whose signal has aborted', async () => {
  const controller = new AbortController();
  const turnstile = new Turnstile(folder(), { clock: fakeClock(), signal: controller.signal });
  let entered = 0;
  await turnstile.pass(LANE, async () => entered++);
  controller.abort(new Error('enough'));
  await expect(turnstile.pass(LANE, async () => entered++)).rejects.toThrow('enough');
  expect(entered).toBe(1);
});
