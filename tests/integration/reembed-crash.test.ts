/**
 * kill -9 while an index is embedded anew: the old index is whole until the new one is, nothing is embedded twice,
 * and in the end every structure agrees with the store.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HashingEmbedder } from '../../src/embed/hashing-embedder.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../../src/engine/embedded/open.ts';
import { openReembedding } from '../../src/engine/embedded/reembedding.ts';
import { verifyIndex } from '../../src/engine/embedded/verify.ts';
import { embeddedText } from '../../src/paper/embedded-text.ts';
import type { Paper } from '../../src/paper/paper.ts';

const PAPERS = 400;
const CHANGES = [16, 64, 16];
const LONGEST_LIFE_MS = 500;
const CHILD = resolve(import.meta.dirname, 'reembed-child.ts');

const papers: Paper[] = Array.from({ length: PAPERS }, (_, at) => ({
  id: `p${at}`,
  title: `Paper ${at} about subject ${at % 17}`,
  abstract: `What subject ${at % 17} has to do with number ${at}.`,
  authors: [],
  categories: [],
}));

async function makeIndex(dir: string, embedder: HashingEmbedder): Promise<void> {
  const engine = await openEmbeddedEngine({ dir, space: embedder.model });
  const vectors = await embedder.embedDocuments(papers.map(embeddedText));
  await engine.upsert(papers.map((paper, at) => ({ paper, vector: vectors[at] ?? new Float32Array() })));
  await engine.checkpoint();
  await engine.close();
}

/** Lets the child live for a while after it has begun, and tells whether it came to its end. */
async function live(dir: string, dimensions: number, lifeMs: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dir, String(dimensions), '5'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const allRead = once(lines, 'close');
  const begun = new Promise<void>((resolveBegun) => {
    lines.on('line', (line) => {
      said.push(line);
      resolveBegun();
    });
  });
  await Promise.race([begun, exited]);
  await Promise.race([sleep(lifeMs), exited]);
  child.kill('SIGKILL');
  await exited;
  await allRead;
  return said.includes('done');
}

/** Every paper is found by its own text, with the model that the index says it has. */
async function expectServed(dir: string, models: readonly HashingEmbedder[]): Promise<HashingEmbedder> {
  const bare = await openEmbeddedReader({ dir });
  const model = models.find(({ model }) => model.fingerprint === bare.space.fingerprint);
  await bare.close();
  if (!model) throw new Error(`nobody knows the model ${bare.space.name} of ${bare.space.dimensions}`);
  const reader = await openEmbeddedReader({ dir, space: model.model });
  expect(await reader.status()).toMatchObject({ papers: PAPERS, embedded: PAPERS });
  for (const at of [0, 123, PAPERS - 1]) {
    const paper = papers[at] as Paper;
    const { docIds } = await reader.semantic(await model.embedQuery(embeddedText(paper)), {
      filter: {},
      limit: 1,
    });
    expect((await reader.papers([...docIds]))[0]?.id).toBe(paper.id);
  }
  await reader.close();
  return model;
}

test('the old index serves until the new one is whole, however often the change is killed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pharos-reembed-'));
  let before = new HashingEmbedder({ dimensions: 32 });
  await makeIndex(dir, before);
  let kills = 0;
  for (const dimensions of CHANGES) {
    const after = new HashingEmbedder({ dimensions });
    let kept = 0;
    for (let isDone = false; !isDone; ) {
      isDone = await live(dir, dimensions, Math.random() * LONGEST_LIFE_MS);
      const { ok, checks } = await verifyIndex({ dir });
      expect(checks.filter((check) => !check.ok)).toEqual([]);
      expect(ok).toBe(true);
      const serving = await expectServed(dir, [before, after]);
      // Killed between the switch and its last word.
      isDone ||= serving === after;
      if (isDone) break;
      kills++;
      const target = await openReembedding({ dir, space: after.model });
      const { embedded } = await target.status();
      await target.close();
      expect(embedded).toBeGreaterThanOrEqual(kept);
      kept = embedded;
    }
    expect(await expectServed(dir, [before, after])).toBe(after);
    before = after;
  }
  expect(kills).toBeGreaterThan(0);
  rmSync(dir, { recursive: true });
});
