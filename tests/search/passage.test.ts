/** The sentence that is shown, and that what is marked in it is what was asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../../src/search/answer.ts';
import { PassageFinder } from '../../src/search/passage.ts';
import { MAX_PASSAGE_LENGTH } from '../../src/search/passage-window.ts';
import { terms } from '../../src/text/analyze.ts';

function best(question: string, abstract: string): Passage | null {
  return new PassageFinder(new Map(terms(question).map((term) => [term, 1]))).best(abstract);
}

function marked(passage: Passage | null): string[] {
  return passage?.highlights.map(([start, end]) => passage.text.slice(start, end)) ?? [];
}

describe('PassageFinder', () => {
  it('shows the sentence that holds most of the words and marks them', () => {
    const passage = best('learning to rank', 'We study ranking. Learning to rank is learned. Nothing else.');
    expect(passage?.text).toBe('Learning to rank is learned.');
    expect(marked(passage)).toEqual(['Learning', 'to', 'rank', 'learned']);
  });

  it('prefers the telling word to the common one', () => {
    const finder = new PassageFinder(
      new Map([
        ['method', 0.1],
        ['paper', 0.1],
        ['whale', 5],
      ]),
    );
    expect(finder.best('This paper has a method. Whales sing.')?.text).toBe('Whales sing.');
  });

  it('counts a word once a sentence, and takes the first of equals', () => {
    expect(best('whale', 'One whale. Whale, whale, whale.')?.text).toBe('One whale.');
  });

  it('shows the first sentence, unmarked, where no word occurs', () => {
    expect(best('whale', 'Rivers flow. Stones lie.')).toEqual({ text: 'Rivers flow.', highlights: [] });
  });

  it('shows nothing of an empty abstract', () => {
    expect(best('whale', '')).toBeNull();
    expect(best('whale', '  \n')).toBeNull();
  });

  it('marks compounds as wholes and accents with their letters', () => {
    expect(marked(best('GPT4', 'We use GPT-4 here.'))).toEqual(['GPT-4']);
    expect(marked(best('poincare', 'The Poincare\u0301 map.'))).toEqual(['Poincare\u0301']);
    expect(marked(best('深度学习', '我们用深度学习方法。'))).toEqual(['深度学习']);
  });

  it('cuts a long sentence to where the words are', () => {
    const filler = 'word after word after word '.repeat(30);
    const passage = best('whale song', `${filler}the song of the blue whale ${filler}`);
    expect(passage?.text).toMatch(/^…\S.*the song of the blue whale.*\S…$/);
    expect(passage?.text.length).toBeLessThanOrEqual(MAX_PASSAGE_LENGTH + 2);
    expect(marked(passage)).toEqual(['song', 'whale']);
  });

  it('cuts a long first sentence at its end', () => {
    const passage = best('whale', 'river '.repeat(100));
    expect(passage?.text).toMatch(/^river (river )+river…$/);
    expect(passage?.text.length).toBeLessThanOrEqual(MAX_PASSAGE_LENGTH + 1);
  });

  it('bears text without an end', () => {
    // Were the work to grow with the square of the text, this would run into the time limit.
    expect(best('whale song', 'whale song '.repeat(200_000))?.text).toMatch(/^whale song.*…$/);
    expect(best('x', 'x1'.repeat(200_000))?.highlights).toEqual([]);
  });

  it('marks valid ranges for any question and any text', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(anyText(40), anyText(12), (abstract, question) => {
        const passage = best(question, abstract);
        if (passage === null) {
          expect(abstract.trim()).toBe('');
          return;
        }
        const cuts = new Set([
          ...Array.from(segmenter.segment(passage.text), ({ index }) => index),
          passage.text.length,
        ]);
        let before = -1;
        for (const [start, end] of passage.highlights) {
          expect(start).toBeGreaterThan(before);
          expect(end).toBeGreaterThan(start);
          expect(cuts.has(start) && cuts.has(end)).toBe(true);
          before = end;
        }
        expect(abstract).toContain(passage.text.replace(/^…|…$/g, ''));
      }),
      { numRuns: 150 },
    );
  });
});

/** Words, marks, scripts and long runs in any order. */
function anyText(maxLength: number): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    'whale',
    ' ',
    '. ',
    'GPT-4',
    'é',
    'e\u0301',
    '\u0301',
    '深度',
    'ก็',
    '한국',
    '𐐨',
    '👩‍👩‍👧',
    '&amp;',
    '&#8217;',
    'పరిశోధన ',
    'ਭਾਸ਼ਾ',
    'አማርኛ',
    'قُرْآن',
    'й',
    'ば',
    '…',
    '$',
    '\\alpha',
    'a'.repeat(320),
    '深'.repeat(320),
    'word '.repeat(70),
  );
  return fc.oneof(
    fc.array(piece, { maxLength }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replaceAll('\r', '')),
  );
}
