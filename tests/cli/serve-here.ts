/** `pharos serve` in this process, until the test ends. */
import { PassThrough, Readable } from 'node:stream';
import { expect, onTestFinished, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';

const PATIENCE = { timeout: 15_000, interval: 50 };

export async function serveHere(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const stop = new AbortController();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const printed: string[] = [];
  const logged: string[] = [];
  stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  stderr.on('data', (chunk: Buffer) => logged.push(chunk.toString()));
  const ended = run(['serve', '--port', '0', '--json', ...parameters], {
    stdin: Readable.from([]),
    stdout,
    stderr,
    environment: { PHAROS_MODEL: 'hashing', ...environment },
    interruptible: () => stop.signal,
  });
  const close = async () => {
    stop.abort();
    return ended;
  };
  onTestFinished(async () => void (await close()));
  await vi.waitFor(() => expect(printed.join('')).toContain('url'), PATIENCE);
  return { url: JSON.parse(printed.join('')).url as string, close, log: () => logged.join('') };
}
