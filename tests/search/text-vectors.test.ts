/** Long texts in windows: all of it is read, nothing twice, and short texts are left as they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanVectors, WINDOW_LENGTH, windowsOf } from '../../src/search/text-vectors.ts';
import { makePaper } from '../engine/fixtures.ts';
import { BinEmbedder, binVector, makeLibrary } from './fixtures.ts';

const sentence = (word: string) => `This sentence is about the ${word} and nothing else at all. `;

describe('windowsOf', () => {
  it('leaves a text that fits as it is', () => {
    for (const text of ['', ' a text. ', 'x'.repeat(WINDOW_LENGTH)]) expect(windowsOf(text)).toEqual([text]);
  });

  it('cuts between sentences and leaves nothing out of a text of a few pages', () => {
    const text = Array.from({ length: 100 }, (_, at) => sentence(`word${at}`)).join('');
    const windows = windowsOf(text);
    expect(windows.length).toBeGreaterThan(3);
    expect(windows.join(' ')).toBe(text.trim());
    for (const window of windows) expect(window).toMatch(/^This .* all\.$/);
  });

  it('takes eight windows of a book, from its beginning to its end', () => {
    const windows = windowsOf(`Beginning. ${sentence('middle').repeat(3_000)} End.`);
    expect(windows).toHaveLength(8);
    expect(windows[0]).toMatch(/^Beginning\./);
    expect(windows[7]).toMatch(/End\.$/);
  });

  it('gives pieces of the text, none too long, whatever the text', () => {
    const piece = fc.constantFrom(
      'word ',
      'A. ',
      '深度学习。',
      '👩‍👩‍👧',
      'e\u0301'.repeat(300),
      'x'.repeat(900),
      '\n\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40, size: 'max' }), (pieces) => {
        const text = pieces.join('');
        let from = 0;
        for (const window of windowsOf(text)) {
          const at = text.indexOf(window, from);
          expect(at).toBeGreaterThanOrEqual(from);
          expect(window.length).toBeLessThanOrEqual(WINDOW_LENGTH);
          expect(window).not.toMatch(/\p{Surrogate}/u);
          from = at + window.length;
        }
      }),
    );
  });
});

describe('meanVectors', () => {
  it('are the means of the windows, of unit length, in the order of the texts', async () => {
    const embedder = new BinEmbedder();
    const [one, two] = await meanVectors(embedder, [['whale'], ['ocean', 'river']]);
    expect(one).toEqual(binVector('whale'));
    const sum = binVector('ocean').map((component, at) => component + (binVector('river')[at] ?? 0));
    const length = Math.hypot(...sum);
    two?.forEach((component, at) => {
      expect(component).toBeCloseTo((sum[at] ?? 0) / length, 5);
    });
    expect(embedder.documents).toEqual(['whale', 'ocean', 'river']);
    expect(await meanVectors(embedder, [])).toEqual([]);
  });
});

describe('related work of a pasted text', () => {
  it('hears what is said on its last page', async () => {
    const papers = [
      makePaper({ id: 'end', title: 'Glacier', abstract: sentence('glacier') }),
      makePaper({ id: 'no', title: 'Jungle', abstract: sentence('jungle') }),
    ];
    const { searcher, embedder } = await makeLibrary(papers);
    const text = sentence('whale').repeat(30) + sentence('glacier').repeat(30);
    const { hits } = await searcher.related({ positiveTexts: [text], mode: 'semantic' });
    expect(hits[0]?.paper.id).toBe('end');
    expect(embedder.documents.length).toBeGreaterThan(1);
  });

  it('reads a stored paper that waits for its vector as it will be when it gets one', async () => {
    const long = makePaper({ id: 'long', title: 'Long', abstract: sentence('whale').repeat(60) });
    const { searcher, embedder } = await makeLibrary([long, makePaper({ id: 'b' })], { bare: ['long'] });
    await searcher.related({ positive: ['long'] });
    expect(embedder.documents).toHaveLength(1);
  });
});
