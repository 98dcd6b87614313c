import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelModuleText } from '../../../scripts/kernel/build-kernel.ts';
import { VectorCodes } from '../../../src/engine/embedded/vector-codes.ts';
import { cosine, randomUnitVectors } from './random-vectors.ts';

for (const dimensions of [16, 100, 384, 1024]) {
  test(`similarities at ${dimensions} dimensions are cosines, off by no more than quantising explains`, () => {
    const codes = new VectorCodes(dimensions);
    const vectors = randomUnitVectors(40_000 / dimensions + 50, { dimensions, seed: dimensions });
    for (const [at, vector] of vectors.entries()) codes.set(at + 1, vector);
    const query = vectors[7] as Float32Array;
    const all = Uint32Array.from(vectors.keys(), (at) => at + 1);
    const { docIds, scores } = codes.nearest(query, all, all.length);
    expect(docIds[0]).toBe(8);
    expect(docIds.length).toBe(vectors.length);
    for (const [at, docId] of docIds.entries()) {
      const vector = vectors[docId - 1] as Float32Array;
      // Each component is off by at most half a unit of 1/127 of the largest one.
      const bound = (Math.max(...vector.map(Math.abs)) / 254) * Math.sqrt(dimensions) + 0.0005;
      expect(Math.abs((scores[at] ?? 9) - cosine(query, vector))).toBeLessThan(bound);
    }
  });
}

test('only the papers given are compared, and those without a vector are left out', () => {
  const codes = new VectorCodes(32);
  const vectors = randomUnitVectors(30, { dimensions: 32, seed: 5 });
  for (const [at, vector] of vectors.entries()) if (at % 2 === 0) codes.set(at + 1, vector);
  // The last ones came long after the last vector.
  const given = Uint32Array.of(1, 2, 3, 7, 900, 9_000_000);
  const { docIds } = codes.nearest(vectors[0] as Float32Array, given, 10);
  expect(new Set(docIds)).toEqual(new Set([1, 3, 7]));
  expect(new VectorCodes(32).nearest(vectors[0] as Float32Array, given, 10).docIds).toHaveLength(0);
});

test('papers that came long after the last that has a vector are no danger', () => {
  const codes = new VectorCodes(32);
  const [vector = new Float32Array(32)] = randomUnitVectors(1, { dimensions: 32, seed: 5 });
  const waiting = Uint32Array.of(4_000_000, 1, 100_000_000);
  expect(codes.nearest(vector, waiting, 3).docIds).toHaveLength(0);
  codes.set(1, vector);
  expect([...codes.nearest(vector, waiting, 3).docIds]).toEqual([1]);
});

test.each([16, 100, 384])('all pairs are compared as one by one at %i dimensions', (dimensions) => {
  const codes = new VectorCodes(dimensions);
  const vectors = randomUnitVectors(12, { dimensions, seed: dimensions });
  // One paper has no vector, and one there is not.
  const docIds = [7, 4, 0, 11, 3, 900];
  const known = vectors.map((vector, docId) => (docId === 4 ? new Float32Array(dimensions) : vector));
  for (const [docId, vector] of known.entries()) if (docId !== 4) codes.set(docId, vector);
  // Leaves a question behind, of which nothing may remain.
  codes.nearest(vectors[1] as Float32Array, Uint32Array.of(2), 1);
  const vectorOf = (docId: number) => known[docId] ?? new Float32Array(dimensions);
  const wanted = docIds.flatMap((one) => docIds.map((other) => cosine(vectorOf(one), vectorOf(other))));
  const matrix = codes.similarities(docIds);
  expect(matrix).toHaveLength(wanted.length);
  for (const [at, similarity] of wanted.entries()) {
    expect(Math.abs((matrix[at] ?? 9) - similarity)).toBeLessThan(similarity === 0 ? 1e-9 : 0.02);
  }
});

test('a scan longer than one chunk of the kernel finds the nearest wherever it lies', () => {
  const codes = new VectorCodes(16);
  const vectors = randomUnitVectors(40_000, { dimensions: 16, seed: 3 });
  for (const [at, vector] of vectors.entries()) codes.set(at, vector);
  const all = Uint32Array.from(vectors.keys());
  for (const wanted of [0, 16_383, 16_384, 39_999]) {
    expect(codes.nearest(vectors[wanted] as Float32Array, all, 1).docIds[0]).toBe(wanted);
  }
});

test('a snapshot of the codes restores them', () => {
  const codes = new VectorCodes(48);
  const vectors = randomUnitVectors(20, { dimensions: 48, seed: 9 });
  for (const [at, vector] of vectors.entries()) codes.set(at + 1, vector);
  const saved = codes.sections();
  const restored = new VectorCodes(48);
  const into = restored.restore(saved.scales.length);
  into.scales.set(saved.scales);
  into.codes.set(saved.codes);
  const all = Uint32Array.from(vectors.keys(), (at) => at + 1);
  const query = vectors[3] as Float32Array;
  expect(restored.nearest(query, all, 5)).toEqual(codes.nearest(query, all, 5));
});

test('the generated kernel is the compiled kernel.wat', async () => {
  const generated = new URL('../../../src/engine/embedded/kernel.generated.ts', import.meta.url);
  expect(readFileSync(generated, 'utf8')).toBe(await kernelModuleText());
});
