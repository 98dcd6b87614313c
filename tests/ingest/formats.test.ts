import { describe, expect, it } from 'vitest';
import { detectFormat, headerLine } from '../../src/ingest/detect-format.ts';
import type { Row } from '../../src/ingest/row.ts';
import { brief, rowsOf } from './sources.ts';

const papersOf = (rows: readonly Row[]) =>
  rows.map((row) => {
    if (!('paper' in row)) throw new Error(brief(row));
    return row.paper;
  });

const SNAPSHOT_RECORD = {
  id: '0704.0001',
  submitter: 'Pavel Nadolsky',
  authors: "C. Bal\\'azs, E. L. Berger, C.-P. Yuan",
  title: 'Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies',
  comments: '37 pages, 15 figures; published version',
  'journal-ref': 'Phys.Rev.D76:013009,2007',
  doi: '10.1103/PhysRevD.76.013009',
  'report-no': 'ANL-HEP-PR-07-12',
  categories: 'hep-ph hep-ex',
  license: null,
  abstract: '  A fully differential calculation in perturbative quantum chromodynamics is\npresented.\n',
  versions: [
    { version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' },
    { version: 'v2', created: 'Tue, 24 Jul 2007 20:10:27 GMT' },
  ],
  update_date: '2008-11-26',
  authors_parsed: [
    ['Balázs', 'C.', ''],
    ['Berger', 'E. L.', ''],
    ['Yuan', 'C. -P.', 'Jr.'],
  ],
};

describe('the arXiv snapshot', () => {
  it('is recognised and read', async () => {
    const papers = papersOf(await rowsOf(JSON.stringify(SNAPSHOT_RECORD)));
    expect(papers).toEqual([
      {
        id: '0704.0001',
        title: 'Calculation of prompt diphoton production cross sections at Tevatron and LHC energies',
        abstract: 'A fully differential calculation in perturbative quantum chromodynamics is presented.',
        authors: ['C. Balázs', 'E. L. Berger', 'C. -P. Yuan Jr.'],
        published: '2007-04-02',
        updated: '2007-07-24',
        categories: ['hep-ph', 'hep-ex'],
        venue: 'arXiv',
        url: 'https://arxiv.org/abs/0704.0001',
        doi: '10.1103/physrevd.76.013009',
        comment: '37 pages, 15 figures; published version',
        journalRef: 'Phys.Rev.D76:013009,2007',
        version: 2,
      },
    ]);
  });

  it('reads the names of authors from the string where they are not parsed', async () => {
    const authors = 'A. Lovelace (1 and 2), A. Turing (2) and K. G\\"odel ((1) London, (2) Vienna (Wien))';
    const record = { ...SNAPSHOT_RECORD, authors, authors_parsed: null };
    const [paper] = papersOf(await rowsOf(JSON.stringify(record)));
    expect(paper?.authors).toEqual(['A. Lovelace', 'A. Turing', 'K. Gödel']);
  });

  it('makes do with a record that has only what it must', async () => {
    const [paper] = papersOf(
      await rowsOf('{"id":"math/0309136","title":"T","authors_parsed":[],"versions":null}'),
    );
    expect(paper).toMatchObject({ id: 'math/0309136', title: 'T', abstract: '', authors: [] });
    expect(paper).not.toHaveProperty('published');
  });
});

describe('CSV', () => {
  it.each([
    [
      ',',
      'ID,Title,Authors,Categories,Year,Journal Ref\n1706.03762v5,"Attention, please",A. Lovelace; A. Turing,cs.CL|cs.AI,2017,"Nature ""1"""',
    ],
    [
      ';',
      'ID;Title;Authors;Categories;Year;Journal Ref\r\n1706.03762v5;Attention, please;"A. Lovelace; A. Turing";cs.CL|cs.AI;2017;"Nature ""1"""\r\n',
    ],
    [
      '\t',
      'ID\tTitle\tAuthors\tCategories\tYear\tJournal Ref\n1706.03762v5\tAttention, please\t["A. Lovelace","A. Turing"]\tcs.CL;cs.AI\t2017\tNature "1"\n',
    ],
  ])('separated by %j is recognised and read', async (_, text) => {
    expect(papersOf(await rowsOf(text))).toEqual([
      {
        id: '1706.03762',
        title: 'Attention, please',
        abstract: '',
        authors: ['A. Lovelace', 'A. Turing'],
        published: '2017',
        categories: ['cs.CL', 'cs.AI'],
        journalRef: 'Nature "1"',
        version: 5,
      },
    ]);
  });

  it('keeps the line of every row, and goes on after a bad one', async () => {
    const rows = await rowsOf(
      [
        'title,abstract,year',
        'First,"two\nlines",2001',
        '',
        'Second,unquoted, commas,2002',
        ',no title,2003',
        'Third,,2004',
        ',,',
        'Fourth',
        'Fifth,,2005,,',
        'Sixth,"never closed,2006',
      ].join('\n'),
    );
    expect(rows.map(brief)).toEqual([
      '2 First',
      expect.stringMatching(/^5 !The row has 4 cells, the header 3/),
      '6 !The title is missing',
      '7 Third',
      '9 Fourth',
      '10 Fifth',
      expect.stringMatching(/^11 !The row is broken CSV/),
    ]);
  });

  it('needs a header with a title', async () => {
    await expect(rowsOf('a,b\n1,2\n', { format: 'csv' })).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
      message: expect.stringMatching(/title.*a,b/),
    });
  });
});

describe('detectFormat', () => {
  it.each([
    ['jsonl', '{"title":"T"}\n'],
    ['jsonl', '\n\n {"title":"T"}'],
    ['jsonl', '{"id":"1","title":"cut off in the mid'],
    ['jsonl', 'not json at all\n{"title":"T"}\n'],
    ['jsonl', '{"title":"T","versions":[1]}'],
    ['arxiv', '{"title":"T","authors_parsed":[]}'],
    ['arxiv', '{"title":"T","versions":[],"update_date":"2008-11-26"}'],
    ['arxiv', '{broken\n{"title":"T","authors_parsed":[]}'],
    ['arxiv', '{"authors_parsed":[["cut of'],
    ['csv', 'title\nOne\n'],
    ['csv', 'id;"Title";year\r\n'],
    ['csv', '\nyear\ttitle\n'],
    [undefined, '[{"title":"T"}]'],
    [undefined, '{\n  "title": "T"\n}'],
    [undefined, '\x89PNG\r\n\x1a\n'],
    ['bibtex', '@article{knuth, title = {T}}'],
    [undefined, '<html><title>T</title></html>'],
    [undefined, 'a,b,c\n1,2,3'],
  ])('says %s of %j', (format, head) => {
    expect(detectFormat(head)).toBe(format);
  });

  it('finds the header behind blank lines', () => {
    expect(headerLine('\n \r\n id,title \r\nrow')).toBe('id,title');
  });
});
