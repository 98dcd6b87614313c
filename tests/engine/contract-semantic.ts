/** The part of the engine contract about finding by meaning: similarities, order, limits, filters. */
import { expect, it } from 'vitest';
import { type Filter, NO_FILTER } from '../../src/engine/filter.ts';
import type { CurrentEngine } from './contract.ts';
import { idsOf, makePaper, makeVector } from './fixtures.ts';

const WITHIN = 2;

export function describeSemantic(current: CurrentEngine): void {
  it('ranks by cosine similarity, nearest first', async () => {
    await fan(current, 5);
    const ranking = await current().semantic(makeVector(0), { filter: NO_FILTER, limit: 10 });
    expect(await idsOf(current(), ranking)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    expect([...ranking.scores]).toEqual(
      [0, 0.2, 0.4, 0.6, 0.8].map((angle) => expect.closeTo(Math.cos(angle), WITHIN)),
    );
  });

  it('gives negative similarities their sign', async () => {
    const vector = makeVector(0).map((component) => -component);
    await current().upsert([{ paper: makePaper({ id: 'a' }), vector }]);
    const { scores } = await current().semantic(makeVector(0), { filter: NO_FILTER, limit: 1 });
    expect([...scores]).toEqual([expect.closeTo(-1, WITHIN)]);
  });

  it('stops at the limit and gives all where there are fewer', async () => {
    await fan(current, 5);
    const nearest = async (limit: number) =>
      idsOf(current(), await current().semantic(makeVector(0), { filter: NO_FILTER, limit }));
    expect(await nearest(0)).toEqual([]);
    expect(await nearest(2)).toEqual(['p0', 'p1']);
    expect(await nearest(1_000)).toHaveLength(5);
  });

  it('leaves out papers without a vector', async () => {
    await fan(current, 2);
    await current().upsert([{ paper: makePaper({ id: 'bare' }) }]);
    const ranking = await current().semantic(makeVector(0), { filter: NO_FILTER, limit: 10 });
    expect(await idsOf(current(), ranking)).toEqual(['p0', 'p1']);
  });

  it('puts the lower docId first on ties', async () => {
    await current().upsert(
      ['x', 'm', 'a'].map((id) => ({ paper: makePaper({ id }), vector: makeVector(2) })),
    );
    const { docIds } = await current().semantic(makeVector(2), { filter: NO_FILTER, limit: 10 });
    expect(docIds).toHaveLength(3);
    expect([...docIds]).toEqual([...docIds].toSorted((a, b) => a - b));
  });

  it('finds nothing in an empty index', async () => {
    const ranking = await current().semantic(makeVector(0), { filter: NO_FILTER, limit: 10 });
    expect(ranking).toEqual({ docIds: new Uint32Array(0), scores: new Float32Array(0) });
  });

  const cases: readonly [string, Filter, readonly string[]][] = [
    ['dates', { from: '2002', to: '2003' }, ['p2', 'p3']],
    ['categories', { categories: ['cs'] }, ['p0', 'p2', 'p4']],
    ['authors', { authors: ['Author 3'] }, ['p3']],
    ['venues', { venues: ['even'] }, ['p0', 'p2', 'p4']],
    ['everything at once', { from: '2001', categories: ['cs.CL'], venues: ['Even'] }, ['p2', 'p4']],
    ['nothing that exists', { authors: ['Nobody'] }, []],
  ];
  it.each(cases)('filters by %s before it limits', async (_, filter, wanted) => {
    await fan(current, 5);
    const ranking = await current().semantic(makeVector(0), { filter, limit: 10 });
    expect(await idsOf(current(), ranking)).toEqual(wanted);
    const first = await current().semantic(makeVector(0), { filter, limit: 1 });
    expect(await idsOf(current(), first)).toEqual(wanted.slice(0, 1));
  });
}

/** Papers p0, p1, ... that turn away from axis 0 step by step. */
async function fan(current: CurrentEngine, count: number): Promise<void> {
  await current().upsert(
    Array.from({ length: count }, (_, at) => ({
      paper: makePaper({
        id: `p${at}`,
        published: `200${at}`,
        categories: at % 2 === 0 ? ['cs.CL'] : ['math.AG'],
        authors: [`Author ${at}`],
        venue: at % 2 === 0 ? 'Even Letters' : 'Odd Letters',
      }),
      vector: makeVector(0, at / 5),
    })),
  );
}
