/** The part of the engine contract about vectors: when they are kept, dropped, attached and still missing. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { NO_FILTER } from '../../src/engine/filter.ts';
import type { DocId } from '../../src/engine/ranking.ts';
import type { PaperId } from '../../src/paper/paper.ts';
import type { CurrentEngine } from './contract.ts';
import { idsOf, makePaper, makeVector } from './fixtures.ts';

export function describeVectors(current: CurrentEngine): void {
  it('gives vectors back in the order asked, undefined where there is none', async () => {
    await current().upsert([
      { paper: makePaper({ id: 'a' }), vector: makeVector(0, 0.3) },
      { paper: makePaper({ id: 'b' }) },
    ]);
    const [none, b, a] = await current().vectors(['none', 'b', 'a']);
    expect([none, b]).toEqual([undefined, undefined]);
    expectClose(a, makeVector(0, 0.3));
  });

  it('gives the vectors of hits, undefined for those that are gone', async () => {
    await current().upsert([
      { paper: makePaper({ id: 'a' }), vector: makeVector(0, 0.3) },
      { paper: makePaper({ id: 'b' }) },
    ]);
    const [[a = 0] = [], [b = 0] = []] = await current().lookup([
      { kind: 'id', value: 'a' },
      { kind: 'id', value: 'b' },
    ]);
    const [ofB, ofNobody, ofA] = await current().vectorsOf([b, 4_000_000, a]);
    expect([ofB, ofNobody]).toEqual([undefined, undefined]);
    expectClose(ofA, makeVector(0, 0.3));
    await current().remove(['a']);
    expect(await current().vectorsOf([a])).toEqual([undefined]);
  });

  it('keeps a vector when other fields change', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a', abstract: 'Same.' }), vector: makeVector(3) }]);
    await current().upsert([{ paper: makePaper({ id: 'a', abstract: 'Same.', venue: 'NeurIPS' }) }]);
    expectClose((await current().vectors(['a']))[0], makeVector(3));
    expect(await nearest(current, 3)).toEqual(['a']);
  });

  it('drops a vector when the embedded text changes', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a', abstract: 'Old.' }), vector: makeVector(3) }]);
    await current().upsert([{ paper: makePaper({ id: 'a', abstract: 'New.' }) }]);
    expect(await current().vectors(['a'])).toEqual([undefined]);
    expect(await nearest(current, 3)).toEqual([]);
    expect((await current().unembedded(5)).map(({ id }) => id)).toEqual(['a']);
  });

  it('replaces a vector by one that is given', async () => {
    const paper = makePaper({ id: 'a' });
    await current().upsert([{ paper, vector: makeVector(0) }]);
    await current().upsert([{ paper, vector: makeVector(4) }]);
    expectClose((await current().vectors(['a']))[0], makeVector(4));
    const { scores } = await current().semantic(makeVector(4), { filter: NO_FILTER, limit: 5 });
    expect([...scores]).toEqual([expect.closeTo(1, 2)]);
  });

  it('attaches vectors to stored papers and passes over the others', async () => {
    await current().upsert([{ paper: makePaper({ id: 'a' }) }]);
    await current().attachVectors([
      { id: 'none', vector: makeVector(1) },
      { id: 'a', vector: makeVector(2) },
    ]);
    expect(await nearest(current, 2)).toEqual(['a']);
    expect(await current().status()).toMatchObject({ papers: 1, embedded: 1 });
    await current().attachVectors([{ id: 'a', vector: makeVector(5) }]);
    expectClose((await current().vectors(['a']))[0], makeVector(5));
    expect(await nearest(current, 5)).toEqual(['a']);
  });

  it('compares any papers pair by pair, in the order asked', async () => {
    await current().upsert([
      { paper: makePaper({ id: 'a' }), vector: makeVector(0) },
      { paper: makePaper({ id: 'b' }), vector: makeVector(0, 0.5) },
      { paper: makePaper({ id: 'bare' }) },
      { paper: makePaper({ id: 'c' }), vector: makeVector(2).map((component) => -component) },
    ]);
    const docIds = await docIdsOf(current(), ['c', 'b', 'bare', 'a']);
    const matrix = await current().similarities([...docIds, 4_000]);
    const near = Math.cos(0.5);
    const wanted = [
      [1, 0, 0, 0, 0],
      [0, 1, 0, near, 0],
      [0, 0, 0, 0, 0],
      [0, near, 0, 1, 0],
      [0, 0, 0, 0, 0],
    ];
    expect([...matrix]).toEqual(wanted.flat().map((similarity) => expect.closeTo(similarity, 2)));
    expect(await current().similarities([])).toEqual(new Float32Array(0));
  });

  it('compares with vectors as they are now', async () => {
    await current().upsert(
      ['a', 'b'].map((id, axis) => ({ paper: makePaper({ id }), vector: makeVector(axis) })),
    );
    const docIds = await docIdsOf(current(), ['a', 'b']);
    const nearness = async () => (await current().similarities(docIds))[1];
    expect(await nearness()).toBeCloseTo(0, 2);
    await current().attachVectors([{ id: 'b', vector: makeVector(0) }]);
    expect((await current().similarities(await docIdsOf(current(), ['a', 'b'])))[1]).toBeCloseTo(1, 2);
    await current().remove(['b']);
    expect(await nearness()).toBe(0);
  });

  it('keeps its own copy of what it is given', async () => {
    const vector = makeVector(1);
    await current().upsert([{ paper: makePaper({ id: 'a' }), vector }]);
    vector.fill(0);
    expectClose((await current().vectors(['a']))[0], makeVector(1));
    (await current().vectors(['a']))[0]?.fill(0);
    expectClose((await current().vectors(['a']))[0], makeVector(1));
  });

  it('lists papers that wait for a vector, oldest first', async () => {
    for (const id of ['c', 'a', 'd', 'b']) await current().upsert([{ paper: makePaper({ id }) }]);
    await current().attachVectors([{ id: 'a', vector: makeVector(0) }]);
    const waiting = async (limit: number) => (await current().unembedded(limit)).map(({ id }) => id);
    expect(await waiting(10)).toEqual(['c', 'd', 'b']);
    expect(await waiting(2)).toEqual(['c', 'd']);
    await current().remove(['c']);
    expect(await waiting(10)).toEqual(['d', 'b']);
  });

  it('gives waiting papers whole', async () => {
    const paper = makePaper({ id: 'a', abstract: 'Text.', authors: ['A. B.'], published: '2020' });
    await current().upsert([{ paper }]);
    expect(await current().unembedded(1)).toEqual([paper]);
  });
}

async function docIdsOf(engine: Engine, ids: readonly PaperId[]): Promise<DocId[]> {
  const found = await engine.lookup(ids.map((value) => ({ kind: 'id', value })));
  return found.flat();
}

function expectClose(actual: Float32Array | undefined, wanted: Float32Array): void {
  // Engines may store float16.
  expect([...(actual ?? [])]).toEqual([...wanted].map((component) => expect.closeTo(component, 2)));
}

async function nearest(current: CurrentEngine, axis: number): Promise<(PaperId | undefined)[]> {
  return idsOf(current(), await current().semantic(makeVector(axis), { filter: NO_FILTER, limit: 5 }));
}
