/** A graph comes back from its packed file as it was, or is refused. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHnswHeader, readHnswLinks, readHnswVectors } from '../../../src/engine/embedded/hnsw-file.ts';
import { HnswGraph } from '../../../src/engine/embedded/hnsw-graph.ts';
import { packGraph, unpackGraph } from '../../../src/engine/embedded/packed-graph.ts';
import { decodeFloat16, encodeFloat16 } from '../../../src/vector/float16.ts';
import { randomUnitVectors } from './random-vectors.ts';

const dimensions = 24;
const count = 600;
const expected = { dimensions, count };
const vectors = randomUnitVectors(count + 200, { dimensions, seed: 5 }).map(asStored);
const folder = mkdtempSync(join(tmpdir(), 'pharos-packed-'));
const at = (name: string): string => join(folder, name);
const scratch = at('scratch');
const [plain, packed] = [at('plain.bin'), at('packed.bin')];
const damaged = expect.objectContaining({ code: 'INDEX_DAMAGED' });

/** As papers.db gives it back. */
function asStored(vector: Float32Array): Float32Array {
  return decodeFloat16(encodeFloat16(vector));
}

function graphOf(some: readonly Float32Array[], length = dimensions): HnswGraph {
  const graph = HnswGraph.empty(length);
  for (const [docId, vector] of some.entries()) graph.add(docId, vector);
  return graph;
}

function bytesAfterGrowth(graph: HnswGraph): Buffer {
  for (const [docId, vector] of vectors.entries()) if (docId >= count) graph.add(docId, vector);
  const path = at('grown.bin');
  graph.save(path);
  return readFileSync(path);
}

beforeAll(async () => {
  graphOf(vectors.slice(0, count)).save(packed);
  await unpackGraph(packed, plain);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the packed file has the points, links and vectors of the plain one in half the room for vectors', () => {
  const [whole, half] = [readHnswHeader(plain), readHnswHeader(packed)];
  expect([whole.isPacked, half.isPacked]).toEqual([false, true]);
  expect([half.count, half.dimensions]).toEqual([count, dimensions]);
  expect(statSync(plain).size - statSync(packed).size).toBe(2 * dimensions * count - 8);
  expect(readHnswLinks(packed)).toEqual(readHnswLinks(plain));
  const docIds = new Set([0, 1, 77, count - 1, count]);
  const known = [...docIds].filter((docId) => docId < count);
  const own = new Map(known.map((docId) => [docId, vectors[docId]]));
  expect(readHnswVectors(packed, docIds)).toEqual(own);
  expect(readHnswVectors(plain, docIds)).toEqual(own);
});

test('packing what was unpacked gives the same file, byte for byte, for any float16 and any number of points', async () => {
  const half = fc.integer({ min: 0, max: 0xffff }).filter((bits) => (bits & 0x7c00) !== 0x7c00);
  const vector = fc
    .array(half, { minLength: 3, maxLength: 3 })
    .map((bits) => decodeFloat16(new Uint8Array(Uint16Array.from(bits).buffer)));
  await fc.assert(
    fc.asyncProperty(fc.array(vector, { maxLength: 40 }), async (some) => {
      const [first, flat, second] = [at('first.bin'), at('flat.bin'), at('second.bin')];
      graphOf(some, 3).save(first);
      await unpackGraph(first, flat);
      packGraph(flat, second);
      expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
      const held = readHnswVectors(first, new Set(some.keys()));
      for (const [docId, own] of some.entries()) expect(held.get(docId)).toEqual(own);
    }),
    { numRuns: 60 },
  );
});

test('components that are no float16 come back rounded by at most one part in 2,048, or 2^-25', () => {
  const component = fc.float({ min: -65_504, max: 65_504, noNaN: true });
  fc.assert(
    fc.property(fc.array(component, { minLength: 4, maxLength: 4 }), (components) => {
      const own = Float32Array.from(components);
      graphOf([own], 4).save(at('rounded.bin'));
      const held = readHnswVectors(at('rounded.bin'), new Set([0])).get(0) ?? [];
      for (const [place, value] of own.entries()) {
        const most = Math.max(Math.abs(value) / 2_048, 2 ** -25);
        expect(Math.abs((held[place] ?? Number.NaN) - value)).toBeLessThanOrEqual(most);
      }
    }),
    { numRuns: 60 },
  );
});

