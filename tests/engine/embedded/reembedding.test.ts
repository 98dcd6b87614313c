/** Another model for an index: beside the old one until the end, then in its place, for those who look anew. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openStoreForReading } from '../../../src/engine/embedded/database.ts';
import { LiveReplica } from '../../../src/engine/embedded/live-replica.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { rebuildIndex } from '../../../src/engine/embedded/rebuild.ts';
import { openReembedding, type Reembedding } from '../../../src/engine/embedded/reembedding.ts';
import { verifyIndex } from '../../../src/engine/embedded/verify.ts';
import type { EngineReader, VectorSpace } from '../../../src/engine/engine.ts';
import { randomUnitVectors } from './random-vectors.ts';
import {
  answersOf,
  builtIndex,
  removeFolders,
  SPACE,
  somePapers,
  temporaryFolder,
} from './temporary-index.ts';

afterEach(removeFolders);

const OTHER: VectorSpace = {
  name: 'other-model',
  dimensions: 16,
  fingerprint: 'beef',
  source: 'other-model',
};
const THIRD: VectorSpace = { name: 'third-model', dimensions: 24, fingerprint: 'cafe' };

/** The vector that a model makes of the paper `p<number>`. */
function vectorOf(id: string, { dimensions, fingerprint }: VectorSpace): Float32Array {
  const seed = Number.parseInt(fingerprint, 16) + Number(id.slice(1));
  return randomUnitVectors(1, { dimensions, seed })[0] ?? new Float32Array();
}

async function embedSome(
  target: Reembedding,
  space: VectorSpace,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let embedded = 0;
  while (embedded < most) {
    const papers = await target.unembedded(Math.min(20, most - embedded));
    if (papers.length === 0) break;
    await target.attachVectors(papers.map(({ id }) => ({ id, vector: vectorOf(id, space) })));
    embedded += papers.length;
  }
  return embedded;
}

async function changeModel(dir: string, space: VectorSpace): Promise<void> {
  const target = await openReembedding({ dir, space });
  await embedSome(target, space);
  await target.switchOver();
  await target.close();
}

async function nearest(reader: EngineReader, vector: Float32Array): Promise<string | undefined> {
  const { docIds } = await reader.semantic(vector, { filter: {}, limit: 1 });
  return (await reader.papers([...docIds]))[0]?.id;
}

async function expectWhole(dir: string): Promise<void> {
  const { ok, checks } = await verifyIndex({ dir });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(ok).toBe(true);
}

test('the new vectors are found, the papers stay, and everything verifies', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(120));
  await changeModel(dir, OTHER);
  await expectWhole(dir);
  const notices: string[] = [];
  const reader = await openEmbeddedReader({ dir, space: OTHER, onNotice: (notice) => notices.push(notice) });
  // From the snapshot, not built anew.
  expect(notices).toEqual([]);
  expect(reader.space).toEqual(OTHER);
  expect(await reader.status()).toMatchObject({ papers: 120, embedded: 120 });
  for (const id of ['p1', 'p77', 'p120']) expect(await nearest(reader, vectorOf(id, OTHER))).toBe(id);
  await reader.close();
  await expect(openEmbeddedReader({ dir, space: SPACE })).rejects.toMatchObject({
    code: 'INDEX_INCOMPATIBLE',
    remedy: expect.stringContaining('pharos rebuild --model'),
  });
});

test('a second and a third change go as the first', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(30));
  for (const space of [OTHER, THIRD, OTHER]) {
    await changeModel(dir, space);
    await expectWhole(dir);
  }
  const engine = await openEmbeddedEngine({ dir, space: OTHER });
  await engine.upsert(somePapers(1, 31).map(({ paper }) => ({ paper })));
  await engine.attachVectors([{ id: 'p31', vector: vectorOf('p31', OTHER) }]);
  expect(await nearest(engine, vectorOf('p31', OTHER))).toBe('p31');
  await engine.close();
});

test('an empty index takes a model too', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, []);
  await changeModel(dir, OTHER);
  await expectWhole(dir);
});

