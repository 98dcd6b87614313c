/**
 * Clients of Python against a server of this process. Needs a Python with arxiv and feedparser, named by
 * FEED_PYTHON; `.ci/run` makes one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';

export const FEED_PYTHON = process.env.FEED_PYTHON;
export const WITHOUT_PYTHON = 'FEED_PYTHON names no Python with arxiv and feedparser';

/** What it printed. The server goes on answering meanwhile. */
export async function runPython(args: readonly string[], input = ''): Promise<string> {
  const child = spawn(FEED_PYTHON ?? '', args);
  child.stdin.end(input);
  const [printed, complaints] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect(`${child.exitCode} ${complaints}`).toMatch(/^0 /);
  return printed;
}
