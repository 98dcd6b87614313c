import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestPlaces } from '../../src/search/nearest-places.ts';

describe('nearestPlaces', () => {
  it('gives the highest first, the lower place on ties, and never the paper itself', () => {
    const row = Float32Array.of(0.2, 1, 0.5, 0.9, 0.5);
    expect([...nearestPlaces(row, { except: 1, limit: 3 })]).toEqual([3, 2, 4]);
    expect([...nearestPlaces(row, { except: 1, limit: 2 })]).toEqual([3, 2]);
  });

  it('leaves out what is not alike at all, and all of it where none is wanted', () => {
    expect([...nearestPlaces(Float32Array.of(0, -0.3, 1, 0.1), { except: 2, limit: 3 })]).toEqual([3]);
    expect([...nearestPlaces(Float32Array.of(1, 0.5), { except: 0, limit: 0 })]).toEqual([]);
  });

  it('is the head of the sorted row', () => {
    const similarity = fc.integer({ min: -3, max: 6 }).map((sixth) => sixth / 6);
    fc.assert(
      fc.property(
        fc.array(similarity, { minLength: 1, maxLength: 40 }),
        fc.nat({ max: 39 }),
        fc.nat({ max: 12 }),
        (values, except, limit) => {
          const row = Float32Array.from(values);
          const sorted = [...row.keys()]
            .filter((place) => place !== except && (row[place] ?? 0) > 0)
            .sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0) || a - b);
          expect([...nearestPlaces(row, { except, limit })]).toEqual(sorted.slice(0, limit));
        },
      ),
    );
  });
});
