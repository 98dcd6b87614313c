import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePaper } from '../../src/paper/normalize-paper.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { reconcile } from '../../src/paper/reconcile.ts';

const paper = (fields: Partial<Paper> = {}): Paper => ({
  id: '1706.03762',
  title: 'Attention',
  abstract: 'The dominant models.',
  authors: ['A. Vaswani'],
  categories: ['cs.CL'],
  ...fields,
});

describe('reconcile', () => {
  it('adds what is not there', () => {
    const incoming = paper();
    expect(reconcile(undefined, incoming)).toEqual({ outcome: 'added', paper: incoming });
  });

  it('says so when nothing changes, and hands back the stored paper', () => {
    const stored = paper({ version: 2, venue: 'NeurIPS' });
    const { outcome, paper: kept } = reconcile(stored, paper({ version: 2 }));
    expect(outcome).toBe('unchanged');
    expect(kept).toBe(stored);
  });

  it.each([
    ['version', { version: 1, venue: 'old' }, { version: 2 }],
    ['date', { updated: '2017-06-12', venue: 'old' }, { updated: '2017-12-06' }],
    [
      'date of the same version',
      { version: 2, updated: '2017', venue: 'old' },
      { version: 2, updated: '2018' },
    ],
  ])('replaces an older %s whole', (_, before, after) => {
    const incoming = paper({ ...after, title: 'Attention, revised' });
    expect(reconcile(paper(before), incoming)).toEqual({ outcome: 'updated', paper: incoming });
  });

  it.each([
    ['version', { version: 3, updated: '2017' }, { version: 2, updated: '2023' }],
    ['date', { updated: '2017-06-12' }, { updated: '2017-06-11' }],
  ])('does not apply an older %s', (_, before, after) => {
    const stored = paper(before);
    const { outcome, paper: kept } = reconcile(stored, paper({ ...after, title: 'Old' }));
    expect(outcome).toBe('older');
    expect(kept).toBe(stored);
  });

  it('joins the same version: new fields come, absent ones stay', () => {
    const stored = paper({ version: 2, venue: 'NeurIPS', published: '2017-06-12', upvotes: 3 });
    const sparse = paper({
      abstract: '',
      authors: [],
      categories: [],
      published: '2017',
      upvotes: 9,
      code: 'https://a.b/c',
    });
    expect(reconcile(stored, sparse)).toEqual({
      outcome: 'updated',
      paper: { ...stored, upvotes: 9, code: 'https://a.b/c' },
    });
  });

  it("never puts a stranger's summary over the authors' abstract, but the other way round", () => {
    const summary = paper({ abstract: 'A summary.', abstractBy: 'Pharos' });
    const original = paper();
    expect(reconcile(original, summary).outcome).toBe('unchanged');
    expect(reconcile(summary, original).paper).toEqual(original);
  });

  it('forgets the number of authors once they are listed', () => {
    const stored = paper({ authors: [], authorCount: 2 });
    expect(reconcile(stored, paper({ authors: ['A', 'B'] })).paper.authorCount).toBeUndefined();
    expect(reconcile(stored, paper({ authors: ['A'] })).paper.authorCount).toBe(2);
  });

  it('is settled: applying the same paper again changes nothing', () => {
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const anyPaper = fc
      .record({
        title: fc.constantFrom('T', 'U'),
        abstract: fc.constantFrom('', 'x', 'y'),
        abstractBy: optional(fc.constant('Pharos')),
        authors: fc.subarray(['A', 'B', 'C']),
        authorCount: optional(fc.nat(4)),
        published: optional(fc.constantFrom('2017', '2017-06', '2017-06-12', '2018')),
        updated: optional(fc.constantFrom('2017', '2017-06', '2018')),
        version: optional(fc.integer({ min: 1, max: 3 })),
        venue: optional(fc.constantFrom('V', 'W')),
      })
      .map((raw) => normalizePaper({ ...raw, id: 'x' }));
    fc.assert(
      fc.property(optional(anyPaper), anyPaper, (stored, incoming) => {
        const { paper: kept } = reconcile(stored, incoming);
        expect(['unchanged', 'older']).toContain(reconcile(kept, incoming).outcome);
      }),
      { numRuns: 1_000 },
    );
  });
});
