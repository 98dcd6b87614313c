import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

function stage(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 80,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  let now = 0;
  const progress = createProgress(stream, { lineEveryMs: 5000, nowMs: () => now });
  return {
    progress,
    at: (ms: number, done: number, total?: number) => {
      now = ms;
      progress.onProgress({ stage: 'embed', done, ...(total !== undefined && { total }) });
    },
    wait: (ms: number) => {
      now = ms;
    },
    written: () => String(stream.read() ?? ''),
  };
}

describe('createProgress where there is no terminal', () => {
  it('writes a plain line every few seconds with count, rate and time left', () => {
    const { at, written } = stage(false);
    at(100, 10, 1000);
    at(4000, 100, 1000);
    expect(written()).toBe('');
    at(10_100, 310, 1000);
    at(10_200, 320, 1000);
    expect(written()).toBe('Embedding papers  310 of 1,000 · 31/s · 23 s left\n');
  });

  it('counts bytes as people read them, and takes no speed from what was there before', () => {
    const { progress, wait, written } = stage(false);
    wait(0);
    progress.onProgress({ stage: 'fetch', unit: 'bytes', done: 20e6, total: 34e6, initial: 20e6 });
    wait(6000);
    progress.onProgress({ stage: 'fetch', unit: 'bytes', done: 26e6, total: 34e6, initial: 20e6 });
    expect(written()).toBe('Fetching  26.0 MB of 34.0 MB · 1.00 MB/s · 8 s left\n');
  });

  it('does without a total', () => {
    const { at, written } = stage(false);
    at(0, 1);
    at(6000, 12_000);
    expect(written()).toBe('Embedding papers  12,000 · 2,000/s\n');
  });
});

describe('createProgress on a terminal', () => {
  it('draws a bar', () => {
    const { at, progress, written } = stage(true);
    at(0, 0, 1000);
    at(10_000, 500, 1000);
    progress.stop();
    const text = stripVTControlCharacters(written());
    expect(text).toContain('░');
    expect(text).toContain('Embedding papers');
    progress.stop();
  });
});
