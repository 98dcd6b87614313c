import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HnswGraph } from '../../../src/engine/embedded/hnsw-graph.ts';
import { cosine, randomUnitVectors } from './random-vectors.ts';

const dimensions = 24;
const vectors = randomUnitVectors(1_500, { dimensions, seed: 11 });
const first = vectors[0] as Float32Array;

function filled(): HnswGraph {
  const graph = HnswGraph.empty(dimensions);
  for (const [at, vector] of vectors.entries()) graph.add(at + 1, vector);
  return graph;
}

function exact(query: Float32Array, count: number, accepts = (_docId: number) => true): number[] {
  return [...vectors.keys()]
    .map((at) => ({ docId: at + 1, score: cosine(query, vectors[at] as Float32Array) }))
    .filter(({ docId }) => accepts(docId))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ docId }) => docId);
}

test('grows past its first room and finds what an exact search finds', () => {
  const graph = filled();
  expect(graph.size).toBe(1_500);
  let found = 0;
  for (const query of vectors.slice(0, 50)) {
    const nearest = new Set(graph.nearest(query, 10).docIds);
    found += exact(query, 10).filter((docId) => nearest.has(docId)).length;
  }
  expect(found / 500).toBeGreaterThan(0.99);
});

test('gives similarities, best first, and honours a filter', () => {
  const even = (docId: number) => docId % 2 === 0;
  const { docIds, scores } = filled().nearest(first, 20, { accepts: even });
  expect([...docIds].every(even)).toBe(true);
  expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
  expect(scores[0]).toBeCloseTo(cosine(first, vectors[(docIds[0] ?? 1) - 1] as Float32Array), 5);
});

test('deleted points are never found, and asking for more than there are is no error', () => {
  const graph = filled();
  graph.delete(1);
  const { docIds } = graph.nearest(first, 5_000);
  expect(docIds.length).toBe(1_499);
  expect(docIds).not.toContain(1);
  expect(HnswGraph.empty(dimensions).nearest(first, 10).docIds.length).toBe(0);
});

test('a saved graph answers as before; one of another dimension or size is refused', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'pharos-graph-')), 'graph.bin');
  const graph = filled();
  graph.delete(3);
  graph.save(path);
  const counts = { count: 1_500, deleted: 1 };
  expect(HnswGraph.load(path, dimensions, counts).nearest(first, 10)).toEqual(graph.nearest(first, 10));
  expect(() => HnswGraph.load(path, 32, counts)).toThrow(/dimensions/);
  expect(() => HnswGraph.load(path, dimensions, { count: 1_400, deleted: 0 })).toThrow(/1500 points/);
});
