import { chmod } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/fault/app-error.ts';
import { FORMATS } from '../../src/ingest/detect-format.ts';
import { readPapers } from '../../src/ingest/open-source.ts';
import type { Row } from '../../src/ingest/row.ts';
import { brief, collect, rowsOf, temporaryFolder } from './sources.ts';

const folder = temporaryFolder();
const jsonl = (...titles: string[]) => titles.map((title) => `${JSON.stringify({ title })}\n`).join('');
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => `Paper ${at} ${'word '.repeat(at % 40)}`);

describe('readPapers', () => {
  it('reads a file and says where each row stood', async () => {
    const path = await folder.write('two.jsonl', `${jsonl('One')}\n${jsonl('Two')}`);
    expect(await collect(readPapers(path))).toMatchObject([
      { place: { file: path, line: 1 }, paper: { title: 'One' } },
      { place: { file: path, line: 3 }, paper: { title: 'Two' } },
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['plain UTF-8', Buffer.from(jsonl('Größe', '深度'))],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${jsonl('Größe', '深度')}`)],
    ['CRLF, no last line feed', Buffer.from(jsonl('Größe', '深度').replaceAll('\n', '\r\n').trimEnd())],
    ['UTF-16LE', Buffer.from(`\ufeff${jsonl('Größe', '深度')}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${jsonl('Größe', '深度')}`, 'utf16le').swap16()],
    ['gzip', gzipSync(jsonl('Größe', '深度'))],
    ['gzip in two members', Buffer.concat([gzipSync(jsonl('Größe')), gzipSync(jsonl('深度'))])],
    ['gzip of UTF-16', gzipSync(Buffer.from(`\ufeff${jsonl('Größe', '深度')}`, 'utf16le'))],
  ])('reads %s', async (_, bytes) => {
    expect((await rowsOf(bytes)).map(brief)).toEqual(['1 Größe', '2 深度']);
  });

  it.each(['', '\n \r\n', '\ufeff'])('finds nothing in %j, and does not mind', async (text) => {
    expect(await rowsOf(text)).toEqual([]);
    expect(await rowsOf(gzipSync(text))).toEqual([]);
  });

  it('counts every bad row and goes on', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"title":"One"}\n{"title":\n[1]\n"text"\nnull\n{"abstract":"x"}\n'),
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x0a]),
      Buffer.from(`{"title":"Long","abstract":"${'x'.repeat(5_000_000)}"}\n`),
      Buffer.from('{"title":"Two","published":"2023-02-30"}\n{"title":"Three"}'),
    ]);
    const rows = await rowsOf(bytes);
    expect(rows.map(brief)).toEqual([
      '1 One',
      expect.stringMatching(/^2 !The row is broken JSON: /),
      '3 !The row is JSON, but not an object',
      '4 !The row is JSON, but not an object',
      '5 !The row is JSON, but not an object',
      '6 !The title is missing',
      '7 !The row is not UTF-8 text',
      '8 !The row is longer than 4 MiB',
      expect.stringMatching(/^9 !.*2023-02-30/),
      '10 Three',
    ]);
    const codes = rows.flatMap((row) => ('fault' in row ? [row.fault.code] : []));
    expect(new Set(codes)).toEqual(new Set(['ROW_INVALID']));
  });

  it('takes the word of the caller for the format', async () => {
    const row =
      '{"id":"1706.03762","title":"T","authors_parsed":[["Lovelace","Ada",""]],"authors":"A. Turing"}';
    const [asJsonl] = await rowsOf(row, { format: 'jsonl' });
    const [asArxiv] = await rowsOf(row, { format: 'arxiv' });
    expect(asJsonl).toMatchObject({ paper: { authors: ['A. Turing'] } });
    expect(asArxiv).toMatchObject({ paper: { authors: ['Ada Lovelace'] } });
  });

  it('reports the bytes read, before they are unpacked', async () => {
    const bytes = gzipSync(jsonl(...numbered(500)));
    let read = 0;
    await rowsOf(bytes, {
      onBytes: (count) => {
        read += count;
      },
    });
    expect(read).toBe(bytes.length);
  });
});

describe('readPapers refuses', () => {
  it('what is not there, may not be read, or is a folder', async () => {
    await expect(collect(readPapers(folder.path('absent.jsonl')))).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringMatching(/absent\.jsonl does not exist/),
    });
    await expect(collect(readPapers(folder.path('.')))).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringMatching(/is a directory/),
    });
  });

  it.skipIf(process.getuid?.() === 0)('what this user may not read', async () => {
    const path = await folder.write('secret.jsonl', jsonl('T'));
    await chmod(path, 0);
    await expect(collect(readPapers(path))).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  it.each([
    ['an image', '\x89PNG\r\n\x1a\n\0\0\0'],
    ['prose', 'It was a dark and stormy night.\n'],
    ['a JSON array', '[{"title":"T"}]'],
  ])('%s', async (_, text) => {
    await expect(rowsOf(text)).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
      message: expect.stringMatching(/Standard input .*jsonl, arxiv, csv/),
    });
  });
});

describe('readPapers, when a source fails half-way', () => {
  const until = async (bytes: Uint8Array): Promise<{ rows: Row[]; error: unknown }> => {
    const rows: Row[] = [];
    try {
      const stdin = Readable.from([bytes], { objectMode: false });
      for await (const row of readPapers('-', { stdin })) rows.push(row);
    } catch (error) {
      return { rows, error };
    }
    throw new Error('nothing failed');
  };

  it('gives every whole row of a cut-off gzip, then says so', async () => {
    const packed = gzipSync(jsonl(...numbered(5_000)));
    const { rows, error } = await until(packed.subarray(0, packed.length / 2));
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows.every((row) => 'paper' in row)).toBe(true);
    expect(error).toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringMatching(new RegExp(`cut off.*up to line ${rows.length} `)),
    });
  });

  it('gives the rows of a small one too, where only the end of the gzip is missing', async () => {
    const { rows } = await until(gzipSync(jsonl('One', 'Two')).subarray(0, -4));
    expect(rows.map(brief)).toEqual(['1 One', '2 Two']);
  });

  it('gives what came before the damage', async () => {
    const packed = Buffer.from(gzipSync(jsonl(...numbered(5_000))));
    const middle = packed.length >> 1;
    packed.fill(0xff, middle, middle + 64);
    const { rows, error } = await until(packed);
    expect(rows.length).toBeGreaterThan(500);
    expect(error).toMatchObject({ code: 'SOURCE_UNREADABLE', message: expect.stringMatching(/damaged/) });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const path = await folder.write('many.jsonl', jsonl(...numbered(20_000)));
    const reading = (async () => {
      for await (const row of readPapers(path, { signal: stop.signal }))
        if (row.place.line === 10) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(collect(readPapers(path, { signal: stop.signal }))).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });

  it('stops waiting for standard input when it is told to', async () => {
    const stdin = new Readable({ read: () => undefined });
    const stop = new AbortController();
    const reading = collect(readPapers('-', { stdin, signal: stop.signal }));
    setTimeout(() => stop.abort(), 10);
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

describe('readPapers, given anything', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          '{"title":',
          '"T"',
          '}',
          '{',
          '\n',
          'title,year',
          ',',
          '"',
          '[',
          ']',
          '\\u0000',
          'null',
          '\t;',
          'é',
        ),
        { maxLength: 40 },
      )
      .map((parts) => Buffer.from(parts.join(''))),
  );

  it('ends, with rows or an AppError', async () => {
    const format = fc.option(fc.constantFrom(...FORMATS), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(bytes, format, fc.boolean(), async (content, chosen, isPacked) => {
        const options = chosen === undefined ? {} : { format: chosen };
        try {
          const rows = await rowsOf(isPacked ? gzipSync(content) : content, options);
          const faults = rows.flatMap((row) => ('fault' in row ? [row.fault.code] : []));
          expect(faults.every((code) => code === 'ROW_INVALID')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its memory, however long the source', async () => {
    const megabyte = 1024 * 1024;
    const line = `${JSON.stringify({ title: 'A paper', abstract: 'word'.repeat(2_500) })}\n`;
    const block = line.repeat(10);
    const blocks = 2_000;
    async function* long(): AsyncGenerator<Buffer> {
      for (let count = 0; count < blocks; count += 1) yield Buffer.from(block);
    }
    const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const before = used();
    let rows = 0;
    let most = 0;
    for await (const _ of readPapers('-', { stdin: Readable.from(long(), { objectMode: false }) })) {
      rows += 1;
      if (rows % 100 === 0) most = Math.max(most, used() - before);
    }
    expect(rows).toBe(10 * blocks);
    expect(block.length * blocks).toBeGreaterThan(190 * megabyte);
    expect(most).toBeLessThan(120 * megabyte);
  });
});
