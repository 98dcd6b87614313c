/** Every metric against examples worked by hand. trec_eval's own implementation is compared in trec-eval.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../../src/evaluate/metrics/average-precision.ts';
import type { Metric } from '../../../src/evaluate/metrics/metric.ts';
import { ndcg } from '../../../src/evaluate/metrics/ndcg.ts';
import { percentile } from '../../../src/evaluate/metrics/percentile.ts';
import { recall } from '../../../src/evaluate/metrics/recall.ts';
import { reciprocalRank } from '../../../src/evaluate/metrics/reciprocal-rank.ts';

/** Relevant are a (3), c (1), e (2); b was judged not relevant, x and y were not judged. */
const GRADES = new Map([
  ['a', 3],
  ['b', 0],
  ['c', 1],
  ['e', 2],
  ['n', -1],
]);

describe('nDCG', () => {
  it('divides what was gained by what could be', () => {
    // 1/log2(2) + 0 + 3/log2(4) = 2.5, of 3/log2(2) + 2/log2(3) + 1/log2(4) = 4.761859507.
    expect(ndcg(['c', 'x', 'a'], GRADES)).toBeCloseTo(2.5 / 4.761859507142915, 12);
  });

  it('has a linear gain', () => {
    // With 2^grade - 1 this would be 1 / 7.
    expect(ndcg(['c'], GRADES, 1)).toBeCloseTo(1 / 3, 12);
  });

  it('cuts the ranking and the ideal at the same depth', () => {
    expect(ndcg(['x', 'a'], GRADES, 1)).toBe(0);
    expect(ndcg(['a', 'x'], GRADES, 1)).toBe(1);
  });

  it('takes a negative grade for none', () => {
    expect(ndcg(['n', 'a', 'e', 'c'], GRADES)).toBe(ndcg(['x', 'a', 'e', 'c'], GRADES));
  });
});

describe('recall', () => {
  it('is the share of the relevant papers that were found', () => {
    expect(recall(['a', 'b', 'x', 'c'], GRADES)).toBeCloseTo(2 / 3, 12);
    expect(recall(['x', 'x2', 'a'], GRADES, 2)).toBe(0);
  });
});

describe('reciprocal rank', () => {
  it('is one over the rank of the first relevant paper', () => {
    expect(reciprocalRank(['b', 'x', 'e', 'a'], GRADES)).toBeCloseTo(1 / 3, 12);
  });

  it('is 0 beyond its depth', () => {
    expect(reciprocalRank([...'0123456789', 'a'], GRADES)).toBe(0);
    expect(reciprocalRank([...'012345678', 'a'], GRADES)).toBe(0.1);
  });
});

describe('average precision', () => {
  it('adds up the precision at every relevant paper', () => {
    // Relevant at ranks 1 and 4: (1/1 + 2/4) / 3, for e is never found.
    expect(averagePrecision(['a', 'x', 'b', 'c'], GRADES)).toBeCloseTo(0.5, 12);
  });
});

describe('every metric', () => {
  const metrics: readonly Metric[] = [ndcg, recall, reciprocalRank, averagePrecision];

  it('is 0 where nothing is relevant or nothing was found', () => {
    for (const metric of metrics) {
      expect(metric(['a'], new Map([['a', 0]]))).toBe(0);
      expect(metric(['a'], new Map())).toBe(0);
      expect(metric([], GRADES)).toBe(0);
    }
  });

  it('is 1 for the ideal ranking and never leaves [0, 1]', () => {
    const ids = [...'abcdefghij'];
    const judged = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(judged, fc.shuffledSubarray(ids), (given, ranking) => {
        const grades = new Map(ids.map((id, at) => [id, given[at] ?? 0]));
        const ideal = [...ids].sort((a, b) => (grades.get(b) ?? 0) - (grades.get(a) ?? 0));
        const isAnyRelevant = given.some((grade) => grade > 0);
        for (const metric of metrics) {
          expect(metric(ideal, grades)).toBeCloseTo(isAnyRelevant ? 1 : 0, 12);
          expect(metric(ranking, grades)).toBeGreaterThanOrEqual(0);
          expect(metric(ranking, grades)).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('does not fall when a relevant paper moves up past one that is not', () => {
    const ids = [...'abcdefghij'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids, { minLength: 10 }),
        fc.nat(8),
        fc.subarray(ids),
        (ranking, at, relevant) => {
          const grades = new Map(relevant.map((id) => [id, 1]));
          const [upper = '', lower = ''] = ranking.slice(at, at + 2);
          fc.pre(!grades.has(upper) && grades.has(lower));
          const better = [...ranking];
          better.splice(at, 2, lower, upper);
          for (const metric of metrics) {
            expect(metric(better, grades)).toBeGreaterThanOrEqual(metric(ranking, grades));
          }
        },
      ),
    );
  });
});

describe('percentile', () => {
  it('is the value that the share does not exceed', () => {
    const values = [5, 1, 4, 2, 3];
    expect(percentile(values, 0.5)).toBe(3);
    expect(percentile(values, 0.95)).toBe(5);
    expect(percentile(values, 0.2)).toBe(1);
    expect(percentile([], 0.5)).toBeNaN();
  });
});
