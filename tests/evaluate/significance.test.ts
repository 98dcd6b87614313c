import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/evaluate/holm.ts';
import { permutationTest } from '../../src/evaluate/permutation-test.ts';

const scores = fc.array(fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8));

describe('permutationTest', () => {
  it('is exact for few queries', () => {
    // Of 2^3 assignments only +++ and --- are as extreme as the observed one.
    expect(permutationTest([1, 1, 1], [0.5, 0.5, 0.5])).toBe(0.25);
    // 0.3, -0.1: the sums are ±0.4 and ±0.2, and all four are at least 0.2.
    expect(permutationTest([0.5, 0.2], [0.2, 0.3])).toBe(1);
    // 0.1, 0.2, 0.3, -0.1 sum to 0.5; at least as extreme are 2 x {0.7, 0.5, 0.5}.
    expect(permutationTest([0.1, 0.2, 0.3, 0], [0, 0, 0, 0.1])).toBe(6 / 16);
  });

  it('is 1 where no query differs', () => {
    expect(permutationTest([0.5, 1], [0.5, 1])).toBe(1);
  });

  it('samples to about what all assignments give', () => {
    // 16 equal differences: the exact p-value of all signs alike is 2 / 2^16.
    const many = Array.from({ length: 16 }, () => 1);
    const none = many.map(() => 0);
    expect(permutationTest(many, none)).toBeLessThan(0.001);
    // 12 up and 8 down: two-sided binomial, P(|X - 10| >= 2) = 0.5034.
    const mixed = Array.from({ length: 20 }, (_, at) => (at < 12 ? 1 : -1));
    const zeros = mixed.map(() => 0);
    expect(permutationTest(mixed, zeros)).toBeCloseTo(0.5034, 1);
  });

  it('is the same at every call, either way round, and in (0, 1]', () => {
    fc.assert(
      fc.property(scores, scores, (one, other) => {
        const length = Math.min(one.length, other.length);
        const [a, b] = [one.slice(0, length), other.slice(0, length)];
        const p = permutationTest(a, b, { samples: 200 });
        expect(permutationTest(a, b, { samples: 200 })).toBe(p);
        expect(permutationTest(b, a, { samples: 200 })).toBe(p);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses scores that cannot be paired', () => {
    expect(() => permutationTest([1], [])).toThrow(RangeError);
  });
});

describe('holm', () => {
  it('corrects by what is left to test', () => {
    // 0.01 x 3; 0.02 x 2; 0.03 x 1, held at the one before.
    expect(holm([0.03, 0.01, 0.02])).toEqual([0.04, 0.03, 0.04]);
    expect(holm([0.9, 0.6])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  it('never lowers a p-value, nor turns their order round', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(pValues, (values) => {
        const corrected = holm(values);
        values.forEach((value, at) => {
          expect(corrected[at]).toBeGreaterThanOrEqual(value);
          values.forEach((other, index) => {
            if (value < other) expect(corrected[at]).toBeLessThanOrEqual(corrected[index] ?? 0);
          });
        });
      }),
    );
  });
});