test('a graph grows from its packed file to the very graph that it grows to from the file of hnswlib', async () => {
  const fromPacked = bytesAfterGrowth(await HnswGraph.load(packed, expected, { scratch }));
  const fromPlain = bytesAfterGrowth(await HnswGraph.load(plain, expected, { scratch }));
  expect(fromPacked.equals(fromPlain)).toBe(true);
  expect(readHnswHeader(at('grown.bin')).count).toBe(vectors.length);
  expect(existsSync(scratch)).toBe(false);
});

test('saving leaves one file, and a graph of no points is one too', async () => {
  const path = at('empty.bin');
  HnswGraph.empty(dimensions).save(path);
  expect(readdirSync(folder).filter((name) => name.startsWith('empty.bin'))).toEqual(['empty.bin']);
  expect((await HnswGraph.load(path, { dimensions, count: 0 }, { scratch })).size).toBe(0);
});

describe('refused', () => {
  test.each([packed, plain])('%s cut off anywhere, or with something behind it', async (path) => {
    const bytes = readFileSync(path);
    const lengths = [0, 7, 8, 60, 103, 104, 5_000, bytes.length - 3_000, bytes.length - 5, bytes.length - 1];
    for (const length of lengths) {
      writeFileSync(at('cut.bin'), bytes.subarray(0, length));
      expect(() => readHnswHeader(at('cut.bin')), `${length} bytes`).toThrow(damaged);
      await expect(HnswGraph.load(at('cut.bin'), expected, { scratch })).rejects.toEqual(damaged);
    }
    writeFileSync(at('long.bin'), Buffer.concat([bytes, Buffer.alloc(4)]));
    expect(() => readHnswHeader(at('long.bin'))).toThrow(damaged);
  });

  test('a file of another kind, and one whose header says something else', () => {
    writeFileSync(at('other.bin'), 'PHGRAPH1 and then no graph at all'.repeat(20));
    expect(() => readHnswHeader(at('other.bin'))).toThrow(damaged);
    // The eight-byte numbers of the header that Pharos reads: points, bytes of a record, offsets, links.
    for (const word of [16, 24, 32, 40, 64]) {
      const bytes = readFileSync(packed);
      bytes.writeUInt8(bytes.readUInt8(8 + word) ^ 1, 8 + word);
      writeFileSync(at('other.bin'), bytes);
      expect(() => readHnswHeader(at('other.bin')), `header at ${word}`).toThrow(damaged);
    }
  });

  test('a graph that is not the expected one', async () => {
    const other = { ...expected, dimensions: 32 };
    await expect(HnswGraph.load(packed, other, { scratch })).rejects.toThrow(
      /of 24 dimensions, not 600 of 32/,
    );
    const fewer = { ...expected, count: 500 };
    await expect(HnswGraph.load(packed, fewer, { scratch })).rejects.toThrow(/600 points/);
    truncateSync(at('grown.bin'), 50);
    await expect(HnswGraph.load(at('grown.bin'), expected, { scratch })).rejects.toThrow(/not a whole graph/);
  });

  test('an unpacking that is aborted leaves nothing behind', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(HnswGraph.load(packed, expected, { scratch, signal })).rejects.toThrow('enough');
    expect(existsSync(scratch)).toBe(false);
  });
});

/** A link to the device on which every write fails for want of room. */
const FULL = '/dev/full';
describe.skipIf(!existsSync(FULL))('on a full disk', () => {
  const full = { code: 'DISK_FULL' };

  test('unpacking says so and leaves nothing behind', async () => {
    symlinkSync(FULL, scratch);
    await expect(HnswGraph.load(packed, expected, { scratch })).rejects.toMatchObject(full);
    expect(readdirSync(folder)).not.toContain('scratch');
  });

  test('saving says so, whether hnswlib meets it, which does not notice, or the packing', () => {
    const graph = graphOf(vectors.slice(0, 50));
    symlinkSync(FULL, at('one.bin.tmp'));
    expect(() => graph.save(at('one.bin'))).toThrow(expect.objectContaining(full));
    symlinkSync(FULL, at('two.bin'));
    expect(() => graph.save(at('two.bin'))).toThrow(expect.objectContaining(full));
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
