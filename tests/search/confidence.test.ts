import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceIn, type Evidence } from '../../src/search/confidence.ts';
import { CALIBRATED_MODEL } from '../../src/search/confidence-table.generated.ts';
import { CoverageMeter } from '../../src/search/coverage.ts';
import { MODES } from '../../src/search/request.ts';

const evidence = fc.record({
  rank: fc.integer({ min: 1, max: 10_000 }),
  similarity: fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
  coverage: fc.double({ min: 0, max: 1, noNaN: true }),
});
const aim = fc.record({
  mode: fc.constantFrom(...MODES),
  aimed: fc.constantFrom('question' as const, 'related' as const),
  model: fc.constantFrom(CALIBRATED_MODEL, 'another'),
});

describe('confidence', () => {
  it('is within [0, 1] and grows with similarity, coverage and a better rank', () => {
    fc.assert(
      fc.property(evidence, evidence, aim, (a, b, how) => {
        const worse: Evidence = {
          rank: Math.max(a.rank, b.rank),
          coverage: Math.min(a.coverage, b.coverage),
          similarity: lower(a.similarity, b.similarity),
        };
        const better: Evidence = {
          rank: Math.min(a.rank, b.rank),
          coverage: Math.max(a.coverage, b.coverage),
          similarity: higher(worse.similarity, a.similarity, b.similarity),
        };
        expect(confidenceIn(worse, how)).toBeGreaterThanOrEqual(0);
        expect(confidenceIn(better, how)).toBeLessThanOrEqual(1);
        expect(confidenceIn(better, how)).toBeGreaterThanOrEqual(confidenceIn(worse, how));
      }),
    );
  });

  it('tells a good hit from a poor one in every mode', () => {
    for (const mode of MODES) {
      for (const aimed of ['question', 'related'] as const) {
        const how = { mode, aimed, model: CALIBRATED_MODEL };
        expect(confidenceIn({ rank: 1, similarity: 0.8, coverage: 1 }, how)).toBeGreaterThan(0.5);
        expect(confidenceIn({ rank: 90, similarity: 0.1, coverage: 0 }, how)).toBeLessThan(0.1);
      }
    }
  });

  it('does not read the similarities of a model that was not calibrated', () => {
    const how = { mode: 'hybrid', aimed: 'question', model: 'another' } as const;
    const at = (similarity: number) => confidenceIn({ rank: 3, similarity, coverage: 0.5 }, how);
    expect(at(0.9)).toBe(at(0.1));
  });
});

describe('CoverageMeter', () => {
  const meter = new CoverageMeter(
    new Map([
      ['attent', 3],
      ['transform', 1],
    ]),
  );

  it('is the share of the weight of the terms that stand in title or abstract', () => {
    const attention = [{ term: 'attent', start: 4, end: 13 }];
    expect(meter.of('Attention', attention)).toBe(0.75);
    expect(meter.of('Of transformers', [])).toBe(0.25);
    expect(meter.of('Transformers', attention)).toBe(1);
    expect(meter.of('Wings', [])).toBe(0);
  });

  it('is 0 for a question without terms', () => {
    expect(new CoverageMeter(new Map()).of('Attention', [])).toBe(0);
  });
});

/** A similarity is either known of both hits or of none. */
function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.min(a, b);
}

function higher(worse: number | undefined, a: number | undefined, b: number | undefined): number | undefined {
  return worse === undefined ? undefined : Math.max(a ?? worse, b ?? worse);
}
