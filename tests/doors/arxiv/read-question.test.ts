import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArxivQuestion } from '../../../src/doors/arxiv/read-question.ts';
import { isUnfiltered, matchesFilter } from '../../../src/engine/filter.ts';
import { isAppError } from '../../../src/fault/app-error.ts';
import type { Paper } from '../../../src/paper/paper.ts';

const BASE = { abstract: '', authors: [], categories: [] };
const PAPERS: readonly Paper[] = [
  {
    ...BASE,
    id: '1706.03762',
    title: 'Attention Is All You Need',
    abstract: 'Transformers translate.',
    authors: ['Ashish Vaswani', 'Noam Shazeer'],
    categories: ['cs.CL', 'cs.LG'],
    published: '2017-06-12',
    venue: 'Advances in Neural Information Processing Systems',
  },
  {
    ...BASE,
    id: '1010.1000',
    title: 'Checkerboard Pyrochlore Lattices',
    authors: ['Adrian Del Maestro'],
    categories: ['cond-mat.stat-mech'],
    published: '2010-10',
  },
  {
    ...BASE,
    id: '1104.2000',
    title: 'Quantum Criticality in Wires',
    abstract: 'An attention to disorder.',
    authors: ['Adrian Del Maestro', 'Subir Sachdev'],
    categories: ['cond-mat.supr-con'],
    published: '2011-04-11',
  },
];

function found(query: string): string[] {
  const { filter } = readArxivQuestion(query);
  return PAPERS.filter((paper) => matchesFilter(paper, filter)).map(({ id }) => id);
}

const [ATTENTION, CHECKERBOARD, CRITICALITY] = PAPERS.map(({ id }) => id);

