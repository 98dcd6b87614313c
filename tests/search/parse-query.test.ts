/** What a question may name, and that any string is a question or none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/search/parse-query.ts';
import { queryTerms } from '../../src/search/query-terms.ts';

describe('parseQuery', () => {
  it('takes a question for words and perhaps a title or an id', () => {
    const { text, names, isIdentifier } = parseQuery('  What is\nattention? ');
    expect(text).toBe('What is attention?');
    expect(isIdentifier).toBe(false);
    expect(names).toEqual([
      { key: { kind: 'id', value: 'What is attention?' }, as: 'id' },
      { key: { kind: 'title', value: 'whatisattention' }, as: 'title' },
    ]);
  });

  it.each([
    ['1706.03762', '1706.03762', 'id'],
    ['arXiv:1706.03762v5', '1706.03762', 'id'],
    ['https://arxiv.org/abs/1706.03762', '1706.03762', 'id'],
    ['P19-1001', 'P19-1001', 'id'],
    ['https://doi.org/10.1038/NATURE14539', '10.1038/nature14539', 'doi'],
  ])('knows %s for the paper %s', (query, value, as) => {
    const { names, isIdentifier } = parseQuery(query);
    expect(isIdentifier).toBe(true);
    expect(names).toContainEqual({ key: { kind: 'id', value }, as });
  });

  it('looks a DOI up both as an id and as a DOI', () => {
    const { names } = parseQuery('doi:10.1038/nature14539');
    expect(names).toContainEqual({ key: { kind: 'doi', value: '10.1038/nature14539' }, as: 'doi' });
  });

  it.each(['', '  ', '?!', '“ ”', '...', '\u0000', '\u0301'])('finds no question in %j', (query) => {
    expect(parseQuery(query).text).toBe('');
  });

  it.each(['∇', 'a', '深', '+', '4'])('takes %s for a question', (query) => {
    expect(parseQuery(query).text).toBe(query);
  });

  it('takes any string', () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '\\',
      '10.1/',
      'arXiv:',
      'https://',
      '(',
      ')',
      ' ',
      'AND',
      '\ud83d',
      '*',
      '深',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.nat(4_000).map((length) => '"深 '.repeat(length)),
    );
    fc.assert(
      fc.property(anything, (query) => {
        const { text, names } = parseQuery(query);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(text).toBe(text.trim());
        for (const { key } of names) expect(key.value).not.toBe('');
        for (const { weight } of queryTerms(text)) expect(weight).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('queryTerms', () => {
  const asked = (text: string) => queryTerms(text).map(({ term }) => term);

  it('leaves stop words out beside others', () => {
    expect(asked('what is the attention of a network')).toEqual(['attent', 'network']);
  });

  it('keeps stop words where there is nothing else', () => {
    expect(asked('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
  });

  it('weighs a word that is said often more, and ever less so', () => {
    const weights = ['a whale', 'whale whale', 'whale '.repeat(100)].map(
      (text) => queryTerms(text)[0]?.weight,
    );
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeCloseTo(16 / 9);
    expect(weights[2]).toBeLessThan(8);
  });
});
