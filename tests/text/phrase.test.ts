/** What a phrase is made of, and where it stands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terms } from '../../src/text/analyze.ts';
import { holdsPhrase, phraseWords } from '../../src/text/phrase.ts';

const holds = (text: string, phrase: string) => holdsPhrase(phraseWords(text), phraseWords(phrase));

describe('phraseWords', () => {
  it.each([
    ['State-of-the-art Networks', 'state of the art networks'],
    ['pre-training', 'pre training'],
    ['GPT-4 and GPT4', 'gpt 4 and gpt4'],
    ["Alzheimer's don't", 'alzheimer don'],
    ["Poincar\\'e, Poincaré, Poincar\\'{e}", 'poincare poincare poincare'],
    ['$\\alpha$ α \\varepsilon', 'alpha alpha epsilon'],
    ['CO$_2$ at 3.5 of 100,000', 'co2 at 3.5 of 100000'],
    ['C++ and C#, not C', 'c++ and c# not c'],
    ['深度学习', '深度 度学 学习'],
    ['{\\bf bold} \\cite{knuth}', 'bold'],
    ['?!', ''],
  ])('reads %j as %j', (text, words) => {
    expect(phraseWords(text).join(' ')).toBe(words);
  });

  it('gives words that hold no blank, and no words where there are no terms', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const words = phraseWords(text);
        for (const word of words) expect(word).toMatch(/^[^\s"]+$/);
        expect(words.length).toBeLessThanOrEqual(terms(text).length);
      }),
    );
  });
});

describe('holdsPhrase', () => {
  it('takes words that stand together, however they are written', () => {
    expect(holds('The State-of-the-Art!', 'state of the art')).toBe(true);
    expect(holds('Graph Neural Networks', 'neural networks')).toBe(true);
    expect(holds('von Kármán’s vortex', 'Karman vortex')).toBe(true);
    expect(holds('深度学习模型', '学习')).toBe(true);
  });

  it('takes no other endings, no other order and nothing in between', () => {
    expect(holds('a neural network', 'neural networks')).toBe(false);
    expect(holds('networks, neural', 'neural networks')).toBe(false);
    expect(holds('neural graph networks', 'neural networks')).toBe(false);
    expect(holds('a a b', 'a b')).toBe(true);
    expect(holds('anything', '?')).toBe(false);
  });

  it('finds any run of words in the text it was taken from, and its terms there', () => {
    const word = fc.constantFrom(
      'Deep',
      'GPT-4',
      'naïve',
      'C++',
      '学习',
      '$\\beta$',
      'co-op',
      "it's",
      '3.5',
      'x',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.nat(), fc.nat(), (words, a, b) => {
        const [from, to] = [a % words.length, b % words.length].sort((x, y) => x - y);
        const part = words.slice(from, (to ?? 0) + 1).join(' ');
        expect(holds(words.join(' '), part)).toBe(true);
      }),
    );
  });
});
