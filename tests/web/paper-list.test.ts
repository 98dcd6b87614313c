import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/paper/paper.ts';
import { PaperItem } from '../../src/web/paper-list.tsx';
import { PAPERS } from '../api/test-server.ts';

const [SAMPLE] = PAPERS;

function openingOf(abstract: string): { opening: string | undefined; hasMore: boolean } {
  const html = render(h(PaperItem, { paper: { ...(SAMPLE as Paper), abstract } }));
  const [, opening] = /<p class="opening"[^>]*>(.*?)<\/p>/s.exec(html) ?? [];
  return { opening, hasMore: html.includes('data-abstract') };
}

describe('how an abstract begins in a list', () => {
  const sentence = (words: number) => `${Array.from({ length: words }, () => 'Word').join(' ')}.`;

  it('is all of a short one, with nothing more to open', () => {
    expect(openingOf('Short. And sweet.')).toEqual({ opening: 'Short. And sweet.', hasMore: false });
    expect(openingOf('')).toEqual({ opening: undefined, hasMore: false });
  });

  it('is whole sentences of a long one', () => {
    const abstract = [sentence(20), sentence(20), sentence(100)].join(' ');
    expect(openingOf(abstract)).toEqual({ opening: `${sentence(20)} ${sentence(20)}`, hasMore: true });
  });

  it('breaks off between words where a sentence does not end, and anywhere where there are none', () => {
    const { opening, hasMore } = openingOf(sentence(500));
    expect(opening).toMatch(/^(Word ){50,}…$/);
    expect(hasMore).toBe(true);
    expect(openingOf('x'.repeat(5_000)).opening).toMatch(/^x+ …$/);
  });
});
