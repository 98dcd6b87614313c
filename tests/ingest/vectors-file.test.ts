import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openVectors } from '../../src/ingest/vectors-file.ts';
import { writeVectors } from '../../src/ingest/write-vectors.ts';
import { encodeFloat16 } from '../../src/vector/float16.ts';
import { collect, temporaryFolder } from './sources.ts';

const folder = temporaryFolder();
const model = { name: 'test-model', fingerprint: 'abc' };
const header = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ rows: 2, dimensions: 2, type: 'float16', byteOrder: 'little', model, ...fields });
const TWO_ROWS = encodeFloat16(Float32Array.of(0.6, 0.8, 3, 4));

describe('openVectors', () => {
  it('reads the rows in order, at unit length', async () => {
    const path = await folder.write('two.f16', TWO_ROWS);
    await folder.write('two.json', header());
    const file = await openVectors(path);
    expect(file.header).toMatchObject({
      rows: 2,
      dimensions: 2,
      model: { name: 'test-model', fingerprint: 'abc' },
    });
    const rows = await collect(file.rows());
    for (const row of rows) {
      expect(row[0]).toBeCloseTo(0.6, 3);
      expect(Math.hypot(...row)).toBeCloseTo(1, 6);
    }
    expect(rows).toHaveLength(2);
  });

  it.each<[string, Uint8Array, string | undefined, string, RegExp]>([
    [
      'a file of another length',
      TWO_ROWS.subarray(1),
      header(),
      'VECTORS_MISMATCH',
      /7 bytes.*2 rows of 2 float16.*8/,
    ],
    ['another type', TWO_ROWS, header({ type: 'float32' }), 'VECTORS_MISMATCH', /8 bytes.*16/],
    ['an unknown type', TWO_ROWS, header({ type: 'int8' }), 'VECTORS_MISMATCH', /\/type/],
    ['big-endian values', TWO_ROWS, header({ byteOrder: 'big' }), 'VECTORS_MISMATCH', /\/byteOrder/],
    ['no model', TWO_ROWS, header({ model: undefined }), 'VECTORS_MISMATCH', /\/model/],
    ['a description that is not JSON', TWO_ROWS, 'rows: 2', 'VECTORS_MISMATCH', /is not JSON/],
    ['no description', TWO_ROWS, undefined, 'SOURCE_UNREADABLE', /needs a description.*\.json/],
  ])('refuses %s', async (name, bytes, description, code, message) => {
    const stem = name.replaceAll(' ', '-');
    const path = await folder.write(`${stem}.bin`, bytes);
    if (description !== undefined) await folder.write(`${stem}.json`, description);
    await expect(openVectors(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('refuses what is not there, and the description itself', async () => {
    await expect(openVectors(folder.path('absent.f16'))).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    const path = await folder.write('itself.json', header());
    await expect(openVectors(path)).rejects.toMatchObject({ code: 'VECTORS_MISMATCH' });
  });

  it.each([
    ['zeros', [0, 0]],
    ['NaN', [Number.NaN, 1]],
    ['infinity', [Number.POSITIVE_INFINITY, 1]],
  ])('stops at a row of %s', async (name, values) => {
    const path = await folder.write(`${name}.f16`, encodeFloat16(Float32Array.of(1, 0, ...values)));
    await folder.write(`${name}.json`, header());
    await expect(collect((await openVectors(path)).rows())).rejects.toMatchObject({
      code: 'VECTORS_MISMATCH',
      message: expect.stringMatching(/^Row 2 of /),
    });
  });

  it('stops when it is told to', async () => {
    const path = await folder.write('stopped.f16', TWO_ROWS);
    await folder.write('stopped.json', header());
    const { rows } = await openVectors(path);
    await expect(collect(rows({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });
});

describe('writeVectors', () => {
  const unitVectors = (count: number, dimensions: number) =>
    Array.from({ length: count }, (_, row) => {
      const vector = Float32Array.from({ length: dimensions }, (__, at) => Math.sin(row * 7 + at + 1));
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });

  it.each(['float16', 'float32'] as const)('writes %s that openVectors reads back', async (type) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (count, dimensions) => {
          const vectors = unitVectors(count, dimensions);
          const path = folder.path(`again.${type}`);
          const written = await writeVectors(path, { rows: vectors, dimensions, type, model });
          const { header: read, rows } = await openVectors(path);
          expect(read).toEqual(written);
          expect(read.sha256).toBe(
            createHash('sha256')
              .update(await readFile(path))
              .digest('hex'),
          );
          const again = await collect(rows());
          expect(again).toHaveLength(count);
          again.forEach((vector, row) => {
            vector.forEach((value, at) => {
              expect(value).toBeCloseTo(vectors[row]?.[at] ?? Number.NaN, type === 'float32' ? 6 : 3);
            });
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('crosses the size of its buffers', async () => {
    const path = folder.path('large.f32');
    const dimensions = 1_000;
    const vectors = unitVectors(700, dimensions);
    await writeVectors(path, { rows: vectors, dimensions, type: 'float32', model });
    const again = await collect((await openVectors(path)).rows());
    expect(again.length).toBe(700);
    expect(again[699]?.[999]).toBeCloseTo(vectors[699]?.[999] ?? Number.NaN, 6);
  });

  it('leaves nothing behind when it fails, and an earlier pair whole', async () => {
    const path = folder.path('kept.f32');
    await writeVectors(path, { rows: unitVectors(3, 2), dimensions: 2, type: 'float32', model });
    async function* failing(): AsyncGenerator<Float32Array> {
      yield Float32Array.of(1, 0);
      throw new Error('the engine went away');
    }
    await expect(
      writeVectors(path, { rows: failing(), dimensions: 2, type: 'float32', model }),
    ).rejects.toThrow('the engine went away');
    const wrong = { rows: [Float32Array.of(1)], dimensions: 2, type: 'float32', model } as const;
    await expect(writeVectors(path, wrong)).rejects.toThrow(RangeError);
    expect((await openVectors(path)).header.rows).toBe(3);
    expect((await readdir(folder.path('.'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('refuses a place that cannot be written to', async () => {
    const options = { rows: [], dimensions: 2, type: 'float32', model } as const;
    await expect(writeVectors(folder.path('no/such/folder.f32'), options)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/folder\.f32 could not be written/),
    });
    await expect(writeVectors(folder.path('x.json'), options)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});

const SHARED = '../shared/vectors/arxiv-100k.f16';
describe('the vectors of the arXiv corpus', () => {
  it.skipIf(!existsSync(SHARED))('are read', { timeout: 60_000 }, async () => {
    const { header: description, rows } = await openVectors(SHARED);
    expect(description).toMatchObject({ rows: 100_000, dimensions: 384, model: { text: 'title\nabstract' } });
    let count = 0;
    for await (const row of rows()) {
      count += 1;
      if (row.length !== 384) throw new Error(`row ${count} has ${row.length} values`);
    }
    expect(count).toBe(100_000);
  });
});
