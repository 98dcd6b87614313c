import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '../../src/paper/parse-date.ts';
import { dateRange, isPartialDate } from '../../src/paper/partial-date.ts';

describe('parseDate', () => {
  it.each([
    ['2017', '2017'],
    ['2017-06', '2017-06'],
    ['2017-06-12', '2017-06-12'],
    ['2017-6-2', '2017-06-02'],
    ['2017/06/12', '2017-06-12'],
    ['20170612', '2017-06-12'],
    ['2017-06-12T17:57:34Z', '2017-06-12'],
    ['2017-06-12 00:00:00+00:00', '2017-06-12'],
    ['Mon, 2 Apr 2007 19:18:42 GMT', '2007-04-02'],
    ['12 June 2017', '2017-06-12'],
    ['Sep 1997', '1997-09'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  it.each([
    '2023-02-29',
    '2017-13',
    '2017-00-00',
    '2017-06-31',
    '0000',
    '9999-01-01',
    '03/04/2017',
    '17',
    'June',
    'Mon, 31 Feb 2007 19:18:42 GMT',
    '1502496000000',
    'soon',
    '',
  ])('%j is no date', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it('keeps every day of the calendar, written in any of the ways', () => {
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        expect(parseDate(iso)).toBe(iso);
        expect(parseDate(date.toISOString())).toBe(iso);
        expect(parseDate(date.toUTCString())).toBe(iso);
      }),
    );
  });
});

describe('partial dates', () => {
  it('span the days they can mean', () => {
    expect(dateRange('2017')).toEqual({ first: 20170101, last: 20171231 });
    expect(dateRange('2024-02')).toEqual({ first: 20240201, last: 20240229 });
    expect(dateRange('2017-06-12')).toEqual({ first: 20170612, last: 20170612 });
  });

  it.each(['2017-1', '2017-06-1', '17-06-12', '2017-06-12T00:00', ' 2017'])('%j is not in form', (text) => {
    expect(isPartialDate(text)).toBe(false);
  });
});
