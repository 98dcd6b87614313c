import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/fault/app-error.ts';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { RawPaper } from '../../src/paper/raw-paper.ts';
import { titleKey } from '../../src/paper/title-key.ts';

const faultOf = (raw: RawPaper): AppError => {
  try {
    normalizePaper(raw);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`taken as a paper: ${JSON.stringify(raw)}`);
};

describe('normalizePaper', () => {
  it('brings a full record into form', () => {
    const paper = normalizePaper({
      id: 'arXiv:2505.00753v4',
      title: ' LLM-Based\n Human-Agent ',
      abstract: '  Recent\n advances ',
      authors: ['Ada Lovelace'],
      published: '2025-05-01T10:00:00Z',
      updated: '2025-05-19',
      categories: ['cs.CL', 'cs.LG'],
      version: '4',
      venue: 'arXiv',
      url: 'https://arxiv.org/abs/2505.00753',
      comment: '36 pages',
      code: ['https://github.com/a/b', 'https://github.com/c/d'],
      journal_ref: 'Phys. Rev.',
      doi: '10.1103/PhysRevLett.68.1172',
      unknown: { deeply: ['nested'] },
    });
    expect(paper).toEqual({
      id: '2505.00753',
      title: 'LLM-Based Human-Agent',
      abstract: 'Recent advances',
      authors: ['Ada Lovelace'],
      published: '2025-05-01',
      updated: '2025-05-19',
      categories: ['cs.CL', 'cs.LG'],
      venue: 'arXiv',
      url: 'https://arxiv.org/abs/2505.00753',
      doi: '10.1103/physrevlett.68.1172',
      code: 'https://github.com/a/b',
      comment: '36 pages',
      journalRef: 'Phys. Rev.',
      version: 4,
    });
  });

  it('makes an id of the title and the first author where there is none', () => {
    const id = (title: string, ...authors: string[]) => normalizePaper({ title, authors }).id;
    expect(id('An Editorial', 'Ada B. Fox', 'Bo Li')).toBe(id('an editorial.', 'Fox, A.'));
    expect(id('An Editorial', 'Ada Fox')).not.toBe(id('An Editorial', 'Bo Li'));
    expect(id('An Editorial', 'Ada Fox')).not.toBe(id('Another Editorial', 'Ada Fox'));
    expect(id('An Editorial')).toBe(id('an editorial'));
  });

  it('keeps a bare number of authors, comments and upvotes', () => {
    const paper = normalizePaper({ title: 'CharacterChat', author_count: 8, comments: 1, upvotes: '12' });
    expect(paper).toEqual({
      id: expect.stringMatching(/^title:[0-9a-f]{16}$/),
      title: 'CharacterChat',
      abstract: '',
      authors: [],
      authorCount: 8,
      categories: [],
      upvotes: 12,
      comments: 1,
    });
  });

  it.each(['journal_ref', 'journalRef', 'journal-ref', 'Journal Ref', 'JOURNAL_REF'])(
    'reads the key %s',
    (key) => {
      expect(normalizePaper({ title: 'T', [key]: 'Nature 1' }).journalRef).toBe('Nature 1');
    },
  );

  it('takes the more telling of two keys, and none that is empty', () => {
    expect(normalizePaper({ title: 'T', date: '2001', published: '2002-03' }).published).toBe('2002-03');
    expect(normalizePaper({ title: 'T', published: '', date: null, year: 2003 }).published).toBe('2003');
  });

  it('takes comments that are words for a remark', () => {
    const { comment, comments } = normalizePaper({ title: 'T', comments: '12 pages, 3 figures' });
    expect({ comment, comments }).toEqual({ comment: '12 pages, 3 figures', comments: undefined });
  });

  describe('ids', () => {
    it.each([
      [{ id: 'https://arxiv.org/abs/math.GT/0309136v2' }, 'math/0309136', 2],
      [{ id: 'doi:10.1000/ABC' }, '10.1000/abc', undefined],
      [{ id: '2023.acl-long.report' }, '2023.acl-long.report', undefined],
      [{ id: ' my:Paper-1 ' }, 'my:Paper-1', undefined],
      [{ id: 42 }, '42', undefined],
      [{ id: '', url: 'https://arxiv.org/pdf/1706.03762v5' }, '1706.03762', 5],
      [{ doi: 'https://doi.org/10.1000/ABC' }, '10.1000/abc', undefined],
      [{ id: '1706.03762v5', version: 'v7' }, '1706.03762', 7],
    ])('%j is %s, version %s', (raw, id, version) => {
      const paper = normalizePaper({ title: 'T', ...raw });
      expect([paper.id, paper.version]).toEqual([id, version]);
    });

    it('gives the same id to two spellings of a title', () => {
      const one = normalizePaper({ title: 'Schrödinger’s Cat' });
      const other = normalizePaper({ title: 'SCHR\\"ODINGER\'S cat.' });
      expect(one.id).toBe(other.id);
      expect(normalizePaper({ title: "Schrödinger's dog" }).id).not.toBe(one.id);
    });

    it('knows a DOI given as id by its DOI too', () => {
      expect(normalizePaper({ title: 'T', id: '10.1000/ABC' }).doi).toBe('10.1000/abc');
    });
  });

  describe('refuses', () => {
    it.each<[RawPaper, string, RegExp]>([
      [{}, '/title', /missing/],
      [{ title: null }, '/title', /missing/],
      [{ title: '  ' }, '/title', /missing/],
      [{ title: '\u200b' }, '/title', /empty/],
      [{ title: ['T'] }, '/title', /not text/],
      [{ title: 'x'.repeat(2_001) }, '/title', /2001/],
      [{ title: 'T', abstract: 'x'.repeat(100_001) }, '/abstract', /100001/],
      [{ title: 'T', abstract: { text: 'x' } }, '/abstract', /not text/],
      [{ title: 'T', published: '2023-02-30' }, '/published', /2023-02-30/],
      [{ title: 'T', published: {} }, '/published', /published/],
      [{ title: 'T', year: 12 }, '/year', /12/],
      [{ title: 'T', updated: 'soon' }, '/updated', /soon/],
      [{ title: 'T', id: 'two words' }, '/id', /blanks/],
      [{ title: 'T', id: 'x'.repeat(513) }, '/id', /513/],
      [{ title: 'T', id: 17.5 }, '/id', /not text/],
    ])('%.60j', (raw, pointer, message) => {
      const fault = faultOf(raw);
      expect(fault.code).toBe('ROW_INVALID');
      expect(fault.issues.map((issue) => issue.pointer)).toEqual([pointer]);
      expect(fault.message).toMatch(message);
    });
  });

  it('leaves out optional fields that make no sense, and keeps the paper', () => {
    const paper = normalizePaper({
      title: 'T',
      upvotes: -3,
      comments: 1.5,
      author_count: 'many',
      url: 'javascript:alert(1)',
      code: 'github.com/a/b',
      doi: 'none',
      venue: 7,
      license: 'x'.repeat(2_001),
      version: 'draft',
      authors: { first: 'Ada' },
      categories: [null, 3],
      language: '\u0000',
    });
    expect(paper).toEqual({ id: expect.any(String), title: 'T', abstract: '', authors: [], categories: [] });
  });

  it('keeps the first of several DOIs', () => {
    expect(normalizePaper({ title: 'T', doi: '10.1/x 10.1000/B' }).doi).toBeUndefined();
    expect(normalizePaper({ title: 'T', doi: '10.1000/A 10.1000/B' }).doi).toBe('10.1000/a');
  });

  it('does not repeat the number of authors it lists', () => {
    expect(normalizePaper({ title: 'T', authors: ['A', 'B'], authorCount: 2 }).authorCount).toBeUndefined();
    expect(normalizePaper({ title: 'T', authors: ['A', 'B'], authorCount: 9 }).authorCount).toBe(9);
  });

  const KEYS =
    'id title abstract abstractBy authors author_count published year updated categories venue url pdf doi code ' +
    'comment comments journal_ref license language version upvotes __proto__ constructor';
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '1706.03762v2',
      '10.1000/Ab',
      'https://a.org/x',
      '2017-06-12',
      "\\'{e}",
      'A, B and C',
      'v3',
    ),
  );
  const value = fc.oneof(
    text,
    fc.array(text, { maxLength: 3 }),
    fc.anything({ withBigInt: true, withDate: true }),
  );
  const record = fc.dictionary(fc.constantFrom(...KEYS.split(' ')), value);

  it('throws nothing but AppError, and comes to rest after one pass', () => {
    fc.assert(
      fc.property(record, fc.option(text), (raw, title) => {
        let paper: ReturnType<typeof normalizePaper>;
        try {
          paper = normalizePaper(title === null ? raw : { ...raw, title });
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        expect(normalizePaper({ ...paper })).toEqual(paper);
        expect(titleKey(paper.title)).not.toBe('');
        expect(Object.values(paper)).not.toContain(undefined);
      }),
      { numRuns: 3_000 },
    );
  });
});
