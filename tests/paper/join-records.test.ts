/** Which ids are one paper: what ties them, what keeps them apart, and that the order of ids and ties does not count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinedByTies, type SaidOfId, type Tie, tieBetween } from '../../src/paper/join-records.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { compareIds, preferredId } from '../../src/paper/paper-names.ts';

const TITLE = 'Deep Residual Learning for Image Recognition';
const AUTHORS = ['Kaiming He', 'Xiangyu Zhang', 'Shaoqing Ren', 'Jian Sun'];
const ABSTRACT =
  'Deeper neural networks are more difficult to train and we present a residual learning framework that eases the ' +
  'training of networks that are substantially deeper than those used previously on several large image sets.';

function said(id: string, more: Partial<Paper> = {}, source = `source of ${id}`): SaidOfId {
  const paper = { id, title: TITLE, abstract: '', authors: AUTHORS, categories: [], ...more };
  return { id, records: [{ source, paper }] };
}

const ARXIV = said('1512.03385', { abstract: ABSTRACT, doi: '10.1109/cvpr.2016.90' });

describe('tieBetween', () => {
  it.each<[string, SaidOfId, string]>([
    ['its DOI', said('10.1109/cvpr.2016.90', { title: 'Deep residual learning' }), 'doi'],
    ['its address', said('key1', { url: 'https://arxiv.org/pdf/1512.03385v1', authors: [] }), 'id'],
    ['the DOI that arXiv registered', said('key1', { doi: '10.48550/arxiv.1512.03385' }), 'id'],
    [
      'title and authors, spelled otherwise',
      said('key1', { title: TITLE.toUpperCase(), authors: ['He, K.', 'J. Sun'] }),
      'title',
    ],
    [
      'title and authors, with an abstract',
      said('key1', { abstract: ABSTRACT.replace('eases', 'helps') }),
      'title',
    ],
  ])('finds by %s', (_, other, by) => {
    expect(tieBetween(ARXIV, other)?.by).toBe(by);
    expect(tieBetween(other, ARXIV)).toEqual(tieBetween(ARXIV, other));
  });

  it.each<[string, SaidOfId]>([
    [
      'another title, though a near one',
      said('key1', { title: 'Deep Residual Learning for Image Restoration' }),
    ],
    ['another part', said('key1', { title: `${TITLE} II` })],
    ['other authors under the same title', said('key1', { authors: ['Ada Fox', 'Bo Li'] })],
    ['no authors', said('key1', { authors: [] })],
    [
      'another abstract',
      said('key1', {
        abstract:
          'We survey every method that was ever tried on pictures of cats, dogs and houses, and find that none of them explains why the labels of large collections are so often wrong in the end.',
      }),
    ],
    ['another DOI', said('key1', { doi: '10.1109/other' })],
    ['a DOI of its own', said('10.1109/other')],
    ['another arXiv id', said('1512.99999', { abstract: ABSTRACT })],
    ['another address at arXiv', said('key1', { url: 'https://arxiv.org/abs/1512.99999' })],
    ['its erratum, under its DOI', said('key1', { title: `Erratum: ${TITLE}`, doi: '10.1109/cvpr.2016.90' })],
    [
      'its DOI on a paper of others',
      said('key1', { title: 'Fish', authors: ['Bo Li'], doi: '10.1109/cvpr.2016.90' }),
    ],
    ['years far apart', said('key1', { published: '1999' })],
  ])('keeps apart: %s', (_, other) => {
    const dated = {
      ...ARXIV,
      records: ARXIV.records.map((record) => ({
        ...record,
        paper: { ...record.paper, published: '2015-12-10' },
      })),
    };
    expect(tieBetween(dated, other)).toBeUndefined();
    expect(tieBetween(other, dated)).toBeUndefined();
  });

  it.each(['Editorial', 'Introduction', 'Preface to the Special Issue'])(
    'keeps apart two of the same people: %s',
    (title) => {
      expect(tieBetween(said('key1', { title }), said('10.1000/1', { title }))).toBeUndefined();
    },
  );

  it('believes a source that two ids of its own are two papers', () => {
    const [a, b] = [said('1', { abstract: ABSTRACT }, 'jsonl'), said('2', { abstract: ABSTRACT }, 'jsonl')];
    expect(tieBetween(a, b)).toBeUndefined();
    expect(tieBetween(a, said('2', { abstract: ABSTRACT }, 'csv'))?.by).toBe('title');
    expect(tieBetween(a, said('title:00000000000000aa', { abstract: ABSTRACT }, 'jsonl'))?.by).toBe('title');
  });
});

describe('joinedByTies', () => {
  const tie = (by: Tie['by'], ...ids: [string, string]): Tie => ({ ids, by });
  const groups = (list: readonly SaidOfId[], ties: readonly Tie[]) =>
    joinedByTies(list, ties).map((group) => group.map(({ id }) => id));

  it('follows ties through one another, the preferred id first', () => {
    const list = [said('key1'), said('10.1109/cvpr.2016.90'), ARXIV, said('far')];
    const ties = [
      tie('title', '10.1109/cvpr.2016.90', 'key1'),
      tie('doi', '1512.03385', '10.1109/cvpr.2016.90'),
    ];
    expect(groups(list, ties)).toEqual([['1512.03385', '10.1109/cvpr.2016.90', 'key1'], ['far']]);
  });

  it('gives what fits two arXiv papers to the one with the stronger tie, else the lower id', () => {
    const list = [said('key1'), said('1512.99999'), said('1512.03385')];
    const both = [tie('title', '1512.99999', 'key1'), tie('title', '1512.03385', 'key1')];
    expect(groups(list, both)).toEqual([['1512.03385', 'key1'], ['1512.99999']]);
    expect(groups(list, [tie('id', '1512.99999', 'key1'), ...both.slice(1)])).toEqual([
      ['1512.99999', 'key1'],
      ['1512.03385'],
    ]);
  });

  it('makes the same papers of the same ties, whatever their order', () => {
    const ids = [
      '1512.03385',
      '1512.99999',
      '10.1000/a',
      '10.1000/b',
      'key1',
      'key2',
      'title:00000000000000aa',
    ];
    const pairs = ids.flatMap((a, at) =>
      ids.slice(at + 1).map((b): [string, string] => (compareIds(a, b) < 0 ? [a, b] : [b, a])),
    );
    const someTies = fc.uniqueArray(
      fc.record({
        ids: fc.constantFrom(...pairs),
        by: fc.constantFrom('id' as const, 'doi' as const, 'title' as const),
      }),
      { selector: (one) => one.ids.join(' ') },
    );
    const shuffled = someTies.chain((ties) =>
      fc.tuple(
        fc.constant(ties),
        fc.shuffledSubarray(ties, { minLength: ties.length }),
        fc.shuffledSubarray(ids, { minLength: ids.length }),
      ),
    );
    const inOrder = (list: string[][]) => list.map((group) => group.join(' ')).sort();
    fc.assert(
      fc.property(shuffled, ([ties, otherTies, otherIds]) => {
        const list = (order: readonly string[]) => order.map((id) => said(id, {}, 'jsonl'));
        const joined = groups(list(ids), ties);
        expect(inOrder(groups(list(otherIds), otherTies))).toEqual(inOrder(joined));
        for (const group of joined) {
          expect(preferredId(group)).toBe(group[0]);
          expect(group.filter((id) => id.startsWith('1512')).length).toBeLessThan(2);
        }
      }),
    );
  });
});

it('prefers arXiv, then DOI, then ACL, then others, and ids made of titles last', () => {
  const ids = [
    'title:00000000000000aa',
    'key1',
    'P18-1001',
    '2020.acl-main.1',
    '10.1000/1',
    'hep-th/9711200',
    '1512.03385',
  ];
  expect(ids.toSorted(compareIds)).toEqual([
    '1512.03385',
    'hep-th/9711200',
    '10.1000/1',
    '2020.acl-main.1',
    'P18-1001',
    'key1',
    'title:00000000000000aa',
  ]);
});
