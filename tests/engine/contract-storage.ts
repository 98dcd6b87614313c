/** The part of the engine contract about papers going in, being replaced, named, listed and removed. */
import { expect, it } from 'vitest';
import { NO_FILTER } from '../../src/engine/filter.ts';
import { titleKey } from '../../src/paper/title-key.ts';
import type { CurrentEngine } from './contract.ts';
import { idsOf, makePaper, makeVector, SPACE } from './fixtures.ts';

const FULL = makePaper({
  id: '1706.03762',
  title: 'Attention Is All You Need',
  abstract: 'The dominant models are “recurrent”… 深度学习 𝔸.',
  abstractBy: 'Pharos',
  authors: ['Ashish Vaswani', 'Noam Shazeer'],
  authorCount: 8,
  published: '2017-06',
  updated: '2023-08-02',
  categories: ['cs.CL', 'cs.LG'],
  venue: 'NeurIPS',
  url: 'https://arxiv.org/abs/1706.03762',
  doi: '10.48550/arxiv.1706.03762',
  code: 'https://example.org/code',
  comment: '15 pages',
  journalRef: 'NIPS 30',
  license: 'CC-BY-4.0',
  language: 'en',
  version: 7,
  upvotes: 12,
  comments: 3,
});

export function describeStorage(current: CurrentEngine): void {
  describeReading(current);
  describeReplacing(current);
  describeRecords(current);
  describeNaming(current);
  describeStatus(current);
}

function describeReading(current: CurrentEngine): void {
  it('gives back every field of a paper', async () => {
    await current().upsert([{ paper: FULL }]);
    expect(await current().get([FULL.id])).toEqual([FULL]);
  });

  it('gives back papers in the order asked, undefined where there is none', async () => {
    const [a, b] = [makePaper({ id: 'a' }), makePaper({ id: 'b' })];
    await current().upsert([{ paper: a }, { paper: b }]);
    expect(await current().get(['b', 'none', 'a', 'b'])).toEqual([b, undefined, a, b]);
    expect(await current().get([])).toEqual([]);
  });

  it('gives the papers behind docIds in the order asked, undefined where there is none', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a' }) }, { paper: makePaper({ id: 'b' }) }]);
    const [[a = 0] = [], [b = 0] = []] = await current().lookup([
      { kind: 'id', value: 'a' },
      { kind: 'id', value: 'b' },
    ]);
    const papers = await current().papers([b, 4_000_000, a]);
    expect(papers.map((paper) => paper?.id)).toEqual(['b', undefined, 'a']);
  });

  it('scans every paper once, with its vector, in the order of docIds', async () => {
    await current().upsert(['a', 'b', 'c'].map((id) => ({ paper: makePaper({ id }) })));
    await current().attachVectors([{ id: 'b', vector: makeVector(2) }]);
    const seen: [string, boolean][] = [];
    for await (const { paper, vector } of current().scan()) seen.push([paper.id, vector !== undefined]);
    const order = await current().lookup(seen.map(([value]) => ({ kind: 'id', value })));
    expect(new Map(seen)).toEqual(
      new Map([
        ['a', false],
        ['b', true],
        ['c', false],
      ]),
    );
    expect(order.flat()).toEqual(order.flat().toSorted((x, y) => x - y));
  });

  it('scans nothing when empty', async () => {
    for await (const { paper } of current().scan()) expect.unreachable(paper.id);
  });
}

function describeReplacing(current: CurrentEngine): void {
  it('holds a paper once however often it is added', async () => {
    const papers = [{ paper: makePaper({ id: 'a' }), vector: makeVector(0) }];
    await current().upsert(papers);
    await current().upsert(papers);
    expect(await current().status()).toMatchObject({ papers: 1, embedded: 1 });
    const hits = await current().semantic(makeVector(0), { filter: NO_FILTER, limit: 10 });
    expect(await idsOf(current(), hits)).toEqual(['a']);
  });

  it('replaces a paper by the last one with its id, within a batch too', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a', title: 'First' }) }]);
    await current().upsert([
      { paper: makePaper({ id: 'a', title: 'Second' }) },
      { paper: makePaper({ id: 'a', title: 'Third', doi: '10.1/third' }) },
    ]);
    const [paper] = await current().get(['a']);
    expect(paper).toEqual(makePaper({ id: 'a', title: 'Third', doi: '10.1/third' }));
    expect(await find(current, 'first')).toEqual([]);
    expect(await find(current, 'second')).toEqual([]);
    expect(await find(current, 'third')).toEqual(['a']);
  });

  it('forgets fields that the new version does not have', async () => {
    await current().upsert([{ paper: { ...FULL, id: 'a' } }]);
    await current().upsert([{ paper: makePaper({ id: 'a' }) }]);
    expect(await current().get(['a'])).toEqual([makePaper({ id: 'a' })]);
    expect(await current().lookup([{ kind: 'doi', value: FULL.doi ?? '' }])).toEqual([[]]);
    const filter = { authors: ['Vaswani'] };
    expect((await current().lexical([{ term: 'paper', weight: 1 }], { filter, limit: 5 })).total).toBe(0);
  });

  it('removes papers and says how many there were', async () => {
    await current().upsert(
      ['a', 'b', 'c'].map((id, axis) => ({ paper: makePaper({ id }), vector: makeVector(axis) })),
    );
    expect(await current().remove(['b', 'none', 'b'])).toBe(1);
    expect(await current().remove(['b'])).toBe(0);
    expect(await current().get(['b'])).toEqual([undefined]);
    expect(await current().vectors(['b'])).toEqual([undefined]);
    expect(await find(current, 'b')).toEqual([]);
    expect(await find(current, 'paper')).toEqual(['a', 'c']);
    const near = await current().semantic(makeVector(1), { filter: NO_FILTER, limit: 10 });
    expect((await idsOf(current(), near)).toSorted()).toEqual(['a', 'c']);
    expect(await current().status()).toMatchObject({ papers: 2, embedded: 2 });
  });

  it('takes a removed paper back, without its old vector', async () => {
    const paper = makePaper({ id: 'a' });
    await current().upsert([{ paper, vector: makeVector(0) }]);
    await current().remove(['a']);
    await current().upsert([{ paper }]);
    expect(await find(current, 'a')).toEqual(['a']);
    expect(await current().vectors(['a'])).toEqual([undefined]);
  });

  it('can be emptied and filled again', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a' }), vector: makeVector(0) }]);
    await current().remove(['a']);
    expect(await find(current, 'paper')).toEqual([]);
    expect((await current().semantic(makeVector(0), { filter: NO_FILTER, limit: 3 })).docIds).toHaveLength(0);
    await current().upsert([{ paper: makePaper({ id: 'b' }), vector: makeVector(0) }]);
    expect(await find(current, 'paper')).toEqual(['b']);
  });
}

