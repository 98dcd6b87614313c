/** The dates before and after a date, as precise as it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateRange, isPartialDate, nextDate, previousDate } from '../../src/paper/partial-date.ts';

const date = fc
  .record({
    year: fc.integer({ min: 1001, max: 2998 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
    length: fc.constantFrom(4, 7, 10),
  })
  .map(({ year, month, day, length }) => {
    const pad = (value: number) => String(value).padStart(2, '0');
    return `${year}-${pad(month)}-${pad(day)}`.slice(0, length);
  })
  .filter(isPartialDate);

describe('the date after and the date before', () => {
  it.each([
    ['2019', '2020'],
    ['2019-12', '2020-01'],
    ['2020-02-28', '2020-02-29'],
    ['2019-12-31', '2020-01-01'],
  ])('of %s and %s are each other', (before, after) => {
    expect(nextDate(before)).toBe(after);
    expect(previousDate(after)).toBe(before);
  });

  it('undo each other, are dates, and leave no day between', () => {
    fc.assert(
      fc.property(date, (some) => {
        const next = nextDate(some);
        expect(isPartialDate(next)).toBe(true);
        expect(previousDate(next)).toBe(some);
        expect(dateRange(next).first).toBeGreaterThan(dateRange(some).last);
        const lastDay = String(dateRange(some).last).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3');
        expect(dateRange(nextDate(lastDay)).first).toBe(dateRange(next).first);
      }),
    );
  });
});
