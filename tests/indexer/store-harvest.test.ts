import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactEngine } from '../../src/engine/exact/exact-engine.ts';
import { AddTally } from '../../src/indexer/add-report.ts';
import type { IndexProgress } from '../../src/indexer/index-progress.ts';
import { type Incoming, storePapers } from '../../src/indexer/store-papers.ts';
import { paper, SPACE } from './fixtures.ts';

const PLACE = { file: 'test:x', line: 1 };

async function* stream(items: readonly (Incoming | Error)[]): AsyncGenerator<Incoming> {
  for (const item of items) {
    if (item instanceof Error) throw item;
    yield item;
  }
}

function stored(id: string, version = 1): Incoming {
  return { row: { place: PLACE, paper: paper(id, { version }) } };
}

function deleted(id: string): Incoming {
  return { place: PLACE, deleted: id };
}

async function store(
  items: readonly (Incoming | Error)[],
  { engine = new ExactEngine(SPACE), batchSize = 10 } = {},
) {
  const tally = new AddTally();
  const progress: IndexProgress[] = [];
  await storePapers(stream(items), { engine, tally, batchSize, onProgress: (one) => progress.push(one) });
  return { engine, report: tally.report(), progress };
}

describe('a withdrawal', () => {
  it('takes the paper out, whether it came before, in the same batch or in an earlier one', async () => {
    const { engine } = await store([stored('a'), stored('b')]);
    const { report } = await store([stored('c'), deleted('a'), deleted('c')], { engine });
    expect(await engine.get(['a', 'b', 'c'])).toEqual([undefined, paper('b', { version: 1 }), undefined]);
    expect(report).toMatchObject({ read: 3, added: 1, removed: 2, nothingChanged: false });
  });

  it('leaves what another source still holds, and takes the paper out with the last of them', async () => {
    const says = (source: string, venue: string): Incoming => ({
      row: { place: PLACE, paper: paper('a', { venue }), source },
    });
    const withdraws = (source: string): Incoming => ({ place: PLACE, deleted: 'a', source });
    const { engine } = await store([says('arxiv', 'arXiv'), says('bibtex', 'NeurIPS')]);
    const first = await store([withdraws('arxiv')], { engine });
    expect(first.report).toMatchObject({ removed: 0, updated: 1 });
    expect(await engine.get(['a'])).toEqual([paper('a', { venue: 'NeurIPS' })]);
    expect((await store([withdraws('crossref')], { engine })).report).toMatchObject({ unchanged: 1 });
    expect((await store([withdraws('bibtex')], { engine })).report).toMatchObject({ removed: 1 });
    expect(await engine.get(['a'])).toEqual([undefined]);
  });

  it('of a paper that was never there changes nothing', async () => {
    const { report } = await store([deleted('a')]);
    expect(report).toMatchObject({ read: 1, removed: 0, unchanged: 1, nothingChanged: true });
  });

  it('leaves what the last row says, however rows are cut into batches', async () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(ids, fc.boolean())),
        fc.integer({ min: 1, max: 5 }),
        async (rows, batchSize) => {
          const { engine } = await store(
            rows.map(([id, isThere]) => (isThere ? stored(id) : deleted(id))),
            { batchSize },
          );
          const last = new Map<string, boolean>(rows);
          const there = (await engine.get(['a', 'b', 'c'])).map((found) => found !== undefined);
          expect(there).toEqual(['a', 'b', 'c'].map((id) => last.get(id) === true));
        },
      ),
    );
  });
});

describe('a milestone', () => {
  it('is told when everything before it is stored, however full the batch', async () => {
    const engine = new ExactEngine(SPACE);
    const seen: boolean[] = [];
    const milestone: Incoming = {
      onStored: async () => {
        seen.push((await engine.get(['a']))[0] !== undefined, (await engine.get(['b']))[0] !== undefined);
      },
      total: 2,
    };
    const { progress } = await store([stored('a'), milestone, stored('b')], { engine });
    expect(seen).toEqual([true, false]);
    expect(progress[0]).toEqual({ stage: 'store', done: 1, total: 2 });
  });

  it('is not told where storing fails', async () => {
    const engine = new ExactEngine(SPACE);
    engine.upsert = async () => {
      throw new Error('no room');
    };
    let isTold = false;
    const milestone: Incoming = {
      onStored: async () => {
        isTold = true;
      },
    };
    await expect(store([stored('a'), milestone], { engine })).rejects.toThrow('no room');
    expect(isTold).toBe(false);
  });

  it('counts although the source fails after it, and so do the rows behind it', async () => {
    const engine = new ExactEngine(SPACE);
    let told = 0;
    const milestone: Incoming = { onStored: async () => void told++ };
    const items = [stored('a'), milestone, stored('b'), new Error('gone')];
    await expect(store(items, { engine })).rejects.toThrow('gone');
    expect(told).toBe(1);
    expect((await engine.get(['b']))[0]).toBeDefined();
  });
});