describe('readArxivQuestion', () => {
  it.each([
    ['au:del_maestro', [CHECKERBOARD, CRITICALITY]],
    ['au:"del maestro"', [CHECKERBOARD, CRITICALITY]],
    ['au:del maestro', [CHECKERBOARD, CRITICALITY]],
    ['au:del_maestro AND ti:checkerboard', [CHECKERBOARD]],
    ['au:del_maestro ANDNOT ti:checkerboard', [CRITICALITY]],
    ['au:del_maestro AND NOT ti:checkerboard', [CRITICALITY]],
    ['au:del_maestro ANDNOT (ti:checkerboard OR ti:Pyrochlore)', [CRITICALITY]],
    ['au:del_maestro AND ti:"quantum criticality"', [CRITICALITY]],
    ['ti:"criticality quantum"', []],
    ['ti:attention', [ATTENTION]],
    ['ti:lattice', [CHECKERBOARD]],
    ['abs:attention', [ATTENTION, CRITICALITY]],
    ['abs:transformer translate', [ATTENTION]],
    ['abs:maestro OR abs:advances', []],
    ['abs:"attention to disorder"', [CRITICALITY]],
    ['all:maestro AND all:wires', [CRITICALITY]],
    ['all:attention AND all:disorder', [CRITICALITY]],
    ['ti:(attention checkerboard)', [ATTENTION, CHECKERBOARD]],
    ['ti:(attention AND need)', [ATTENTION]],
    ['ti:attention need', [ATTENTION]],
    ['ti:attention criticality', []],
    ['ti:checkerb*', [CHECKERBOARD]],
    ['ti:critic* AND abs:disord*', [CRITICALITY]],
    ['cat:cs.CL', [ATTENTION]],
    ['cat:cs.LG OR cat:cond-mat.stat-mech', [ATTENTION, CHECKERBOARD]],
    ['cat:cond-mat.*', [CHECKERBOARD, CRITICALITY]],
    ['jr:"neural information"', [ATTENTION]],
    ['id:1706.03762v5', [ATTENTION]],
    ['id:1706.03762 OR au:sachdev', [ATTENTION, CRITICALITY]],
    ['ti:attention cat:cond-mat.supr-con', [ATTENTION, CRITICALITY]],
    ['ti:attention OR au:del_maestro AND ti:wires', [ATTENTION, CRITICALITY]],
    ['(ti:attention OR au:del_maestro) AND ti:wires', [CRITICALITY]],
    ['NOT au:sachdev', [ATTENTION, CHECKERBOARD]],
    ['TI:attention', [ATTENTION]],
    ['submittedDate:[201001010000 TO 201012312359]', [CHECKERBOARD]],
    ['submittedDate:[20110411 TO 20110411]', [CRITICALITY]],
    ['submittedDate:[2011 TO *] AND cat:cs.*', [ATTENTION]],
    ['lastUpdatedDate:[* TO 20170612235959]', [ATTENTION, CHECKERBOARD, CRITICALITY]],
  ])('%s', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it.each([
    'how do transformers attend',
    '"all you need" and more',
    'f(x) = (a + b',
    'author:hinton',
    'a not b',
  ])('takes plain words as a question as it stands: %s', (query) => {
    expect(readArxivQuestion(query)).toEqual({ query, filter: {} });
  });

  it('takes words behind all: for a question, too', () => {
    expect(readArxivQuestion('all:electron')).toEqual({ query: 'electron', filter: {} });
    expect(readArxivQuestion('all:graph neural networks AND cat:cs.LG AND au:kipf')).toEqual({
      query: 'graph neural networks',
      filter: { all: [{ categories: ['cs.LG'] }, { authors: ['kipf'] }] },
    });
  });

  it('ranks by the words of titles, abstracts and of no field, and by no others', () => {
    const { query } = readArxivQuestion('ti:"deep learning" AND abs:speech AND au:hinton ANDNOT ti:survey');
    expect(query).toBe('deep learning speech');
  });

  it('ranks by whole words where others are only begun', () => {
    expect(readArxivQuestion('ti:graph AND abs:neur*').query).toBe('graph');
  });

  it('hands over no word that would mean something to our own query language', () => {
    expect(readArxivQuestion('ti:"x -not author:y" AND abs:-z').query).toBe('x not author y z');
  });

  it('has no question where papers could pass without its words', () => {
    for (const query of [
      'ti:checkerb*',
      'all:neur*',
      'ti:attention OR au:sachdev',
      'cat:cs.CL',
      'cat:cs.CL ANDNOT ti:survey',
    ]) {
      expect(readArxivQuestion(query).query).toBe('');
    }
  });

  it.each([
    ['ti:', 'lacks a word'],
    ['ti:(attention', 'never closed'],
    ['ti:attention)', 'never opened'],
    ['ti:"attention', 'never closed'],
    ['ti:a AND', 'lacks a word at its end'],
    ['OR ti:a', 'lacks a word before OR'],
    ['ti:a AND OR ti:b', 'lacks a word before OR'],
    ['ti:()', 'lacks a word'],
    ['ti:...', 'no word behind ti:'],
    ['ti:ne*ral', 'wildcard'],
    ['au:--', 'no name'],
    ['co:figures', 'comments are not searched'],
    ['rn:ABC-1', 'report numbers are not searched'],
    ['submittedDate:2017', 'no range'],
    ['submittedDate:[20170231 TO 2018]', '20170231'],
    ['ti:[2017 TO 2018]', 'range behind something other'],
    [`${'('.repeat(40)}ti:a${')'.repeat(40)}`, 'brackets in each other'],
    [Array.from({ length: 101 }, (_, at) => `ti:a${at}`).join(' OR '), 'more than 100 parts'],
  ])('refuses %s', (query, problem) => {
    expect(() => readArxivQuestion(query)).toThrowError(problem);
    expect(() => readArxivQuestion(query)).toThrowError(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });

  it('reads any string or says what is wrong with it', () => {
    const piece = fc.constantFrom(
      ...[
        'ti:',
        'au:',
        'submittedDate:',
        '(',
        ')',
        '"',
        'AND',
        'OR',
        'ANDNOT',
        'NOT',
        'word',
        '[2017 TO 2018]',
      ],
      ...[' ', '-', '*', 'é', '\u{1F600}', '[', 'all:'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          const { query, filter } = readArxivQuestion(pieces.join(' '));
          expect(query.trim() !== '' || !isUnfiltered(filter) || pieces.join('').trim() === '').toBe(true);
        } catch (error) {
          expect(isAppError(error, 'INPUT_INVALID')).toBe(true);
        }
      }),
    );
  });

  it('means by its operators what logic means', () => {
    interface Tree {
      readonly text: string;
      readonly holds: (paper: Paper) => boolean;
    }
    const word = (name: string): Tree => ({
      text: `ti:${name}`,
      holds: ({ title }) => title.split(' ').includes(name),
    });
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('red', 'green', 'blue').map(word),
        fc.tuple(tie('tree'), tie('tree'), fc.constantFrom('AND', 'OR', 'ANDNOT')).map(([a, b, by]) => ({
          text: `(${a.text} ${by} ${b.text})`,
          holds: (paper: Paper) => {
            if (by === 'OR') return a.holds(paper) || b.holds(paper);
            return a.holds(paper) && (by === 'AND' ? b.holds(paper) : !b.holds(paper));
          },
        })),
      ),
    }));
    const papers = ['x', 'red', 'green', 'blue', 'red green', 'red blue', 'green blue', 'red green blue'].map(
      (title) => ({ ...BASE, id: title, title }),
    );
    fc.assert(
      fc.property(tree, ({ text, holds }) => {
        const { filter } = readArxivQuestion(text);
        for (const paper of papers) expect(matchesFilter(paper, filter)).toBe(holds(paper));
      }),
    );
  });
});
