import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQueryString } from '../../src/api/parse-query-string.ts';

/** Whole characters only: a lone surrogate cannot be percent-encoded. */
const word = fc.string({ unit: 'grapheme', minLength: 1 });

describe('parseQueryString', () => {
  it('reads back what URLSearchParams writes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (pairs) => {
        const { values, issues } = parseQueryString(new URLSearchParams(pairs).toString());
        expect(issues).toEqual([]);
        const read = [...values].flatMap(([name, list]) => list.map((value) => [name, value]));
        expect(read.sort()).toEqual(pairs.map(([name, value]) => [name, value]).sort());
      }),
    );
  });

  it('takes any text without throwing, and accounts for every pair', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('%', '4', 'f', '=', '&', '+', 'a', '[', 'é') }),
        (text) => {
          const { values, issues } = parseQueryString(text);
          const pairs = text.split('&').filter((pair) => pair !== '');
          const read = [...values.values()].reduce((sum, list) => sum + list.length, 0);
          expect(read + issues.length).toBeLessThanOrEqual(pairs.length);
          expect(values.size + issues.length).toBeLessThanOrEqual(pairs.length);
        },
      ),
    );
  });

  it.each([
    ['', []],
    ['&&', []],
    ['a', [['a', []]]],
    ['a=', [['a', []]]],
    ['a=1=2', [['a', ['1=2']]]],
    ['=1', [['', ['1']]]],
    ['a+b=c+d%2B', [['a b', ['c d+']]]],
  ])('reads %j', (text, expected) => {
    expect([...parseQueryString(text).values]).toEqual(expected);
  });
});