function describeRecords(current: CurrentEngine): void {
  const paper = makePaper({ id: 'a', title: 'From arXiv' });
  const records = [
    { source: 'arxiv', taken: '2026-11-01', paper },
    { source: 'unknown', paper: makePaper({ id: 'a', title: 'From before' }) },
  ];

  it('gives back what sources say of a paper, by their names, and nothing of papers that are not there', async () => {
    await current().upsert([{ paper, records: records.toReversed() }, { paper: makePaper({ id: 'b' }) }]);
    expect(await current().records(['b', 'a', 'none'])).toEqual([[], records, []]);
  });

  it('keeps records until others are given', async () => {
    await current().upsert([{ paper, records }]);
    await current().upsert([{ paper }]);
    await current().attachVectors([{ id: 'a', vector: makeVector(0) }]);
    expect(await current().records(['a'])).toEqual([records]);
    await current().upsert([{ paper, records: records.slice(0, 1) }]);
    expect(await current().records(['a'])).toEqual([records.slice(0, 1)]);
  });

  it('forgets the records of a paper that is removed', async () => {
    await current().upsert([{ paper, records }]);
    await current().remove(['a']);
    expect(await current().records(['a'])).toEqual([[]]);
    await current().upsert([{ paper }]);
    expect(await current().records(['a'])).toEqual([[]]);
  });
}

function describeNaming(current: CurrentEngine): void {
  it('finds papers by id, DOI and title key', async () => {
    await current().upsert([
      { paper: FULL },
      { paper: makePaper({ id: 'b', title: 'attention is all you need!' }) },
    ]);
    const [byId, byDoi, byTitle, none] = await current().lookup([
      { kind: 'id', value: FULL.id },
      { kind: 'doi', value: FULL.doi ?? '' },
      { kind: 'title', value: titleKey('ATTENTION is all you need') },
      { kind: 'title', value: titleKey('Attention') },
    ]);
    expect(byId).toEqual(byDoi);
    expect(await namesOf(current, byId)).toEqual([FULL.id]);
    expect(await namesOf(current, byTitle)).toEqual([FULL.id, 'b']);
    expect(none).toEqual([]);
  });

  it('does not take an id for a DOI', async () => {
    await current().upsert([{ paper: makePaper({ id: '10.1/x' }) }]);
    const [byId, byDoi] = await current().lookup([
      { kind: 'id', value: '10.1/x' },
      { kind: 'doi', value: '10.1/x' },
    ]);
    expect(byId).toHaveLength(1);
    expect(byDoi).toEqual([]);
  });
}

function describeStatus(current: CurrentEngine): void {
  it('counts papers and vectors and knows its space', async () => {
    expect(await current().status()).toMatchObject({ papers: 0, embedded: 0, space: SPACE });
    expect(current().space).toEqual(SPACE);
    await current().upsert([
      { paper: makePaper({ id: 'a' }), vector: makeVector(0) },
      { paper: makePaper({ id: 'b' }) },
    ]);
    expect(await current().status()).toMatchObject({ papers: 2, embedded: 1 });
  });

  it('grows its generation with every change', async () => {
    const generations = [(await current().status()).generation];
    const changes = [
      () => current().upsert([{ paper: makePaper({ id: 'a' }) }]),
      () => current().attachVectors([{ id: 'a', vector: makeVector(0) }]),
      () => current().upsert([{ paper: makePaper({ id: 'a', title: 'Changed' }) }]),
      () => current().remove(['a']),
    ];
    for (const change of changes) {
      await change();
      generations.push((await current().status()).generation);
    }
    expect(generations).toEqual([...new Set(generations)].toSorted((a, b) => a - b));
  });

  it('answers the same after a checkpoint', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a' }), vector: makeVector(0) }]);
    await current().checkpoint();
    expect(await find(current, 'a')).toEqual(['a']);
    await current().upsert([{ paper: makePaper({ id: 'b' }) }]);
    expect(await find(current, 'paper')).toEqual(['a', 'b']);
  });
}

async function find(current: CurrentEngine, term: string): Promise<(string | undefined)[]> {
  const ranking = await current().lexical([{ term, weight: 1 }], { filter: NO_FILTER, limit: 10 });
  expect(ranking.docIds).toHaveLength(ranking.total);
  return (await idsOf(current(), ranking)).toSorted();
}

async function namesOf(current: CurrentEngine, docIds: number[] = []): Promise<(string | undefined)[]> {
  return (await current().papers(docIds)).map((paper) => paper?.id);
}
