/** However a process ends, the threads of the model must not turn its exit code into that of a crash. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const CHILD = resolve(import.meta.dirname, 'exit-child.ts');

function exitCode(way: string): Promise<number | string | null | undefined> {
  return new Promise((done) => {
    const child = execFile(process.execPath, ['--import', 'tsx', CHILD, way], (error) => {
      done(error ? (error.signal ?? error.code) : child.exitCode);
    });
  });
}

describe('a process that has embedded', () => {
  it.each([
    ['calls process.exit at work', 'exit', 7],
    ['has nothing more to do, without closing the embedder', 'idle', 0],
  ])('ends as it should when it %s', { timeout: 60_000 }, async (_, way, code) => {
    expect(await exitCode(way)).toBe(code);
  });
});
