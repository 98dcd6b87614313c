import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/ingest/plain-text.ts';

describe('plainText', () => {
  it.each([
    ['<i>C. elegans</i> &amp; <jats:p>more</jats:p>', 'C. elegans &  more '],
    ['a<br/>b<br />c<BR>d<br   >e', 'a b c d e'],
    ['<p class="x">y</p>', ' y '],
    ['x < y > z, <b', 'x < y > z, <b'],
    ['&#233;&#xe9;&lt;i&gt;&unknown;', 'éé<i>&unknown;'],
  ])('%s', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('is done with a tag that never ends', () => {
    const text = `<p${' '.repeat(1_000_000)}`;
    expect(plainText(text)).toBe(text);
  });
});
