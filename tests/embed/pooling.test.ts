/** From the states of tokens to a unit vector. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolStates } from '../../src/embed/pooling.ts';
import { lengthOf } from './cosine.ts';

describe('poolStates', () => {
  it('takes the direction of the mean of the rows', () => {
    const states = Float32Array.of(3, 0, 0, 4, 3, 4);
    expect([...poolStates(states, { pooling: 'mean', dimensions: 2 })]).toEqual([
      expect.closeTo(0.6, 6),
      expect.closeTo(0.8, 6),
    ]);
  });

  it('takes the first row for a model that pools by its first token, and leaves the states alone', () => {
    const states = Float32Array.of(0, 2, 7, 7);
    expect(poolStates(states, { pooling: 'cls', dimensions: 2 })).toEqual(Float32Array.of(0, 1));
    expect(states).toEqual(Float32Array.of(0, 2, 7, 7));
  });

  it('takes the last row for a model that pools by its last token', () => {
    expect(poolStates(Float32Array.of(7, 7, 0, 2), { pooling: 'last', dimensions: 2 })).toEqual(
      Float32Array.of(0, 1),
    );
  });

  it('gives unit length whatever the states', () => {
    const component = fc.float({ noNaN: true, min: Math.fround(0.001), max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(component, component, component), { minLength: 1 }), (rows) => {
        const states = Float32Array.from(rows.flat());
        expect(lengthOf(poolStates(states, { pooling: 'mean', dimensions: 3 }))).toBeCloseTo(1, 4);
      }),
    );
  });

  it.each([
    ['of another width', Float32Array.of(1, 2, 3)],
    ['of no token', new Float32Array(0)],
    ['without a direction', Float32Array.of(1, 1, -1, -1)],
    ['that are not finite', Float32Array.of(Number.NaN, 1)],
  ])('refuses states %s', (_, states) => {
    expect(() => poolStates(states, { pooling: 'mean', dimensions: 2 })).toThrow(RangeError);
  });
});
