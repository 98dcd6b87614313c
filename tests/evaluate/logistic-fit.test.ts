import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic, logistic } from '../../src/evaluate/logistic-fit.ts';

const sample = (features: readonly number[], isPositive: boolean, weight = 1) => ({
  features,
  isPositive,
  weight,
});

describe('fitLogistic', () => {
  it('finds the odds of each group', () => {
    // 3 of 4 are positive without the feature, 1 of 5 with it: logits ln 3 and ln 1/4.
    const [constant = 0, slope = 0] = fitLogistic([
      sample([1, 0], true, 3),
      sample([1, 0], false, 1),
      sample([1, 1], true, 1),
      sample([1, 1], false, 4),
    ]);
    expect(logistic(constant)).toBeCloseTo(0.75, 2);
    expect(logistic(constant + slope)).toBeCloseTo(0.2, 2);
  });

  it('finds the coefficients that data were made from', () => {
    const made = [-1, 2, 0.5];
    const samples = Array.from({ length: 400 }, (_, at) => [
      1,
      (at % 20) / 10,
      Math.floor(at / 20) / 10,
    ]).flatMap((features) => {
      const p = logistic(features.reduce((sum, x, at) => sum + x * (made[at] ?? 0), 0));
      return [sample(features, true, p), sample(features, false, 1 - p)];
    });
    fitLogistic(samples).forEach((value, at) => {
      expect(value).toBeCloseTo(made[at] ?? 0, 1);
    });
  });

  it('has an answer for data without a mistake, and for none', () => {
    for (const value of fitLogistic([sample([1, 0], false), sample([1, 1], true)])) {
      expect(Number.isFinite(value)).toBe(true);
    }
    expect(fitLogistic([])).toEqual([]);
  });

  it('does not depend on the scale of the weights', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { minLength: 2 });
    fc.assert(
      fc.property(rows, (given) => {
        const fitted = (weight: number) =>
          fitLogistic(given.map(([x, isPositive]) => sample([1, x], isPositive, weight)));
        const [once, tenfold] = [fitted(1), fitted(10)];
        once.forEach((value, at) => {
          expect(tenfold[at]).toBeCloseTo(value, 6);
        });
      }),
      { numRuns: 30 },
    );
  });
});
