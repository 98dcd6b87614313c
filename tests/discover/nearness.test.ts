import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearnessOf } from '../../src/discover/nearness.ts';
import { meanOf } from '../../src/discover/themes.ts';
import { dot } from '../../src/vector/dot.ts';
import { makeVector } from '../engine/fixtures.ts';

const place = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.double({ min: 0, max: 3, noNaN: true }));
const vector = place.map(([axis, tilt]) => makeVector(axis, tilt));
const library = fc.array(vector, { minLength: 1, maxLength: 8 });

it('is what its formula says', () => {
  const vectors = [makeVector(0), makeVector(0, 0.4), makeVector(4), makeVector(0, 0.8)];
  const themes = [
    { centroid: makeVector(0, 0.4), members: [0, 1, 3] },
    { centroid: makeVector(4), members: [2] },
  ];
  const paper = makeVector(0, 0.1);
  const { score, theme, nearest } = nearnessOf(paper, { themes, vectors, unwanted: [makeVector(0, 1)] });
  const papers = (Math.cos(0.1) + Math.cos(0.3) + Math.cos(0.7)) / 3;
  expect(score).toBeCloseTo(0.3 * Math.cos(0.3) + 0.7 * papers - 0.5 * Math.cos(0.9), 5);
  expect(theme).toBe(0);
  expect(nearest.map(({ at }) => at)).toEqual([0, 1, 3]);
});

it('names the nearest papers of the library, whatever it holds', () => {
  fc.assert(
    fc.property(library, vector, (vectors, paper) => {
      const themes = [{ centroid: meanOf(vectors), members: [...vectors.keys()] }];
      const { nearest } = nearnessOf(paper, { themes, vectors, unwanted: [] });
      const all = vectors.map((other) => dot(paper, other)).toSorted((a, b) => b - a);
      expect(nearest.map(({ similarity }) => similarity)).toEqual(all.slice(0, 3));
    }),
  );
});

it('never rises by a paper to keep away from, and falls most for the one that is that paper', () => {
  fc.assert(
    fc.property(library, vector, vector, (vectors, paper, negative) => {
      const themes = [{ centroid: meanOf(vectors), members: [...vectors.keys()] }];
      const loss = (of: Float32Array) =>
        nearnessOf(of, { themes, vectors, unwanted: [] }).score -
        nearnessOf(of, { themes, vectors, unwanted: [negative] }).score;
      expect(loss(paper)).toBeGreaterThanOrEqual(0);
      expect(loss(negative)).toBeGreaterThanOrEqual(loss(paper) - 1e-6);
    }),
  );
});
