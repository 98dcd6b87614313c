import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { embeddedText, embeddedTextHash, TEXT_TEMPLATE } from '../../src/paper/embedded-text.ts';

describe('embeddedText', () => {
  it('is the title, a line feed and the abstract', () => {
    expect(embeddedText({ title: 'A', abstract: 'b c' })).toBe('A\nb c');
    expect(TEXT_TEMPLATE.replace('title', 'A').replace('abstract', 'b c')).toBe('A\nb c');
  });

  it('is the title alone without an abstract', () => {
    expect(embeddedText({ title: 'A', abstract: '' })).toBe('A');
  });

  it('is hashed as UTF-8 SHA-256, cut to 32 digits', () => {
    const expected = createHash('sha256').update(Buffer.from('É\nß', 'utf8')).digest('hex').slice(0, 32);
    expect(embeddedTextHash({ title: 'É', abstract: 'ß' })).toBe(expected);
  });

  it('changes with either part', () => {
    const hashes = [
      { title: 'A', abstract: '' },
      { title: 'A', abstract: 'b' },
      { title: 'b', abstract: 'A' },
    ].map(embeddedTextHash);
    expect(new Set(hashes).size).toBe(3);
  });
});
