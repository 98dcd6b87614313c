import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRecords, type SourceRecord, UNKNOWN_SOURCE } from '../../src/paper/merge-records.ts';
import type { Paper } from '../../src/paper/paper.ts';

const BARE: Paper = { id: '1706.03762', title: 'T', abstract: '', authors: [], categories: [] };
const says = (source: string, more: Partial<Paper>, taken = '2026-11-01'): SourceRecord => ({
  source,
  taken,
  paper: { ...BARE, ...more },
});
const merged = (...records: SourceRecord[]) => mergeRecords(BARE.id, records);

describe('mergeRecords', () => {
  it('takes each field from the source that knows it best, and says which', () => {
    const { paper, fields } = merged(
      says('bibtex', { title: 'Typed title', venue: 'NIPS', tags: ['mine'] }, '2026-11-03'),
      says('crossref', { title: 'Deposited title', venue: 'NeurIPS', doi: '10.1000/x' }, '2026-11-02'),
      says('arxiv', { title: 'True title', abstract: 'Long.', authors: ['A'], venue: 'arXiv' }),
    );
    expect(paper).toEqual({
      ...BARE,
      title: 'True title',
      abstract: 'Long.',
      authors: ['A'],
      venue: 'NeurIPS',
      doi: '10.1000/x',
      tags: ['mine'],
    });
    expect(fields).toEqual({
      title: { source: 'arxiv', taken: '2026-11-01' },
      abstract: { source: 'arxiv', taken: '2026-11-01' },
      authors: { source: 'arxiv', taken: '2026-11-01' },
      venue: { source: 'crossref', taken: '2026-11-02' },
      doi: { source: 'crossref', taken: '2026-11-02' },
      tags: { source: 'bibtex', taken: '2026-11-03' },
    });
  });

  it('prefers the abstract of the authors, an exact date of the same day, and the newest count', () => {
    const { paper } = merged(
      says('arxiv', { abstract: 'By others.', abstractBy: 'Pharos', published: '2017', upvotes: 1 }),
      says('ris', { abstract: 'By the authors.', published: '2017-06-12', upvotes: 5 }, '2026-11-02'),
      says('bibtex', { published: '2018-01-01' }),
    );
    expect(paper).toMatchObject({ abstract: 'By the authors.', published: '2017-06-12', upvotes: 5 });
    expect(paper).not.toHaveProperty('abstractBy');
  });

  it('asks whoever has no name last', () => {
    const { paper } = merged(
      { source: UNKNOWN_SOURCE, paper: { ...BARE, title: 'Old' } },
      says('zzz', { title: 'New' }),
    );
    expect(paper.title).toBe('New');
  });

  it('gives back the paper of a single source as it is', () => {
    const record = says('csv', { title: 'Alone' });
    expect(merged(record).paper).toBe(record.paper);
  });

  const word = fc.constantFrom('', 'a', 'b', 'c');
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const record = fc
    .record({
      source: fc.constantFrom('arxiv', 'crossref', 'bibtex', 'ris', 'other', 'another'),
      taken: fc.constantFrom('2026-11-01', '2026-11-02'),
      title: fc.constantFrom('x', 'y'),
      abstract: word,
      abstractBy: optional(fc.constant('Pharos')),
      authors: fc.subarray(['A', 'B']),
      published: optional(fc.constantFrom('2017', '2017-06', '2017-06-12', '2018')),
      venue: optional(fc.constantFrom('arXiv', 'Nature')),
      upvotes: optional(fc.nat(3)),
    })
    .map(({ source, taken, ...fields }): SourceRecord => {
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      return says(source, given, taken);
    });
  const records = fc.uniqueArray(record, { minLength: 1, maxLength: 6, selector: ({ source }) => source });

  it('does not depend on the order of the records, and loses no field', () => {
    const shuffled = records.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const [one, two] = [merged(...list), merged(...other)];
        expect(JSON.stringify(two)).toBe(JSON.stringify(one));
        for (const { paper } of list) {
          if (paper.published !== undefined) expect(one.paper.published).toBeDefined();
          if (paper.abstract !== '') expect(one.paper.abstract).not.toBe('');
          if (paper.authors.length > 0) expect(one.paper.authors).not.toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
