import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageLinkage } from '../../src/discover/average-linkage.ts';
import { findThemes, meanOf, nearestTo } from '../../src/discover/themes.ts';
import { dot } from '../../src/vector/dot.ts';
import { makeVector } from '../engine/fixtures.ts';

const vector = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 8 })
  .filter((components) => components.some((component) => component !== 0))
  .map((components) => Float32Array.from(components, (component) => component / Math.hypot(...components)));

function matrixOf(vectors: readonly Float32Array[]): Float32Array {
  return Float32Array.from(vectors.flatMap((one) => vectors.map((other) => dot(one, other))));
}

describe('averageLinkage', () => {
  it('joins what is alike and keeps apart what is not', () => {
    const vectors = [makeVector(0), makeVector(3), makeVector(0, 0.2), makeVector(3, 0.3), makeVector(6)];
    const groups = averageLinkage(matrixOf(vectors), 5, { leastSimilarity: 0.5, mostGroups: 10 });
    expect(groups).toEqual([[0, 2], [1, 3], [4]]);
  });

  it('joins on when there are too many groups', () => {
    const vectors = [0, 2, 4, 6].map((axis) => makeVector(axis));
    expect(averageLinkage(matrixOf(vectors), 4, { leastSimilarity: 0.9, mostGroups: 2 })).toHaveLength(2);
  });

  it('agrees with the definition: the two groups most alike on average become one', () => {
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (vectors, least) => {
          const groups = averageLinkage(matrixOf(vectors), vectors.length, {
            leastSimilarity: least,
            mostGroups: 100,
          });
          expect(groups.flat().toSorted((a, b) => a - b)).toEqual([...vectors.keys()]);
          // No two groups that are left are alike enough to be joined.
          groups.forEach((one, at) => {
            for (const other of groups.slice(at + 1)) {
              const sum = one.reduce(
                (total, a) =>
                  total +
                  other.reduce(
                    (inner, b) => inner + dot(vectors[a] as Float32Array, vectors[b] as Float32Array),
                    0,
                  ),
                0,
              );
              expect(sum / (one.length * other.length)).toBeLessThan(least + 1e-6);
            }
          });
        },
      ),
    );
  });
});

describe('findThemes', () => {
  const library = [makeVector(0), makeVector(4), makeVector(0, 0.1), makeVector(0, 0.2), makeVector(4, 0.1)];

  it('finds the interests of a library, the largest first', async () => {
    const themes = await findThemes(library, { background: 0 });
    expect(themes.map(({ members }) => members)).toEqual([
      [0, 2, 3],
      [1, 4],
    ]);
    for (const { centroid } of themes) expect(Math.hypot(...centroid)).toBeCloseTo(1, 5);
  });

  it('holds together what is alike only where chance is less so', async () => {
    const close = [makeVector(0), makeVector(0, 0.9)];
    expect(await findThemes(close, { background: 0 })).toHaveLength(1);
    expect(await findThemes(close, { background: 0.6 })).toHaveLength(2);
  });

  it('has one theme for one paper and none for none', async () => {
    expect(await findThemes([makeVector(2)], { background: 0.1 })).toMatchObject([{ members: [0] }]);
    expect(await findThemes([], { background: 0 })).toEqual([]);
  });

  it('puts every paper of a large library into exactly one theme', async () => {
    const many = Array.from({ length: 1_203 }, (_, at) => makeVector(at % 2 === 0 ? 0 : 4, (at % 7) / 20));
    const themes = await findThemes(many, { background: 0 });
    expect(themes.map(({ members }) => members.length)).toEqual([602, 601]);
    expect(themes.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual([...many.keys()]);
  });

  it('stops when nobody waits any more', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => makeVector(at % 8, at / 1_000));
    await expect(findThemes(many, { background: 0, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });
});

describe('meanOf and nearestTo', () => {
  it('keep to what they say at the edges', () => {
    const [one, opposite] = [makeVector(1), makeVector(1, Math.PI)];
    expect(meanOf([one, opposite]).every(Number.isFinite)).toBe(true);
    expect(nearestTo(one, [makeVector(3), one, one])).toBe(1);
  });
});
