/** Indexes from before there was a text index: read as they are, and brought up to date by the next writer. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { verifyIndex } from '../../../src/engine/embedded/verify.ts';
import type { EngineReader } from '../../../src/engine/engine.ts';
import type { Filter } from '../../../src/engine/filter.ts';
import { builtIndex, removeFolders, SPACE, somePapers, temporaryFolder } from './temporary-index.ts';

afterEach(removeFolders);

const ASKED: readonly Filter[] = [
  { texts: [{ as: 'phrase', text: 'neural and climate' }] },
  { texts: [{ as: 'words', text: 'galaxies', in: 'title' }] },
  { not: [{ texts: [{ as: 'phrase', text: 'We study' }] }] },
];

async function answers(engine: EngineReader): Promise<unknown> {
  const totals = await Promise.all(ASKED.map((filter) => engine.newest({ filter, limit: 3 })));
  const [byAda] = await engine.lookup([{ kind: 'author', value: 'Ada Author3' }]);
  return { totals: totals.map(({ total, docIds }) => [total, ...docIds]), byAda };
}

test('an index of an older Pharos answers alike, before and after a writer has opened it', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(120));
  const open = () => openEmbeddedReader({ dir, space: SPACE });
  const reader = await open();
  const expected = await answers(reader);
  await reader.close();

  const db = new Database(join(dir, 'papers.db'));
  db.exec('DROP TABLE texts; PRAGMA user_version = 1');
  db.close();
  const old = await open();
  expect(await answers(old)).toEqual(expected);
  await old.close();
  expect((await verifyIndex({ dir })).ok).toBe(true);

  await (await openEmbeddedEngine({ dir, space: SPACE })).close();
  const renewed = new Database(join(dir, 'papers.db'));
  expect(renewed.prepare('SELECT count(*) FROM texts_docsize').pluck().get()).toBe(120);
  renewed.close();
  const after = await open();
  expect(await answers(after)).toEqual(expected);
  await after.close();
  expect((await verifyIndex({ dir })).ok).toBe(true);
});
