/** Cuts never fall inside what a reader sees as one character. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAfter, cutBefore } from '../../src/text/clusters.ts';

describe('cutBefore and cutAfter', () => {
  it('step around letters with marks and pairs of surrogates', () => {
    const text = 'ae\u0301𝔸x';
    expect([0, 1, 2, 3, 4, 5, 6].map((at) => cutBefore(text, at))).toEqual([0, 1, 1, 3, 3, 5, 6]);
    expect([0, 1, 2, 3, 4, 5, 6].map((at) => cutAfter(text, at))).toEqual([0, 1, 3, 3, 5, 5, 6]);
  });

  it('step around entities', () => {
    const text = 'R&amp;D &#8217; & x;';
    expect([1, 2, 5, 6, 7].map((at) => cutBefore(text, at))).toEqual([1, 1, 1, 6, 7]);
    expect([1, 2, 5, 6, 7].map((at) => cutAfter(text, at))).toEqual([1, 6, 6, 6, 7]);
    expect([cutBefore(text, 12), cutAfter(text, 12)]).toEqual([8, 15]);
    expect([cutBefore(text, 18), cutAfter(text, 18)]).toEqual([18, 18]);
    expect([cutBefore('&amp', 2), cutAfter('AT&T;', 4), cutAfter('&x y;', 2)]).toEqual([2, 4, 2]);
  });

  it('agree with the segmenter on any text without CR LF', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    const text = fc.string({ unit: 'binary', maxLength: 20 }).map((any) => any.replaceAll('\r', ''));
    fc.assert(
      fc.property(text, fc.nat(40), (any, anywhere) => {
        const at = Math.min(anywhere, any.length);
        const boundaries = [...Array.from(segmenter.segment(any), ({ index }) => index), any.length];
        expect(cutBefore(any, at)).toBe(boundaries.findLast((boundary) => boundary <= at));
        expect(cutAfter(any, at)).toBe(boundaries.find((boundary) => boundary >= at));
      }),
      { numRuns: 200 },
    );
  });
});
