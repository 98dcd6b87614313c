/** Indexes from before texts and parts were indexed: read as they are, and brought up to date by the next writer. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { readManifest, writeManifest } from '../../../src/engine/embedded/manifest.ts';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { readSnapshotFile, sealOf, writeSnapshotFile } from '../../../src/engine/embedded/snapshot-file.ts';
import { verifyIndex } from '../../../src/engine/embedded/verify.ts';
import type { EngineReader } from '../../../src/engine/engine.ts';
import type { Filter } from '../../../src/engine/filter.ts';
import {
  builtIndex,
  downgrade,
  removeFolders,
  SPACE,
  somePapers,
  temporaryFolder,
} from './temporary-index.ts';

afterEach(removeFolders);

const ASKED: readonly Filter[] = [
  { texts: [{ as: 'phrase', text: 'neural and climate' }] },
  { texts: [{ as: 'words', text: 'galaxies', in: 'title' }] },
  { texts: [{ as: 'near', text: 'climate neural', within: 1 }] },
  { texts: [{ as: 'fuzzy', text: 'galaxi', within: 1 }] },
  { not: [{ texts: [{ as: 'phrase', text: 'We study' }] }] },
  { has: ['abstract'] },
  { has: ['code'] },
];

async function answers(engine: EngineReader): Promise<unknown> {
  const totals = await Promise.all(ASKED.map((filter) => engine.newest({ filter, limit: 3 })));
  const [byAda] = await engine.lookup([{ kind: 'author', value: 'Ada Author3' }]);
  return { totals: totals.map(({ total, docIds }) => [total, ...docIds]), byAda };
}

/** Writes the columns of the snapshot as they were before they knew the parts of papers. */
function forgetParts(dir: string): void {
  const manifest = readManifest(dir);
  if (!manifest?.snapshot) throw new Error('there is a snapshot');
  const path = join(dir, manifest.snapshot.folder, 'columns.bin');
  const { parts, ...sections } = Object.fromEntries(readSnapshotFile(path));
  expect(parts).toBeDefined();
  writeSnapshotFile(path, sections);
  const files = { ...manifest.snapshot.files, 'columns.bin': sealOf(path) };
  writeManifest(dir, { ...manifest, snapshot: { ...manifest.snapshot, files } });
}

test('an index of an older Pharos answers alike, before and after a writer has opened it', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(120));
  const open = () => openEmbeddedReader({ dir, space: SPACE });
  const reader = await open();
  const expected = await answers(reader);
  await reader.close();

  downgrade(dir, 1);
  forgetParts(dir);
  const notices: string[] = [];
  const old = await openEmbeddedReader({ dir, space: SPACE, onNotice: (notice) => notices.push(notice) });
  expect(await answers(old)).toEqual(expected);
  await old.close();
  expect(notices).toEqual([]);
  const missing = (await verifyIndex({ dir })).checks.filter(({ ok }) => !ok);
  expect(missing.map(({ name }) => name)).toEqual(['suggestions']);

  await (await openEmbeddedEngine({ dir, space: SPACE })).close();
  const renewed = new Database(join(dir, 'papers.db'));
  expect(renewed.prepare('SELECT count(*) FROM texts_docsize').pluck().get()).toBe(120);
  renewed.close();
  const after = await open();
  expect(await answers(after)).toEqual(expected);
  await after.close();
  expect((await verifyIndex({ dir })).ok).toBe(true);
});
