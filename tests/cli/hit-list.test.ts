import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explain, foldAuthors, markPassage, renderHits } from '../../src/cli/hit-list.ts';
import { PLAIN, STYLED } from '../../src/cli/palette.ts';
import type { Hit, Match } from '../../src/search/answer.ts';

const NO_MATCH: Match = {
  lexicalRank: null,
  semanticRank: null,
  similarity: null,
  coverage: 0.5,
  exact: null,
  passage: null,
};

const HIT: Hit = {
  rank: 7,
  score: 0.5,
  confidence: 0.5,
  paper: {
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'The dominant models are complex. Attention alone is simpler.',
    authors: ['Ashish Vaswani', 'Noam Shazeer', 'Niki Parmar', 'Jakob Uszkoreit', 'Llion Jones'],
    published: '2017-06-12',
    categories: ['cs.CL'],
    venue: 'NeurIPS',
  },
  match: {
    lexicalRank: 3,
    semanticRank: 1,
    similarity: 0.7149,
    coverage: 0.5,
    exact: null,
    passage: { text: 'Attention alone is simpler.', highlights: [[0, 9]] },
  },
  others: [],
};

describe('renderHits', () => {
  it('prints rank, title, source, passage and reason', () => {
    expect(renderHits({ hits: [HIT] }, { width: Number.POSITIVE_INFINITY, palette: PLAIN })).toBe(
      [
        ' 7  Attention Is All You Need',
        '    Ashish Vaswani, Noam Shazeer, Niki Parmar and 2 others · 2017-06-12 · NeurIPS · 1706.03762',
        '    Attention alone is simpler.',
        '    words and meaning · similarity 0.71 · word rank 3, meaning rank 1 · confidence 50%',
        '',
      ].join('\n'),
    );
  });

  it('adds which words matched where and what the score is made of', () => {
    const explanation = {
      words: [
        { word: 'Attention', fields: ['title', 'abstract'] as const, share: 0.704 },
        { word: 'simpler', fields: ['abstract'] as const, share: 0.296 },
      ],
      shares: [
        { name: 'words', share: 0.3 },
        { name: 'meaning', share: 0.2 },
      ] as const,
    };
    const hit = { ...HIT, match: { ...HIT.match, explanation } };
    const list = renderHits({ hits: [hit] }, { width: Number.POSITIVE_INFINITY, palette: PLAIN });
    expect(list.trimEnd().split('\n').slice(-2)).toEqual([
      '    words: Attention 70 % (title, abstract) · simpler 30 % (abstract)',
      '    score 0.500 = words 0.300 + meaning 0.200',
    ]);
  });

  it('names fewer authors where the line is short', () => {
    const list = renderHits({ hits: [HIT] }, { width: 70, palette: PLAIN });
    expect(list).toContain('    Ashish Vaswani and 4 others · 2017-06-12 · NeurIPS · 1706.03762\n');
  });

  it('stays within the terminal, styles or not', () => {
    const long = { ...HIT, rank: 123, paper: { ...HIT.paper, title: 'Attention '.repeat(20).trim() } };
    const styled = renderHits({ hits: [HIT, long] }, { width: 40, palette: STYLED });
    const plain = renderHits({ hits: [HIT, long] }, { width: 40, palette: PLAIN });
    expect(stripVTControlCharacters(styled)).toBe(plain);
    expect(styled).not.toBe(plain);
    for (const line of plain.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe('foldAuthors', () => {
  it.each([
    [[], undefined, ''],
    [[], 8, '8 authors'],
    [['A'], undefined, 'A'],
    [['A', 'B', 'C'], undefined, 'A, B, C'],
    [['A', 'B', 'C', 'D'], undefined, 'A, B, C and 1 other'],
    [['A', 'B', 'C', 'D', 'E'], undefined, 'A, B, C and 2 others'],
    [['A'], 3, 'A and 2 others'],
    [['A', 'B', 'C'], 4, 'A, B, C and 1 other'],
  ])('%j of %s is %s', (authors, authorCount, text) => {
    expect(foldAuthors({ authors, ...(authorCount !== undefined && { authorCount }) })).toBe(text);
  });
});

describe('markPassage', () => {
  it('marks the ranges and nothing else', () => {
    const passage = {
      text: 'deep nets learn deep things',
      highlights: [
        [0, 4],
        [16, 20],
      ] as const,
    };
    expect(markPassage(passage, (text) => `[${text}]`)).toBe('[deep] nets learn [deep] things');
  });
});

describe('explain', () => {
  it.each([
    [{ lexicalRank: 2 }, 'words · word rank 2'],
    [{ semanticRank: 4, similarity: 0.5 }, 'meaning · similarity 0.50 · meaning rank 4'],
    [{ exact: 'id' }, 'named by its ID'],
    [{ exact: 'title', lexicalRank: 1 }, 'named by its title · words · word rank 1'],
    [{}, ''],
  ] as const)('%j', (match, text) => expect(explain({ ...NO_MATCH, ...match })).toBe(text));
});
