import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printLetters } from '../../src/paper/latex-letters.ts';

describe('printLetters', () => {
  it.each([
    ['Schr\\"odinger', 'Schrödinger'],
    ["Poincar\\'{e}", 'Poincaré'],
    ["{\\'E}tale", 'Étale'],
    ['na\\"{\\i}ve', 'naïve'],
    ["Mart\\'\\i nez", 'Martínez'],
    ['Erd\\H{o}s and Erd\\H os', 'Erdős and Erdős'],
    ['Gran\\c{c}a', 'Grança'],
    ['Ko{\\l}odziej', 'Kołodziej'],
    ['Bj\\o rstad', 'Bjørstad'],
    ['the D\\O Experiment', 'the DØ Experiment'],
    ['7270 \\AA and', '7270 Å and'],
    ["Damg\\r{a}rd's {\\AA}", "Damgård's Å"],
    ['amyloid-\\b{eta} and NF\\k{appa}B', 'amyloid-β and NFκB'],
    ["\\'{\\aa}", 'ǻ'],
    ['{\\Delta}N6', 'ΔN6'],
  ])('%s prints %s', (source, printed) => {
    expect(printLetters(source)).toBe(printed);
  });

  it.each([
    '$\\k F$ and $x^{\\alpha}$',
    '\\overline{\\Xi}^+',
    '\\emph{word}',
    'etc\\., just',
    'from \\~0.45 mag',
    'costs \\$5 and \\$6',
    'C:\\temp',
    '\\pi^- production',
  ])('leaves %s alone', (source) => {
    expect(printLetters(source)).toBe(source);
  });

  it('is idempotent, and never longer than the source', () => {
    const piece = fc.constantFrom(
      ...'\\ { } $ \' " ^ ~ c v H i j o aa l ss b k eta appa e E \u00e9 alpha'.split(' '),
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const printed = printLetters(pieces.join(''));
        expect(printLetters(printed)).toBe(printed);
        expect(printed.length).toBeLessThanOrEqual(pieces.join('').length);
      }),
      { numRuns: 3_000 },
    );
  });
});
