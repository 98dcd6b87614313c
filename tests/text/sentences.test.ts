/** Where sentences end, and above all where they do not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentences } from '../../src/text/sentences.ts';

function split(text: string): string[] {
  return sentences(text).map(({ start, end }) => text.slice(start, end));
}

describe('sentences', () => {
  it.each([
    [['One.', 'Two!', 'Three?', 'Four']],
    [['We follow Smith et al. Closely and e.g. Jones.', 'Then we stop.']],
    [['See Fig. 3 and Eq. 4, cf. Sec. 5.', 'It is 3.5 mm.']],
    [['By J. P. Serre, i.e. the U.S. Army vs. Others.', 'End.']],
    [['In $a. B$ we trust.', 'Next.']],
    [['He asked “Why?”', '(Nobody knew.)', 'So it ended...']],
    [['a study of wings .', 'the results were clear .']],
    [['深度学习很好。', '第二句！', '第三句']],
    [['An ellipsis… goes on.', 'Done.']],
    [['It was 2019.', '42 papers came.']],
  ])('parts %j', (parts) => {
    const glue = parts.some((part) => part.endsWith('。')) ? '' : ' ';
    expect(split(parts.join(glue))).toEqual(parts);
  });

  it('parts at empty lines but not at line ends', () => {
    expect(split('No full\nstop here\n\nNew paragraph')).toEqual(['No full\nstop here', 'New paragraph']);
  });

  it('finds none in white space', () => {
    expect(split(' \n\t ')).toEqual([]);
    expect(split('')).toEqual([]);
  });

  it('covers everything but white space, in order, for any text', () => {
    const piece = fc.constantFrom('. ', '! ', '。', '\n\n', '$', 'et al', 'A', 'b', '"', ')', ' ', '3', '…');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        let at = 0;
        for (const { start, end } of sentences(any)) {
          expect(any.slice(at, start).trim()).toBe('');
          expect(any.slice(start, end)).toBe(any.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(any.slice(at).trim()).toBe('');
      }),
      { numRuns: 200 },
    );
  });
});
