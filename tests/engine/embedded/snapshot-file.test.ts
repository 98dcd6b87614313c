import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSnapshotFile, sealOf, writeSnapshotFile } from '../../../src/engine/embedded/snapshot-file.ts';

function path(): string {
  return join(mkdtempSync(join(tmpdir(), 'pharos-snapshot-')), 'file.bin');
}

const sections = {
  bytes: Uint8Array.of(1, 2, 3),
  words: Uint16Array.of(65_535),
  none: new Float32Array(0),
  integers: Int32Array.of(-1, 2 ** 31 - 1),
  large: new Uint32Array(3_000_000).fill(7),
};

test('reads back every section with its type, at any alignment', () => {
  const file = path();
  writeSnapshotFile(file, sections);
  const { large, ...read } = Object.fromEntries(readSnapshotFile(file));
  const { large: expected, ...small } = sections;
  expect(read).toEqual(small);
  // Comparing millions of elements one by one takes the test runner a minute.
  expect(large?.length).toBe(expected.length);
  expect(large?.every((value) => value === 7)).toBe(true);
});

test('a section can be read into memory of the caller', () => {
  const file = path();
  writeSnapshotFile(file, sections);
  const place = new Uint8Array(3);
  readSnapshotFile(file, (name) => (name === 'bytes' ? place : undefined));
  expect([...place]).toEqual([1, 2, 3]);
});

test('a truncated file and a foreign file are damaged, and the seal shows a flipped bit', () => {
  const file = path();
  writeSnapshotFile(file, sections);
  const seal = sealOf(file);
  const bytes = readFileSync(file);
  bytes[bytes.length - 5] = 1;
  writeFileSync(file, bytes);
  expect(sealOf(file)).not.toEqual(seal);
  truncateSync(file, 200);
  expect(() => readSnapshotFile(file)).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }));
  writeFileSync(file, 'something else entirely');
  expect(() => readSnapshotFile(file)).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }));
});
