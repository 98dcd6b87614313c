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
