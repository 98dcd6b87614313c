/** The query language: what is read, what is text, and that any string is a question. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, matchesFilter, NO_FILTER } from '../../src/engine/filter.ts';
import { readQuestion } from '../../src/search/read-question.ts';
import { splitQuestion } from '../../src/search/split-question.ts';
import { makePaper } from '../engine/fixtures.ts';

const phrase = (text: string) => ({ as: 'phrase', text });
const words = (text: string) => ({ as: 'words', text });

describe('what restricts', () => {
  it.each<[string, object, string]>([
    ['"graph neural networks"', { texts: [phrase('graph neural networks')] }, 'graph neural networks'],
    ['“graph networks” now', { texts: [phrase('graph networks')] }, 'graph networks now'],
    ['whales -song', { not: [{ texts: [words('song')] }] }, 'whales'],
    ['whales -"a song"', { not: [{ texts: [phrase('a song')] }] }, 'whales'],
    ['whales -pre-training', { not: [{ texts: [phrase('pre-training')] }] }, 'whales'],
    ['title:whales', { texts: [{ ...words('whales'), in: 'title' }] }, 'whales'],
    ['title:"the song"', { texts: [{ ...phrase('the song'), in: 'title' }] }, 'the song'],
    ['title:pre-training', { texts: [{ ...phrase('pre-training'), in: 'title' }] }, 'pre-training'],
    ['author:hinton', { authors: ['hinton'] }, ''],
    ['author:"Geoffrey Hinton" nets', { authors: ['Geoffrey Hinton'] }, 'nets'],
    ['AUTHOR:hinton', { authors: ['hinton'] }, ''],
    ['category:cs.*', { categories: ['cs.*'] }, ''],
    ['venue:“Ocean Letters”', { venues: ['Ocean Letters'] }, ''],
    ['year:2021', { from: '2021', to: '2021' }, ''],
    ['year:2019..2022', { from: '2019', to: '2022' }, ''],
    ['year:2019..', { from: '2019' }, ''],
    ['year:..2022', { to: '2022' }, ''],
    ['after:2019', { from: '2020' }, ''],
    ['after:2019-12', { from: '2020-01' }, ''],
    ['after:2020-02-28', { from: '2020-02-29' }, ''],
    ['before:2021-01-01', { to: '2020-12-31' }, ''],
    ['before:2021', { to: '2020' }, ''],
    ['has:code', { has: ['code'] }, ''],
    ['has:DOI,', { has: ['doi'] }, ''],
    ['id:1706.03762v3', { ids: ['1706.03762'] }, ''],
    ['id:a id:b', { ids: ['a', 'b'] }, ''],
    ['-author:hinton nets', { not: [{ authors: ['hinton'] }] }, 'nets'],
    ['-year:2021 nets', { not: [{ from: '2021', to: '2021' }] }, 'nets'],
    ['author:a author:b', { all: [{ authors: ['a'] }, { authors: ['b'] }] }, ''],
    ['x author:a, and (year:2021)', { all: [{ authors: ['a,'] }, { from: '2021', to: '2021' }] }, 'x and'],
    ['author:a -year:2021', { all: [{ authors: ['a'] }], not: [{ from: '2021', to: '2021' }] }, ''],
  ])('reads %s', (question, filter, text) => {
    expect(readQuestion(question)).toEqual({ filter, text, near: [], far: [], notes: [], isPlain: false });
  });

  it('reads papers to be near to and far from', () => {
    expect(readQuestion('related:1706.03762 -related:"10.1/x" speech')).toMatchObject({
      near: ['1706.03762'],
      far: ['10.1/x'],
      text: 'speech',
      filter: NO_FILTER,
    });
  });
});

describe('what is text', () => {
  it.each([
    'state-of-the-art GPT-4',
    'BERT: Pre-training of Deep Bidirectional Transformers',
    'Title: a subtitle',
    'a - b -- c – d',
    '-',
    'at -40 degrees and -1/2',
    'an "open quotation',
    'a 5" wafer',
    'see https://arxiv.org/abs/x and http://a.b',
    'at 12:30 :-) ;-) x:y c:\\temp std::vector',
    'ratio 3:1 and a:b',
    'author: hinton',
    '"" “ ” "?!"',
    'RoBERTa:robust BERT:pre',
    'doi:10.1000/182 in words',
    '-- -',
    'year:',
    'O(n log n) [sic] {x}',
  ])('takes %j as it stands', (question) => {
    expect(readQuestion(question)).toMatchObject({
      text: question,
      filter: NO_FILTER,
      notes: [],
      isPlain: true,
    });
  });

  it('keeps what clings to a phrase', () => {
    expect(readQuestion('"Why should I trust you?": explaining "top"-down').text).toBe(
      'Why should I trust you? explaining top -down',
    );
  });
});

describe('what cannot be read', () => {
  it.each([
    ['journal:nature', 'FIELD_UNKNOWN', 'There is no field "journal" (the fields are title, author'],
    ['autor:hinton', 'FIELD_UNKNOWN', 'did you mean author:?'],
    ['Journal:"Nature Physics"', 'FIELD_UNKNOWN', 'searched as text'],
    ['year:20x1', 'VALUE_UNREADABLE', '"20x1" is no year and no range of years'],
    ['year:2022..2019', 'VALUE_UNREADABLE', '"2022..2019" ends before it begins'],
    ['year:..', 'VALUE_UNREADABLE', 'is no year'],
    ['after:yesterday', 'VALUE_UNREADABLE', '"yesterday" is no date'],
    ['before:2021-13', 'VALUE_UNREADABLE', 'is no date'],
    ['has:pdf', 'VALUE_UNREADABLE', '"pdf" is none of code, doi, abstract'],
    ['author:…', 'VALUE_UNREADABLE', 'holds no name'],
    ['category:*', 'VALUE_UNREADABLE', 'holds no name'],
    ['title:?', 'VALUE_UNREADABLE', 'holds no word'],
  ])('is searched as text and noted: %s', (question, code, message) => {
    const { notes, text, filter, isPlain } = readQuestion(question);
    expect(notes).toMatchObject([{ code, message: expect.stringContaining(message) }]);
    expect(text).toBe(question);
    expect(filter).toEqual(NO_FILTER);
    expect(isPlain).toBe(true);
  });

  it('is excluded as text where it was negated', () => {
    expect(readQuestion('x -journal:nature')).toMatchObject({
      text: 'x',
      filter: { not: [{ texts: [phrase('journal:nature')] }] },
      notes: [{ code: 'FIELD_UNKNOWN' }],
    });
    expect(readQuestion('x -year:20x1').filter).toEqual({ not: [{ texts: [phrase('year:20x1')] }] });
  });

  it('notes the same only once', () => {
    expect(readQuestion('journal:nature journal:nature').notes).toHaveLength(1);
  });

  it('has an end', () => {
    const { filter, notes, text } = readQuestion('author:x '.repeat(30));
    expect(filter.all).toHaveLength(20);
    expect(notes).toMatchObject([{ code: 'TOO_MANY_PARTS' }]);
    expect(text).toBe(Array(10).fill('x').join(' '));
  });
});

const piece = fc.constantFrom(
  '"',
  '“',
  '”',
  '-',
  ':',
  'author:',
  'year:',
  'title:',
  '2019',
  '..',
  'has:code',
  '-related:',
  'foo',
  'journal:x',
  '(',
  ')',
  ' ',
  '  ',
  '\n',
  '\ud83d',
  '深',
  '\\',
  '10.1/x',
  'https://',
  '«',
  '»',
  '́',
  '-"',
  ',',
  '*',
);
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
);

describe('any string', () => {
  it('is a question', () => {
    const paper = makePaper({
      id: 'x',
      title: 'Foo',
      abstract: 'foo 深',
      published: '2019',
      authors: ['A B'],
    });
    fc.assert(
      fc.property(anything, (question) => {
        const { text, filter, notes, isPlain } = readQuestion(question);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(text).toBe(text.trim());
        expect(typeof matchesFilter(paper, filter)).toBe('boolean');
        for (const { message } of notes) expect(message).toMatch(/^[^\n]+\.$/);
        if (isPlain) expect(filter).toEqual(NO_FILTER);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps all its letters and digits, in one part or another', () => {
    const letters = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.join('') ?? '';
    fc.assert(
      fc.property(anything, (question) => {
        const pieces = splitQuestion(question);
        expect(pieces.map((part) => letters(typeof part === 'string' ? part : part.source)).join('')).toBe(
          letters(question),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('may be as long as a question can be, whatever it repeats', () => {
    for (const hostile of ['"a', '-"', 'a:"b', '(((', 'a:', '- ', '“', 'title:"']) {
      const question = hostile.repeat(Math.floor(4_000 / hostile.length));
      expect(readQuestion(question).text.length).toBeLessThanOrEqual(question.length);
    }
  });

  it('written out of the language is read back', () => {
    const word = fc.constantFrom('whale', 'GPT4', 'Poincaré', '深度');
    const clause = fc.oneof(
      word.map((value): [string, Filter] => [`author:${value}`, { authors: [value] }]),
      word.map((value): [string, Filter] => [`venue:"${value} ${value}"`, { venues: [`${value} ${value}`] }]),
      fc
        .integer({ min: 1000, max: 2999 })
        .map((year): [string, Filter] => [`year:${year}..`, { from: `${year}` }]),
      fc.constant<[string, Filter]>(['has:doi', { has: ['doi'] }]),
    );
    fc.assert(
      fc.property(fc.array(clause, { minLength: 2, maxLength: 10 }), fc.array(word), (clauses, plain) => {
        const { filter, text } = readQuestion([...clauses.map(([source]) => source), ...plain].join(' '));
        expect(filter).toEqual({ all: clauses.map(([, expected]) => expected) });
        expect(text).toBe(plain.join(' '));
      }),
    );
  });

  it('asks for a phrase that stands alone or with a few words, and not for one that a long text quotes', () => {
    const few = 'methods for "graph neural networks" in chemistry since the last decade began';
    expect(readQuestion(few)).toMatchObject({ isPlain: false, notes: [] });
    const many = `${few} and in biology`;
    expect(readQuestion(many)).toMatchObject({
      text: many,
      isPlain: true,
      notes: [{ code: 'READ_AS_PROSE' }],
    });
    const dashed =
      'the boundary layer over a flat plate -particularly its thickness -is wanted for large numbers';
    expect(readQuestion(dashed)).toMatchObject({ text: dashed, filter: {} });
    expect(readQuestion('boundary layer -turbulent').filter.not).toHaveLength(1);
    expect(readQuestion(`${many} year:2020`)).toMatchObject({ filter: { from: '2020', to: '2020' } });
    expect(readQuestion(`${many} -"protein folding"`).filter.not).toHaveLength(1);
  });
});
