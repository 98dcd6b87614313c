import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { GraphLinks } from '../../../src/engine/embedded/graph-links.ts';
import { GraphWalk } from '../../../src/engine/embedded/graph-walk.ts';
import { readHnswLinks } from '../../../src/engine/embedded/hnsw-file.ts';
import { HnswGraph } from '../../../src/engine/embedded/hnsw-graph.ts';
import { LEAST_BEAM } from '../../../src/engine/embedded/replica.ts';
import { VectorCodes } from '../../../src/engine/embedded/vector-codes.ts';
import { cosine, randomUnitVectors } from './random-vectors.ts';

const dimensions = 24;
const vectors = randomUnitVectors(1_500, { dimensions, seed: 11 });
const first = vectors[0] as Float32Array;
const everything = new Uint8Array(1_501).fill(1);
/** Codes may swap the tenth and the eleventh; the replica looks at the head once more, and is held to .99. */
const CODED_RECALL = 0.98;
const folder = mkdtempSync(join(tmpdir(), 'pharos-graph-'));
const path = join(folder, 'graph.bin');
let graph: HnswGraph;
let walk: GraphWalk;

/** Labels run backwards, so that they are not the library's own numbers. */
const docIdOf = (at: number): number => vectors.length - at;
const vectorOf = (docId: number): Float32Array => vectors[vectors.length - docId] as Float32Array;

function exact(query: Float32Array, count: number, allowed: Uint8Array): number[] {
  return [...vectors.keys()]
    .map((at) => ({ docId: docIdOf(at), score: cosine(query, vectors[at] as Float32Array) }))
    .filter(({ docId }) => allowed[docId] === 1)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ docId }) => docId);
}

function recall(allowed: Uint8Array): number {
  let found = 0;
  for (const query of vectors.slice(0, 50)) {
    const nearest = walk.nearest(query, { beam: LEAST_BEAM, allowed }).docIds.subarray(0, 10);
    found += exact(query, 10, allowed).filter((docId) => nearest.includes(docId)).length;
  }
  return found / 500;
}

beforeAll(() => {
  graph = HnswGraph.empty(dimensions);
  const codes = new VectorCodes(dimensions);
  // codes are set in the order of docIds, as everywhere.
  for (let docId = 1; docId <= vectors.length; docId++) codes.set(docId, vectorOf(docId));
  for (const [at, vector] of vectors.entries()) graph.add(docIdOf(at), vector);
  graph.save(path);
  walk = new GraphWalk(new GraphLinks(readHnswLinks(path)), codes);
});

test('the links are those between near papers, by docId, and every paper is a point', () => {
  const { links } = walk;
  expect(links.size).toBe(1_500);
  expect(links.has(0)).toBe(false);
  expect(links.has(1_501)).toBe(false);
  const similarities: number[] = [];
  for (let docId = 1; docId <= 1_500; docId++) {
    const row = links.rows.subarray(docId * links.width, (docId + 1) * links.width);
    const linked = row.subarray(1, row[0]);
    expect(new Set(linked).size).toBe(linked.length);
    expect(linked).not.toContain(docId);
    for (const other of linked) similarities.push(cosine(vectorOf(docId), vectorOf(other)));
  }
  // Random papers in 24 dimensions have a similarity of 0 on average.
  expect(similarities.reduce((sum, one) => sum + one, 0) / similarities.length).toBeGreaterThan(0.3);
});

describe('a walk', () => {
  test('finds what an exact search finds', () => {
    expect(recall(everything)).toBeGreaterThan(CODED_RECALL);
  });

  test.each([2, 5, 20])('finds it among one paper in %i', (share) => {
    expect(recall(everything.map((_, docId) => (docId % share === 0 ? 1 : 0)))).toBeGreaterThan(CODED_RECALL);
  });

  test('gives similarities, best first, and only papers that are allowed', () => {
    const even = everything.map((_, docId) => (docId % 2 === 0 ? 1 : 0));
    const { docIds, scores } = walk.nearest(first, { beam: 20, allowed: even });
    expect(docIds.length).toBe(20);
    expect([...docIds].every((docId) => docId % 2 === 0)).toBe(true);
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeCloseTo(cosine(first, vectorOf(docIds[0] ?? 0)), 2);
  });

  test('answers the thousandth time as the first, and finds everything with a wide beam', () => {
    const once = walk.nearest(first, { beam: 50, allowed: everything });
    for (let round = 0; round < 600; round++)
      walk.nearest(vectors[round] as Float32Array, { beam: 1, allowed: everything });
    expect(walk.nearest(first, { beam: 50, allowed: everything })).toEqual(once);
    expect(walk.nearest(first, { beam: 5_000, allowed: everything }).docIds.length).toBe(1_500);
  });

  test('finds nothing in no graph', () => {
    const empty = new GraphWalk(GraphLinks.NONE, new VectorCodes(dimensions));
    expect(empty.nearest(first, { beam: 10, allowed: everything }).docIds.length).toBe(0);
  });
});

test('a graph that was loaded goes on growing', async () => {
  const scratch = join(folder, 'graph.tmp');
  const loaded = await HnswGraph.load(path, { dimensions, count: 1_500 }, { scratch });
  loaded.add(1_501, first);
  const grown = join(folder, 'grown.bin');
  loaded.save(grown);
  expect(new GraphLinks(readHnswLinks(grown)).size).toBe(1_501);
});