describe('a reader that follows', () => {
  test('is told, and never mixes the vectors of two models', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(60));
    const superseded: VectorSpace[] = [];
    const reader = await openEmbeddedReader({
      dir,
      space: SPACE,
      follow: true,
      onSuperseded: (by) => superseded.push(by),
    });
    const before = await answersOf(reader);
    // As many dimensions as before: only the model differs.
    await changeModel(dir, THIRD);
    // Between the switch and the next look at the store, too.
    expect(await reader.vectors(['p5'])).toEqual([undefined]);
    expect(await answersOf(reader)).toEqual(before);
    await vi.waitFor(() => expect(superseded).toHaveLength(1), { timeout: 3_000 });
    expect(superseded[0]).toMatchObject(THIRD);
    await sleep(700);
    expect(superseded).toHaveLength(1);
    expect(await answersOf(reader)).toEqual(before);
    const filtered = await reader.semantic(somePapers(1, 4)[0]?.vector as Float32Array, {
      filter: { authors: ['author3'] },
      limit: 3,
    });
    expect(filtered.docIds.length).toBe(3);
    await reader.close();
  });

  test('walks no links of the other model, however many papers they would reach', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(20));
    const store = openStoreForReading(dir, SPACE);
    const live = new LiveReplica(dir, store);
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    await engine.upsert(somePapers(10, 21));
    await engine.close();
    await live.current();
    await changeModel(dir, THIRD);
    const { links } = await live.current();
    await live.refreshLinks({ atLeast: 0 });
    expect(live.loaded?.links).toBe(links);
    store.close();
  });

  test('goes on taking in the words of new papers', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(20));
    const reader = await openEmbeddedReader({ dir, space: SPACE, follow: true });
    await changeModel(dir, OTHER);
    const engine = await openEmbeddedEngine({ dir, space: OTHER });
    const [paper] = somePapers(1, 21);
    if (paper)
      await engine.upsert([{ paper: { ...paper.paper, title: 'Zebra' }, vector: vectorOf('p21', OTHER) }]);
    await engine.close();
    const found = async () =>
      (await reader.lexical([{ term: 'zebra', weight: 1 }], { filter: {}, limit: 1 })).total;
    await vi.waitFor(async () => expect(await found()).toBe(1), { timeout: 3_000 });
    await reader.close();
  });
});

describe('an interrupted change', () => {
  test('leaves the index as it was, and is gone on with', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(50));
    const first = await openReembedding({ dir, space: OTHER });
    expect(await embedSome(first, OTHER, 30)).toBe(30);
    await first.close();
    await expectWhole(dir);
    const reader = await openEmbeddedReader({ dir, space: SPACE });
    expect((await reader.status()).embedded).toBe(50);
    await reader.close();
    const second = await openReembedding({ dir, space: OTHER });
    expect(await second.status()).toEqual({ papers: 50, embedded: 30 });
    expect(await embedSome(second, OTHER)).toBe(20);
    await second.switchOver();
    await second.close();
    await expectWhole(dir);
  });

  test('embeds what changed in between, and forgets what went', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(10));
    const first = await openReembedding({ dir, space: OTHER });
    await embedSome(first, OTHER);
    await first.close();
    const engine = await openEmbeddedEngine({ dir, space: SPACE });
    await engine.remove(['p2']);
    const [changed] = somePapers(1, 3);
    if (changed) await engine.upsert([{ paper: { ...changed.paper, title: 'Rewritten' } }]);
    await engine.close();
    const second = await openReembedding({ dir, space: OTHER });
    expect((await second.unembedded(10)).map(({ id }) => id)).toEqual(['p3']);
    expect(await embedSome(second, OTHER)).toBe(1);
    await second.switchOver();
    await second.close();
    await expectWhole(dir);
  });

  test('is given up for another model, and by a plain rebuild that says so', async () => {
    const dir = temporaryFolder();
    await builtIndex(dir, somePapers(10));
    const begin = async (space: VectorSpace, notices: string[] = []) => {
      const target = await openReembedding({ dir, space, onNotice: (notice) => notices.push(notice) });
      const { embedded } = await target.status();
      await embedSome(target, space);
      await target.close();
      return embedded;
    };
    const notices: string[] = [];
    expect(await begin(OTHER)).toBe(0);
    expect(await begin(THIRD, notices)).toBe(0);
    expect(notices).toEqual([expect.stringContaining('other-model')]);
    await rebuildIndex({ dir });
    expect(await begin(THIRD)).toBe(10);
    await rebuildIndex({ dir, givesUpReembedding: true });
    expect(await begin(THIRD)).toBe(0);
    await expectWhole(dir);
  });
});

test('one writes at a time, and vectors of another length are refused', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(5));
  const target = await openReembedding({ dir, space: OTHER });
  await expect(openEmbeddedEngine({ dir, space: SPACE })).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
  await expect(target.attachVectors([{ id: 'p1', vector: vectorOf('p1', SPACE) }])).rejects.toThrow();
  await target.close();
  await target.close();
  await expect(openReembedding({ dir: temporaryFolder(), space: OTHER })).rejects.toMatchObject({
    code: 'INDEX_MISSING',
  });
});
