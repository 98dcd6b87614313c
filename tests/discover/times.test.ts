/** How people say when: since, periods, days. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfNumber, daysBefore, daysBetween, readPeriod } from '../../src/discover/period.ts';
import { sinceDate } from '../../src/discover/since.ts';
import { dateRange, dayNumber } from '../../src/paper/partial-date.ts';

const day = fc
  .integer({ min: -300_000, max: 300_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

describe('sinceDate', () => {
  it.each([
    ['7d', '2026-11-18'],
    ['2w', '2026-11-11'],
    ['3m', '2026-08-25'],
    ['1y', '2025-11-25'],
    ['2026-11', '2026-11'],
    ['2026', '2026'],
  ])('reads %s', (text, date) => expect(sinceDate(text, '2026-11-25')).toBe(date));

  it('goes back to the end of a shorter month', () => {
    expect(sinceDate('1m', '2026-03-31')).toBe('2026-02-28');
    expect(sinceDate('1y', '2024-02-29')).toBe('2023-02-28');
  });

  it.each(['', 'd', '7', '7 d', '-7d', '1.5d', '2026-13', 'yesterday', '9999y'])('refuses %j', (text) => {
    expect(sinceDate(text, '2026-11-25')).toBeUndefined();
  });
});

describe('readPeriod', () => {
  it.each([
    ['2026-11-20', '2026-11-20', '2026-11-20'],
    ['2026-11', '2026-11-01', '2026-11-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-W47', '2026-11-16', '2026-11-22'],
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2020-W53', '2020-12-28', '2021-01-03'],
  ])('reads %s', (text, from, to) => expect(readPeriod(text)).toEqual({ from, to }));

  it.each(['2021-W53', '2026-W00', '2026-W54', '2026-w47', '2026-11-31', 'today', ''])(
    'refuses %j',
    (text) => {
      expect(readPeriod(text)).toBeUndefined();
    },
  );

  it('finds every day in the week that begins on its Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 1, max: 52 }), (year, week) => {
        const period = readPeriod(`${year}-W${String(week).padStart(2, '0')}`);
        expect(new Date(period?.from ?? '').getUTCDay()).toBe(1);
        expect(daysBetween(period?.from ?? '', period?.to ?? '')).toBe(6);
      }),
    );
  });
});

describe('days', () => {
  it('go back and forth', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -400, max: 400 }), (date, days) => {
        expect(daysBetween(daysBefore(date, days), date)).toBe(days);
        expect(dayOfNumber(dayNumber(dateRange(date).first))).toBe(date);
      }),
    );
  });
});
