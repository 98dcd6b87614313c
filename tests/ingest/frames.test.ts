import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvBoundary } from '../../src/ingest/csv-boundary.ts';
import { type FrameOptions, frames } from '../../src/ingest/frames.ts';
import { chunksOf, collect } from './sources.ts';

const cut = async (text: string, options: FrameOptions = {}, chunkSize = 3) => {
  const found = await collect(frames(chunksOf(Buffer.from(text), chunkSize), options));
  return found.map(({ line, bytes }) => [line, bytes?.toString()]);
};

describe('frames', () => {
  it('are the lines, empty ones and a last one without line feed included', async () => {
    expect(await cut('one\n\nthree\r\nfour')).toEqual([
      [1, 'one'],
      [2, ''],
      [3, 'three\r'],
      [4, 'four'],
    ]);
    expect(await cut('')).toEqual([]);
    expect(await cut('one\n')).toEqual([[1, 'one']]);
  });

  it('agree with split, however the bytes arrive', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '\n', '\r'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (content, chunkSize) => {
        const lines = content.split('\n');
        if (lines.at(-1) === '') lines.pop();
        expect(await cut(content, {}, chunkSize)).toEqual(lines.map((line, at) => [at + 1, line]));
      }),
    );
  });

  it('pass over a row that is too long and go on after it', async () => {
    const rows = await cut(`ok\n${'x'.repeat(50)}\n12345678\n123456789\nend`, { maxBytes: 8 });
    expect(rows).toEqual([
      [1, 'ok'],
      [2, undefined],
      [3, '12345678'],
      [4, undefined],
      [5, 'end'],
    ]);
  });

  it('never hold a row longer than allowed', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    let heldMost = 0;
    const before = process.memoryUsage();
    async function* endless(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 300; count += 1) {
        yield Buffer.from(megabyte);
        heldMost = Math.max(heldMost, process.memoryUsage().arrayBuffers - before.arrayBuffers);
      }
    }
    expect(await collect(frames(endless(), { maxBytes: 4 * megabyte.length }))).toEqual([
      { line: 1, bytes: undefined },
    ]);
    expect(heldMost).toBeLessThan(150 * megabyte.length);
  });
});

describe('csvBoundary', () => {
  const boundary = () => csvBoundary(',');

  it('does not end a row inside quotation marks', async () => {
    const rows = await cut('a,"b\nb ""x""\n",c\n"",d\n5" pipe,e\nf', { boundary: boundary() }, 1);
    expect(rows).toEqual([
      [1, 'a,"b\nb ""x""\n",c'],
      [4, '"",d'],
      [5, '5" pipe,e'],
      [6, 'f'],
    ]);
  });

  it('lets go of an unclosed quotation mark once the row is too long', async () => {
    const rows = await cut(`a,"never closed ${'x'.repeat(20)}\nnext,row\nlast,row\n`, {
      boundary: boundary(),
      maxBytes: 16,
    });
    expect(rows).toEqual([
      [1, undefined],
      [2, 'next,row'],
      [3, 'last,row'],
    ]);
  });

  it('finds the same rows however the bytes arrive', async () => {
    const text = fc.array(fc.constantFrom('a', ',', '"', '""', '\n', '\r\n'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (parts, chunkSize) => {
        const content = parts.join('');
        const whole = await cut(content, { boundary: boundary() }, 1_000);
        expect(await cut(content, { boundary: boundary() }, chunkSize)).toEqual(whole);
        const joined = whole.map(([, row]) => row).join('\n');
        expect([joined, `${joined}\n`]).toContain(content);
      }),
    );
  });
});
