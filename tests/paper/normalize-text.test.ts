import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/paper/normalize-text.ts';

describe('oneLine', () => {
  it.each([
    ['  Two\r\n lines\tand\u00a0more ', 'Two lines and more'],
    ['cafe\u0301', 'café'],
    ['a\u0007b\u0000c\u008ed', 'abcd'],
    ['soft\u00adhyphen\u200b\ufeff', 'softhyphen'],
    ['left\ud800over', 'leftover'],
    ['kept \ud83d\ude00 pair', 'kept 😀 pair'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['line\u0085break\u2028two', 'line break two'],
    ['e\u0001\u0301', 'é'],
    ['a \u0001 b', 'a b'],
    ['\u202eevil', 'evil'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  it('is idempotent, NFC, trimmed and well formed for any string of code units', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 });
    const mean = fc.array(
      fc.constantFrom(' ', '\t', 'e', '\u0301', '\u0001', '\ud800', '\udc00', '\ufeff', '\u1fef'),
    );
    const text = fc.oneof(
      units.map((codes) => String.fromCharCode(...codes)),
      mean.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const line = oneLine(raw);
        expect(oneLine(line)).toBe(line);
        expect(line.normalize('NFC')).toBe(line);
        expect(line).not.toMatch(/^\s|\s$|\s\s|[^\S ]|\p{Cc}|\p{Cs}/u);
      }),
      { numRuns: 2_000 },
    );
  });
});
