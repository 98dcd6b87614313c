import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedEngine, openEmbeddedReader } from '../../../src/engine/embedded/open.ts';
import { rebuildIndex } from '../../../src/engine/embedded/rebuild.ts';
import { type VerifyReport, verifyIndex } from '../../../src/engine/embedded/verify.ts';
import {
  answersOf,
  builtIndex,
  removeFolders,
  SPACE,
  somePapers,
  temporaryFolder,
} from './temporary-index.ts';

afterEach(removeFolders);

function failed({ checks }: VerifyReport): string[] {
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

function sql(dir: string, statement: string): void {
  const db = new Database(join(dir, 'papers.db'));
  db.exec(statement);
  db.close();
}

test('an index that was added to, changed and removed from is in order', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(300));
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.remove(['p5', 'p6']);
  await engine.upsert(somePapers(20, 301));
  const [changed] = somePapers(1, 9);
  if (changed) await engine.upsert([{ paper: { ...changed.paper, title: 'Another title' } }]);
  await engine.close();
  const report = await verifyIndex({ dir });
  expect(failed(report)).toEqual([]);
  expect(report.checks.map(({ name }) => name)).toEqual([
    'database',
    'tables',
    'texts',
    'suggestions',
    'snapshot',
    'papers',
    'words',
    'columns',
    'codes',
    'works',
    'graph',
  ]);
});

// Each changes the store behind the back of the snapshot, as a defect of ours would.
const defects: [string, string][] = [
  ['words', `UPDATE papers SET body = json_set(body, '$.abstract', 'changed words') WHERE id = 'p10'`],
  ['columns', `UPDATE papers SET body = json_set(body, '$.published', '1999') WHERE id = 'p10'`],
  ['codes', `UPDATE vectors SET vector = (SELECT vector FROM vectors WHERE doc_id = 20) WHERE doc_id = 10`],
  ['papers', `DELETE FROM papers WHERE id = 'p10'`],
  ['graph', `DELETE FROM vectors WHERE doc_id = 10`],
  ['texts', `DELETE FROM texts WHERE rowid = 7`],
  ['texts', `UPDATE texts SET title = 'a b', abstract = '', stems = '', people = '' WHERE rowid <= 100`],
  ['tables', `UPDATE meta SET value = 7 WHERE key = 'embedded'`],
];
test.each(defects)('a difference in %s is found, and repaired', async (name, statement) => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(300));
  sql(dir, statement);
  const report = await verifyIndex({ dir });
  expect(failed(report)).toContain(name);
  const repaired = await verifyIndex({ dir, repair: true });
  expect(repaired.repaired).toContain(name);
  expect(failed(repaired)).toEqual([]);
  expect(failed(await verifyIndex({ dir }))).toEqual([]);
});

test('a torn snapshot is found and repaired; a broken database cannot be', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(300));
  const snapshot = readdirSync(dir).find((entry) => entry.startsWith('snapshot-')) ?? '';
  writeFileSync(join(dir, snapshot, 'graph.bin'), 'torn');
  expect(failed(await verifyIndex({ dir }))).toEqual(['snapshot', 'graph']);
  expect((await verifyIndex({ dir, repair: true })).ok).toBe(true);
  writeFileSync(join(dir, 'papers.db'), 'gone '.repeat(1_000));
  const report = await verifyIndex({ dir, repair: true });
  expect(report).toMatchObject({ ok: false, repaired: [] });
  expect(failed(report)).toEqual(['database']);
});

test('rebuilding gives the same answers and a clean index', async () => {
  const dir = temporaryFolder();
  await builtIndex(dir, somePapers(300));
  const engine = await openEmbeddedEngine({ dir, space: SPACE });
  await engine.remove(['p8', 'p9']);
  const expected = await answersOf(engine);
  await engine.close();
  await rebuildIndex({ dir });
  const reader = await openEmbeddedReader({ dir, space: SPACE });
  expect(await answersOf(reader)).toEqual(expected);
  await reader.close();
  expect((await verifyIndex({ dir })).ok).toBe(true);
});
