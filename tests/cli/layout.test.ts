import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, duration, fields, paragraph, size } from '../../src/cli/layout.ts';
import { STYLED } from '../../src/cli/palette.ts';

describe('paragraph', () => {
  it('wraps at words and indents every line', () => {
    expect(paragraph('one two three four', { width: 11, indent: 2 })).toBe('  one two\n  three\n  four');
  });

  it('wraps styled text as if it were plain', () => {
    const styled = paragraph(`one ${STYLED.mark('two three')} four`, { width: 9 });
    expect(stripVTControlCharacters(styled)).toBe(paragraph('one two three four', { width: 9 }));
  });

  it('leaves the text alone where there is no edge', () => {
    expect(paragraph('a '.repeat(500).trim(), { width: Number.POSITIVE_INFINITY })).not.toContain('\n');
  });

  it('never writes beyond the width, whatever the words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,40}$/)),
        fc.integer({ min: 10, max: 100 }),
        (words, width) => {
          for (const line of paragraph(words.join(' '), { width, indent: 4 }).split('\n')) {
            expect(line.length).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});

describe('fields', () => {
  it('puts names and values in columns and wraps values under themselves', () => {
    const rows = [
      ['id', '1706.03762'],
      ['authors', 'Ada Lovelace, Alan Turing'],
    ] as const;
    expect(fields(rows, { width: 24, faint: (text) => text })).toBe(
      'id       1706.03762\nauthors  Ada Lovelace,\n         Alan Turing',
    );
  });
});

describe('numbers', () => {
  it.each([
    [0, '0 papers'],
    [1, '1 paper'],
    [1234, '1,234 papers'],
  ])('counts %d', (number, text) => expect(countOf(number, 'paper')).toBe(text));

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.00 kB'],
    [5_823_000, '5.82 MB'],
    [999_600, '1.00 MB'],
    [123_000_000_000, '123 GB'],
  ])('measures %d bytes', (bytes, text) => expect(size(bytes)).toBe(text));

  it.each([
    [3.2, '3 ms'],
    [999, '999 ms'],
    [3449, '3.4 s'],
    [9_990, '10 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [725_000, '12 min 5 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
  ])('tells %d ms', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));
});
