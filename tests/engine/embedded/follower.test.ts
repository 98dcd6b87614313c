/** A reader that follows takes in what another connection commits, and leaves the event loop free meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import type { EngineReader } from '../../../src/engine/engine.ts';
import {
  answersOf,
  builtIndex,
  removeFolders,
  SPACE,
  somePapers,
  temporaryFolder,
} from './temporary-index.ts';

afterEach(removeFolders);

async function count(reader: EngineReader, term: string): Promise<number> {
  return (await reader.lexical([{ term, weight: 1 }], { filter: {}, limit: 1 })).total;
}

test('added, changed and removed papers are seen within two seconds', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(50));
  const reader = await openEmbeddedReader({ dir, space: SPACE, follow: true });
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.upsert(somePapers(30, 51));
  await engine.remove(['p3']);
  const [changed] = somePapers(1, 7);
  if (changed) await engine.upsert([{ paper: { ...changed.paper, title: 'Entirely rewritten zebra' } }]);
  const expected = await answersOf(engine);
  await vi.waitFor(async () => expect(await answersOf(reader)).toEqual(expected), { timeout: 2_000 });
  expect(await count(reader, 'zebra')).toBe(1);
  await engine.close();
  await reader.close();
});

test('a paper is found by keyword before it is embedded, and by meaning after', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(10));
  const reader = await openEmbeddedReader({ dir, space: SPACE, follow: true });
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  const [paper] = somePapers(1, 11);
  const vector = paper?.vector as Float32Array;
  if (paper) await engine.upsert([{ paper: paper.paper }]);
  await vi.waitFor(async () => expect(await count(reader, '11')).toBe(1), { timeout: 2_000 });
  const nearest = async () => {
    const { docIds } = await reader.semantic(vector, { filter: {}, limit: 1 });
    return (await reader.papers([...docIds]))[0]?.id;
  };
  expect(await nearest()).not.toBe('p11');
  await engine.attachVectors([{ id: 'p11', vector }]);
  await vi.waitFor(async () => expect(await nearest()).toBe('p11'), { timeout: 2_000 });
  await engine.close();
  await reader.close();
});

test('taking in thousands of papers turns the event loop often', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(10));
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.upsert(somePapers(3_000, 11));
  await engine.close();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const reader = await openEmbeddedReader({ dir, space: SPACE });
  clearInterval(timer);
  // Timing is for the benchmarks; that it yields at all, many times, is behaviour.
  expect(turns).toBeGreaterThan(5);
  await reader.close();
});

test('closing in the midst of catching up stops it', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(10));
  const reader = await openEmbeddedReader({ dir, space: SPACE, follow: true });
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.upsert(somePapers(3_000, 11));
  await engine.close();
  await sleep(350);
  await reader.close();
  await reader.close();
});
