import { describe, expect, it } from 'vitest';
import { readCollection } from '../../src/evaluate/collection.ts';
import { type Files, jsonLines, judgedFolder, SMALL } from './judged-folder.ts';

const read = (files: Files) => readCollection(judgedFolder(files));

describe('readCollection', () => {
  it('reads papers, queries and judgments', async () => {
    const { papers, queries, judgments, notes } = await read(SMALL);
    expect(papers.map(({ id }) => id)).toEqual(['1', '2', '3', '10']);
    expect(papers[3]).toMatchObject({ title: '', abstract: 'Buckling of thin shells under pressure.' });
    expect(queries.map(({ id, doc }) => [id, doc])).toEqual([
      ['q1', undefined],
      ['q2', undefined],
      ['d1', '1'],
    ]);
    expect(judgments.get('q1')).toEqual(
      new Map([
        ['10', 2],
        ['2', 0],
      ]),
    );
    expect(notes).toEqual([]);
  });

  it('reads the same from gzip', async () => {
    const packed = Object.fromEntries(Object.entries(SMALL).map(([name, text]) => [`${name}.gz`, text]));
    const [plain, unpacked] = [await read(SMALL), await read(packed)];
    expect({ ...unpacked, name: '' }).toEqual({ ...plain, name: '' });
  });

  it("reads BEIR's form", async () => {
    const { papers, queries, judgments } = await read({
      'corpus.jsonl': jsonLines(
        { _id: '4983', title: 'A', text: 'Of mice', metadata: {} },
        { _id: '7', title: '', text: 'and men' },
      ),
      'queries.jsonl': jsonLines({ _id: '0', text: 'mice' }, { _id: '1', text: 'training only' }),
      'qrels/test.tsv': 'query-id\tcorpus-id\tscore\n0\t4983\t1\n',
    });
    expect(papers.map(({ id, title, abstract }) => [id, title, abstract])).toEqual([
      ['4983', 'A', 'Of mice'],
      ['7', '', 'and men'],
    ]);
    expect(queries).toEqual([{ id: '0', text: 'mice' }]);
    expect(judgments.get('0')).toEqual(new Map([['4983', 1]]));
  });

  it('keeps ids that look like something else as they are', async () => {
    const ids = ['1706.03762v2', '10.1000/XYZ', '007', '7', 'MED-10', 'p 1'];
    const { papers } = await read({
      'papers.jsonl': jsonLines(...ids.map((id) => ({ id, title: 'Same title', abstract: 'Same text.' }))),
      'queries.jsonl': jsonLines({ id: '1', text: 'same' }),
      'qrels.tsv': '1\t7\t1\n',
    });
    expect(papers.map(({ id }) => id)).toEqual(ids);
  });

  it("leaves the query's own paper out of the judgments", async () => {
    const { judgments } = await read({ ...SMALL, 'qrels.tsv': 'd1\t1\t1\nd1\t3\t1\n' });
    expect(judgments.get('d1')).toEqual(new Map([['3', 1]]));
  });

  it('says what does not fit together', async () => {
    const { queries, notes } = await read({
      ...SMALL,
      'qrels.tsv': 'q1\t99\t1\nq1\t10\t1\nq2\t2\t0\nq9\t2\t1\n',
    });
    expect(queries.map(({ id }) => id)).toEqual(['q1', 'q2']);
    expect(notes).toEqual([
      'queries without judgments, left out: 1',
      'judged queries that are not among the queries: 1',
      'judgments of papers that are not in the collection, counted as not found: 1',
      'queries without a relevant paper, counted as 0: 1',
    ]);
  });

  it.each([
    [
      'a paper twice',
      'papers.jsonl',
      jsonLines({ id: 1, title: 'A' }, { id: '1', title: 'B' }),
      /:2: .*paper 1/,
    ],
    ['a paper without words', 'papers.jsonl', jsonLines({ id: 1, title: ' ' }), /:1: .*neither/],
    ['a paper without an id', 'papers.jsonl', jsonLines({ title: 'A' }), /:1: .*no id/],
    ['a title that is none', 'papers.jsonl', jsonLines({ id: 1, title: 5 }), /:1: .*strings/],
    ['a bad date', 'papers.jsonl', jsonLines({ id: 1, title: 'A', published: 'soon' }), /:1: .*date/],
    ['broken JSON', 'papers.jsonl', '\n{"id": 1\n', /:2: .*JSON/],
    ['a list', 'queries.jsonl', '[1]\n', /:1: .*object/],
    [
      'a query twice',
      'queries.jsonl',
      jsonLines({ id: 1, text: 'a' }, { id: 1, text: 'b' }),
      /:2: .*query 1/,
    ],
    ['a query without text', 'queries.jsonl', jsonLines({ id: 1 }), /:1: .*text/],
    ['a grade that is none', 'qrels.tsv', 'q1\t2\thigh\n', /:1: .*whole number/],
    ['blanks for tabs', 'qrels.tsv', 'q1 2 1\n', /:1: .*tabs/],
    ['two grades', 'qrels.tsv', 'q1\t2\t1\nq1\t2\t2\n', /:2: .*grade 1/],
  ])('refuses %s, naming file and line', async (_, file, text, message) => {
    await expect(read({ ...SMALL, [file]: text })).rejects.toMatchObject({
      code: 'ROW_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('says which files it looked for', async () => {
    const { 'qrels.tsv': _, ...rest } = SMALL;
    await expect(read(rest)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining('qrels.tsv'),
    });
  });

  it('needs a query with a judgment', async () => {
    await expect(read({ ...SMALL, 'qrels.tsv': 'q9\t2\t1\n' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});
