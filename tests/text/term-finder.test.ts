/** Finding terms is picking them out of the analysis, only faster. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/text/analyze.ts';
import { TermFinder } from '../../src/text/term-finder.ts';

describe('TermFinder', () => {
  const words = [
    'dying',
    'lying',
    'skies',
    'GPT-4',
    'gpt4',
    'naïve',
    'as',
    'a',
    'κB',
    '深度学习',
    'x',
    'I',
    'generously',
    'tied',
  ];
  const text = fc.oneof(
    fc.array(fc.constantFrom(...words), { maxLength: 20 }).map((list) => list.join(' ')),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,6}$/),
  );

  it('finds exactly what the analysis finds', () => {
    fc.assert(
      fc.property(text, text, (asked, searched) => {
        const wanted = new Set(analyze(asked).map(({ term }) => term));
        const expected = analyze(searched).filter(({ term }) => wanted.has(term));
        expect(new TermFinder(wanted).find(searched)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('finds every word by its own term, however it ends', () => {
    const endings = ['', 's', 'es', 'ies', 'ed', 'ied', 'ing', 'ying', 'ly', 'y', 'ational', 'fulness', "'s"];
    const word = fc
      .tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.constantFrom(...endings))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(word, (any) => {
        const own = analyze(any);
        expect(new TermFinder(own.map(({ term }) => term)).find(any)).toEqual(own);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a word by its stem where stemming changes its second letter', () => {
    const [{ term } = { term: '' }] = analyze('dying');
    expect(term).toBe('die');
    expect(new TermFinder([term]).find('stars are dying')).toEqual([{ term: 'die', start: 10, end: 15 }]);
  });
});
